"""Takes a version from the repository to the other slot, step by step, and writes down each before the next.

`plan` says what comes next; here is what that does. What fails for good (a signature, a bundle for another box) is
dropped and not tried again by itself; what may go better later (a network, a configuration that somebody mends) stays
where it is, unless somebody waits for it: then it is said and dropped.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Final

import msgspec
import structlog
import trio

from appliance.card.update import channel, download, rauc, read_back, repository, room, settings
from appliance.card.update.box import Box
from appliance.card.update.channel import COMPATIBLE
from appliance.card.update.command import Failed, run
from appliance.card.update.outcome import came_back, gone_wrong, on_its_way
from appliance.card.update.plan import Facts, Step, plan
from appliance.card.update.repository import Offer
from appliance.card.update.signature import KEYRING
from appliance.card.update.state import Before, Kept, Stage, State, Target, changed
from appliance.card.update.versions import version
from appliance.config.update import UpdateConfig
from appliance.language.text import Text
from appliance.room.update import UpdatePhase
from appliance.runtime.fetch import Way

log = structlog.get_logger()

QUIET: Final = 4 * 3600.0  # seconds to wait for the end of calls; then it is left for another hour
RESTARTS: Final = 600.0  # seconds in which a restart that was asked for has come
COMMANDS: Final = (("systemctl", "reboot"),)

_QUIETLY: Final = frozenset({Step.WRITE, Step.SWITCH, Step.RESTART})


class Updater:
    """What is done with the versions of one box."""

    def __init__(self, kept: Kept, box: Box, config: UpdateConfig, running: str, way: Way = Way()) -> None:  # noqa: B008  # frozen
        """`running`: the version of this software. Raises `OSError` where the state cannot be read."""
        self.bundle = kept.bundle
        self._kept = kept
        self._box = box
        self._config = config
        self.running = running
        self.way = way
        self.state = kept.load()
        self.keyring = box.root / KEYRING.relative_to("/")
        self.socket = box.root / room.SOCKET.relative_to("/")

    async def look(self) -> Offer | None:
        """Asks the repository, and shows what it has. Raises `Failed` and `Unbelievable`."""
        now = self._now()
        found = await repository.channel_of(self._config, self.way, self.keyring)
        channel.check(found, self._config.channel, self.state.serials.get(found.channel, 0), now)
        serials = {**self.state.serials, found.channel: found.serial}
        state = changed(self.state, serials=serials, looked=now.timestamp())
        offer = repository.offer(found, self._config.url, self.running, self._box.machine, now)
        shown = offer is not None and repository.is_wanted(offer, state)
        phase = UpdatePhase.OFFERED if shown else UpdatePhase.IDLE
        wanted = offer.target.version if offer is not None and shown else ""
        if state.target is None:
            told = msgspec.structs.replace(state.told, installed=self.running, wanted=wanted, phase=phase)
            state = changed(state, told=told)
        await self.save(state)
        return offer

    async def want(self, target: Target, stage: Stage = Stage.WANTED) -> None:
        """Notes which version the box is to have, in the place of another one that has not got far."""
        await self.save(on_its_way(self.state, target, stage, self.running))

    async def on_trial(self) -> bool:
        """Returns whether the version that runs has not been confirmed yet: until then the state is the judge's."""
        return plan(self.state, self._facts((await rauc.status()).booted)) is Step.TRIAL

    async def go(self) -> Step:
        """Goes on for as long as something can be done; returns why it stopped. Raises `Failed`."""
        while True:
            slots = await rauc.status()
            step = plan(self.state, self._facts(slots.booted))
            if step is Step.CAME_BACK:
                await self.save(came_back(self.state, self.running))
            elif step in _STEPS:
                await self._do(step, slots)
            if step in (Step.NOTHING, Step.LATER, Step.TRIAL, Step.RESTART, Step.CAME_BACK):
                return step

    async def save(self, state: State) -> None:
        """Writes the state down, and has the firmware show it. Raises `OSError`."""
        before, self.state = self.state, state
        await trio.to_thread.run_sync(self._kept.save, state)
        if state.told != before.told:
            await room.nudge(self.socket)

    async def _do(self, step: Step, slots: rauc.Slots) -> None:
        log.info("update_step", step=step.value, version=self._target.version)
        try:
            if step in _QUIETLY and not self._target.at_once and not await room.until_quiet(QUIET, self.socket):
                raise Failed(Text("update.why.busy", hours=round(QUIET / 3600)))  # noqa: TRY301  # as any other failure
            await self.save(await _STEPS[step](self, slots))
        except Failed as error:
            await self._failed(step, error)
            raise
        if step is Step.RESTART:
            await self._restart()

    async def _failed(self, step: Step, error: Failed) -> None:
        log.warning("update_failed", step=step.value, version=self._target.version, reason=str(error))
        state = gone_wrong(self.state, step, error.text, lasting=error.lasting)
        if state.target is None:
            with suppress(OSError):
                await trio.to_thread.run_sync(download.drop, self.bundle)
        await self.save(state)

    async def _restart(self) -> None:
        for command in COMMANDS:
            await run(command, rauc.ASK)
        await trio.sleep(RESTARTS)
        raise Failed(Text("update.why.late", step="reboot", seconds=round(RESTARTS)))

    @property
    def in_window(self) -> bool:
        """Whether it is the time at which this box renews itself."""
        return self._config.automatic and self._facts("").in_window

    @property
    def _target(self) -> Target:
        assert self.state.target is not None  # noqa: S101  # `plan` has no step without one
        return self.state.target

    @property
    def _before(self) -> Before:
        assert self.state.before is not None  # noqa: S101  # noted by the step before it
        return self.state.before

    def _now(self) -> datetime:
        now = self._box.time
        if now is None:
            raise Failed(Text("update.why.clock"))
        return now

    def _facts(self, slot: str) -> Facts:
        now = self._box.time
        here = None if now is None else now.astimezone()
        return Facts(
            slot=slot,
            boot=self._box.boot,
            minute=None if here is None else here.hour * 60 + here.minute,
            window=self._config.hours(),
            automatic=self._config.automatic,
        )

    async def _fetch(self, _slots: rauc.Slots) -> State:
        wanted = download.Wanted(self._target.url, self._target.size, self._target.sha256)
        await download.download(wanted, self.bundle, self.way)
        return changed(self.state, stage=Stage.FETCHED)

    async def _verify(self, _slots: rauc.Slots) -> State:
        bundle = await rauc.info(self.bundle)
        check(bundle, self._target, self.running)
        return changed(self.state, stage=Stage.VERIFIED)

    async def _write(self, _slots: rauc.Slots) -> State:
        await rauc.install(self.bundle)
        return changed(self.state, stage=Stage.WRITTEN)

    async def _compare(self, slots: rauc.Slots) -> State:
        bundle = await rauc.info(self.bundle)
        try:
            digest = await trio.to_thread.run_sync(read_back.sha256, slots.device, bundle.size)
        except OSError as error:
            raise Failed(Text("update.why.data", words=str(error))) from None
        if digest != bundle.sha256:
            raise Failed(Text("update.why.written"))
        return changed(self.state, stage=Stage.COMPARED)

    async def _try_settings(self, slots: rauc.Slots) -> State:
        await settings.fits(slots.device)
        return changed(self.state, stage=Stage.FITS)

    async def _prepare_switch(self, slots: rauc.Slots) -> State:
        health = await room.now(self.socket)
        link, offline = (False, ()) if health is None else (health.is_up, health.offline)
        before = Before(slots.booted, self.running, self._box.boot, link, offline)
        return changed(self.state, stage=Stage.SWITCHING, before=before)

    async def _switch(self, slots: rauc.Slots) -> State:
        await rauc.mark("active", "other")
        if (await rauc.status()).primary != slots.other:
            raise Failed(Text("update.why.switch"))
        # a power cut may have been between the two: then it is this start after which the box has to be another
        before = msgspec.structs.replace(self._before, boot=self._box.boot)
        return changed(self.state, stage=Stage.SWITCHED, before=before)

    async def _shown_as_restarting(self, _slots: rauc.Slots) -> State:
        told = msgspec.structs.replace(self.state.told, phase=UpdatePhase.RESTART)
        return changed(self.state, told=told)


