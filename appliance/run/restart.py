"""When the process is to end: at once where that is asked, or as soon as no call is up, for a restart that can wait."""

import signal
from collections.abc import AsyncIterator

import structlog
import trio

from appliance.room.in_use import is_quiet
from appliance.room.state import RoomState
from appliance.run.announced import run_announced
from appliance.run.appliance import Appliance
from appliance.runtime.followed import Followed

log = structlog.get_logger()

AT_ONCE = (signal.SIGTERM, signal.SIGINT)
WHEN_QUIET = signal.SIGHUP
SIGNALS = (*AT_ONCE, WHEN_QUIET)

LONGEST_WAIT = 12 * 3600.0  # seconds; after that whoever wants a restart asks again


async def asked_to_end(signals: AsyncIterator[int], room: Followed[RoomState]) -> signal.Signals:
    """Returns the one of `SIGNALS` for which the process is to end, as soon as it is to."""
    send, ends = trio.open_memory_channel[signal.Signals](1)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_Asked(room, send).listen, signals)
        number = await ends.receive()
        nursery.cancel_scope.cancel()
    return number


class _Asked:
    """Tells `send` which signal counts, and when."""

    def __init__(self, room: Followed[RoomState], send: trio.MemorySendChannel[signal.Signals]) -> None:
        self._room = room
        self._send = send
        self._waits = False

    async def listen(self, signals: AsyncIterator[int]) -> None:
        async with trio.open_nursery() as nursery:
            async for number in signals:
                if number in AT_ONCE:
                    await self._send.send(signal.Signals(number))
                elif not self._waits:
                    self._waits = True
                    nursery.start_soon(self._when_quiet)

    async def _when_quiet(self) -> None:
        quiet = await until_quiet(self._room)
        self._waits = False
        if quiet:
            await self._send.send(WHEN_QUIET)


async def until_quiet(room: Followed[RoomState]) -> bool:
    """Waits until nobody is in a call, begins one or holds a button.

    Returns False when that took longer than `LONGEST_WAIT`.
    """
    state = room.value
    if not is_quiet(state):
        log.info("restart_waits", phase=state.phase.value)
    with trio.move_on_after(LONGEST_WAIT):
        while not is_quiet(state):
            state = await room.newer_than(state)
        return True
    log.warning("restart_given_up", phase=state.phase.value)
    return False


async def until_signal(appliance: Appliance) -> None:
    """Runs an appliance until the process is asked to end; a restart that may wait does so until no call is up."""
    with trio.open_signal_receiver(*SIGNALS) as signals:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(run_announced, appliance)
            number = await asked_to_end(signals, appliance.store.followed)
            log.info("ending", signal=number.name)
            appliance.stop()
