"""What starts an update: the clock, the firmware, a stick, or somebody at a shell. One at a time."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
import structlog
import trio

from appliance.card.update import download, rauc, stick
from appliance.card.update.asked import Wish
from appliance.card.update.command import Failed
from appliance.card.update.plan import Step
from appliance.card.update.repository import is_wanted
from appliance.card.update.state import Stage, Target, changed
from appliance.card.update.updater import Updater
from appliance.card.update.versions import version
from appliance.config.update import UpdateConfig, is_safe
from appliance.language.text import Text
from appliance.room.update import UpdatePhase

log = structlog.get_logger()

LOOK_EVERY: Final = 20 * 3600.0  # seconds; in the window of an automatic box each time, else once a day is enough


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Holds the folder of the state for one process. Raises `Failed` while another has it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(Text("update.why.other")) from None
        yield


async def scheduled(updater: Updater, config: UpdateConfig, wish: Wish | None) -> Step:
    """Does what is due: on the hour, or because the firmware has asked (`wish`). Raises `Failed`, `Unbelievable`."""
    if updater.state.target is not None and await updater.on_trial():
        return Step.TRIAL
    if wish is not None or (config.url and _is_due(updater)):
        offered = await updater.look()
        if offered is not None and (wish == "install" or (config.automatic and is_wanted(offered, updater.state))):
            target = msgspec.structs.replace(offered.target, by_hand=wish == "install")
            if _replaces(updater, target):
                await updater.want(target)
    return await updater.go()


def _is_due(updater: Updater) -> bool:
    return updater.in_window or not 0 <= time.time() - updater.state.looked < LOOK_EVERY


def _replaces(updater: Updater, target: Target) -> bool:
    """Returns whether a version takes the place of what is on its way: of nothing, or of another one not yet written.

    What is in the other slot and about to start goes on: its trial is minutes away.
    """
    there = updater.state.target
    return there is None or (there.version != target.version and updater.state.stage in (Stage.WANTED, Stage.FETCHED))


async def by_hand(updater: Updater, config: UpdateConfig, what: str | None, *, older: bool, at_once: bool) -> Step:
    """Installs what the repository has, or a file, or what is at an address. Raises `Failed` and `Unbelievable`.

    `older`: an older version, too; `at_once`: even during a call.
    """
    if updater.state.target is not None and await updater.on_trial():
        raise Failed(Text("update.why.trial"))
    if what is None:
        offered = await _offered(updater, config)
        if offered is None:
            return Step.NOTHING
        target, stage = offered, Stage.WANTED
    else:
        target, stage = await _brought(updater, what), Stage.FETCHED
    await updater.want(msgspec.structs.replace(target, by_hand=True, older=older, at_once=at_once), stage)
    return await updater.go()


async def _offered(updater: Updater, config: UpdateConfig) -> Target | None:
    if not config.url:
        raise Failed(Text("update.why.no_url"), lasting=True)
    offered = await updater.look()
    return None if offered is None else offered.target


async def _brought(updater: Updater, what: str) -> Target:
    """Puts a bundle where it is installed from; which version it is, itself says once its signature holds."""
    if "://" in what:
        if not is_safe(what):
            raise Failed(Text("mistake.update_url", url=what[:200]), lasting=True)
        await download.download(download.Wanted(what), updater.bundle, updater.way)
    else:
        await trio.to_thread.run_sync(download.copy, Path(what), updater.bundle)
    try:
        return Target((await rauc.info(updater.bundle)).version)
    except Failed:
        download.drop(updater.bundle)
        raise


async def from_stick(updater: Updater, folder: Path, *, installs: bool) -> Step:
    """Takes the newest bundle of a stick, if it is newer than what runs; else only says that it is there."""
    found = await trio.to_thread.run_sync(stick.newest, folder)
    if found is None or version(found[0]) <= version(updater.running):
        return Step.NOTHING
    log.info("stick_has", version=found[0], installs=installs)
    if installs:
        return await by_hand(updater, UpdateConfig(), str(found[1]), older=False, at_once=False)
    if updater.state.target is None:
        told = msgspec.structs.replace(
            updater.state.told, installed=updater.running, wanted=found[0], phase=UpdatePhase.OFFERED
        )
        await updater.save(changed(updater.state, told=told))
    return Step.NOTHING