def check(bundle: rauc.Bundle, target: Target, running: str) -> None:
    """Raises `Failed` where a bundle, whose signature holds, is not what was asked for, or older than what runs."""
    if bundle.compatible != COMPATIBLE:
        raise Failed(Text("update.why.foreign", compatible=bundle.compatible[:64]), lasting=True)
    if bundle.version != target.version:
        raise Failed(Text("update.why.content"), lasting=True)
    if version(bundle.version) < version(running) and not target.older:
        raise Failed(Text("update.why.older", version=bundle.version, installed=running), lasting=True)


_STEPS: Mapping[Step, Callable[[Updater, rauc.Slots], Awaitable[State]]] = {
    Step.FETCH: Updater._fetch,  # noqa: SLF001  # this module's own
    Step.VERIFY: Updater._verify,  # noqa: SLF001  # as above
    Step.WRITE: Updater._write,  # noqa: SLF001  # as above
    Step.COMPARE: Updater._compare,  # noqa: SLF001  # as above
    Step.TRY_SETTINGS: Updater._try_settings,  # noqa: SLF001  # as above
    Step.PREPARE_SWITCH: Updater._prepare_switch,  # noqa: SLF001  # as above
    Step.SWITCH: Updater._switch,  # noqa: SLF001  # as above
    Step.RESTART: Updater._shown_as_restarting,  # noqa: SLF001  # as above
}
