"""After each start: keeps the slot that works, and gives up one that does not.

The loader counts the starts of a slot that nobody confirms, and after three goes back to the other one. So a start
that works has to be confirmed, each time. A new version has to work for some minutes (see `verdict`); if it does not,
why is written down and the box starts again, until the loader has had enough. Then the former version finds what was
written, and says it. A version that was confirmed before is confirmed again as soon as the firmware has run for that
long, whatever the terminal does, and also where the firmware refuses its configuration: going back to another version
would not mend that.
"""

from contextlib import suppress
from functools import partial
from typing import Final

import msgspec
import structlog
import trio

from appliance.card.update import download, rauc, room
from appliance.card.update.box import Box
from appliance.card.update.command import run
from appliance.card.update.outcome import came_back, confirmed, on_trial
from appliance.card.update.plan import Facts, Step, plan
from appliance.card.update.state import Before, Kept, State, changed
from appliance.card.update.verdict import Health, wrong
from appliance.card.update.watch import judged, listens
from appliance.config.schema import Config
from appliance.config.update import UpdateConfig
from appliance.language.text import NOTHING, Text
from appliance.room.update import said

log = structlog.get_logger()

WRONG_CONFIGURATION: Final = "2"  # the exit code of the firmware, see offhook.service


class Confirmation:
    """Judges the start that this is."""

    def __init__(self, kept: Kept, box: Box, config: Config | None, running: str) -> None:
        """`config`: the room's; None where it cannot be read. Raises `OSError` where the state cannot be read."""
        self._kept = kept
        self._box = box
        self._config = config
        self._running = running
        self._state = kept.load()
        self._socket = box.root / room.SOCKET.relative_to("/")
        update = config.update if config is not None else None
        self._hold = 60.0 * (update or UpdateConfig()).confirm_after

    async def run(self) -> bool:
        """Returns whether the slot was confirmed. Raises `Failed`."""
        slots = await rauc.status()
        step = plan(self._state, Facts(slot=slots.booted, boot=self._box.boot))
        if step is Step.TRIAL:
            return await self._trial()
        if step is Step.CAME_BACK:
            await self._save(came_back(self._state, self._running))
        told = msgspec.structs.replace(self._state.told, installed=self._running)
        await self._save(changed(self._state, told=told))
        return await self._ordinary()

    async def _trial(self) -> bool:
        await self._save(on_trial(self._state, self._box.boot, self._running))
        before = self._state.before or Before("", "", "")
        if why := await judged(self._socket, self._hold, partial(self._wrong, before)):
            log.warning("update_not_confirmed", version=self._running, trial=self._state.trials, reason=str(why))
            await self._save(changed(self._state, why=said(why)))
            await run(("systemctl", "reboot"), rauc.ASK)
            return False
        await rauc.mark("good", "booted")
        await self._save(confirmed(self._state, self._running))
        with suppress(OSError):
            await trio.to_thread.run_sync(download.drop, self._kept.bundle)
        log.info("update_confirmed", version=self._running)
        return True

    async def _wrong(self, before: Before, health: Health | None) -> Text:
        """Returns what speaks against a version on trial."""
        terminal = self._config.terminal if self._config is not None else None
        asks = terminal is not None and health is not None and not health.is_up
        answers = asks and terminal is not None and await listens(terminal.host, terminal.web_port)
        return wrong(health, before, answers=answers)

    async def _ordinary(self) -> bool:
        why = await judged(self._socket, self._hold, _runs)
        if why and not await self._refuses_configuration():
            log.warning("start_not_confirmed", reason=str(why))
            return False
        await rauc.mark("good", "booted")
        return True

    async def _refuses_configuration(self) -> bool:
        shown = await run(("systemctl", "show", "--property=ExecMainStatus", "--value", "offhook.service"), rauc.ASK)
        return shown.strip() == WRONG_CONFIGURATION

    async def _save(self, state: State) -> None:
        """Writes the state down; a disk that is full must not keep a start from being confirmed."""
        before, self._state = self._state, state
        try:
            await trio.to_thread.run_sync(self._kept.save, state)
        except OSError as error:
            log.warning("update_state_not_written", reason=str(error))
        if state.told != before.told:
            await room.nudge(self._socket)


async def _runs(health: Health | None) -> Text:
    """Returns what speaks against a version that was confirmed before: that the firmware does not run."""
    return Text("update.why.ready") if health is None else NOTHING
