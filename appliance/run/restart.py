"""When the process is to end: at once where that is asked, or as soon as no call is up, for a restart that can wait.

SIGHUP asks for the configuration to be taken anew. Most of it is taken while the room runs (`live/reload.py`); where
that is not enough, the process ends as soon as nobody would miss it, unless the next reload finds that it need not.
SIGUSR1 asks for a restart that can wait, whatever the configuration says.
"""

import signal
from collections.abc import AsyncIterator

import structlog
import trio

from appliance.room.in_use import is_quiet
from appliance.room.state import RoomState
from appliance.run.announced import run_announced
from appliance.run.appliance import Appliance
from appliance.run.ending import AT_ONCE, RELOAD, SIGNALS, WHEN_QUIET
from appliance.run.live.reload import Reloads, begin_anew
from appliance.runtime.followed import Followed

log = structlog.get_logger()

LONGEST_WAIT = 12 * 3600.0  # seconds; after that whoever wants a restart asks again


async def asked_to_end(
    signals: AsyncIterator[int], room: Followed[RoomState], reload: Reloads = begin_anew
) -> signal.Signals:
    """Returns the one of `SIGNALS` for which the process is to end, as soon as it is to."""
    send, ends = trio.open_memory_channel[signal.Signals](1)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_Asked(room, send, reload).listen, signals)
        number = await ends.receive()
        nursery.cancel_scope.cancel()
    return number


class _Asked:
    """Tells `send` which signal counts, and when."""

    def __init__(
        self, room: Followed[RoomState], send: trio.MemorySendChannel[signal.Signals], reload: Reloads
    ) -> None:
        self._room = room
        self._send = send
        self._reload = reload
        self._asked = trio.Event()  # for a reload; asked twice while one is under way, one follows
        self._waits: signal.Signals | None = None
        self._waiting = trio.CancelScope()

    async def listen(self, signals: AsyncIterator[int]) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._reload_when_asked, nursery)
            async for number in signals:
                if number in AT_ONCE:
                    await self._send.send(signal.Signals(number))
                elif number == RELOAD:
                    self._asked.set()
                elif self._waits is not WHEN_QUIET:
                    self._wait(nursery, WHEN_QUIET)

    async def _reload_when_asked(self, nursery: trio.Nursery) -> None:
        while True:
            await self._asked.wait()
            self._asked = trio.Event()
            whole = await self._reload()
            if whole and self._waits is None:
                self._wait(nursery, RELOAD)
            elif not whole and self._waits is RELOAD:  # what a reload before had asked for is asked for no more
                self._waiting.cancel()

    def _wait(self, nursery: trio.Nursery, number: signal.Signals) -> None:
        self._waiting.cancel()
        self._waits, self._waiting = number, trio.CancelScope()
        nursery.start_soon(self._when_quiet, number, self._waiting)

    async def _when_quiet(self, number: signal.Signals, scope: trio.CancelScope) -> None:
        quiet = False
        with scope:
            quiet = await until_quiet(self._room)
        if self._waiting is scope:
            self._waits = None
        if quiet:
            await self._send.send(number)


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


async def until_signal(appliance: Appliance, reload: Reloads = begin_anew) -> None:
    """Runs an appliance until the process is asked to end; a restart that may wait does so until no call is up.

    `reload` takes the configuration anew.
    """
    with trio.open_signal_receiver(*SIGNALS) as signals:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(run_announced, appliance)
            number = await asked_to_end(signals, appliance.store.followed, reload)
            log.info("ending", signal=number.name)
            appliance.stop()
