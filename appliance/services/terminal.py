"""The link to the terminal and the room: what the terminal tells becomes the room's state."""

from collections.abc import Callable

import structlog
import trio

from appliance.display.burnin import wakes
from appliance.room.inputs import Hook, Input
from appliance.room.local_events import LinkChanged
from appliance.room.state import Link as LinkState
from appliance.room.state import LinkPhase, Phase, RoomState
from appliance.services.store import RoomStore
from appliance.terminal.errors import TerminalError
from appliance.terminal.link import Link
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.calls import GetConferences, HangUpPressed, HookOffPressed
from appliance.terminal.messages.people import GetCallHistory
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Report

log = structlog.get_logger()

HISTORY = 20  # calls: as many as the picture after a connect has


class TerminalService:
    """Runs the link, and folds what the terminal tells into the room's state."""

    def __init__(
        self, store: RoomStore, link: Link, *, heard_key: Callable[[Input], None], renewed: Callable[[], None]
    ) -> None:
        """`heard_key` is called for the keys of the terminal's own speakerphone, `renewed` when a link is lost or new.

        What `link` emits is for `hear`.
        """
        self._store = store
        self._link = link
        self._heard_key = heard_key
        self._renewed = renewed

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Keeps the link up. Ready at once: how the link is stands in the room's state."""
        task_status.started()
        await self._link.run()

    async def read_again(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Reads again what the terminal does not tell by itself: the history after a call, whom a call is with."""
        task_status.started()
        state = self._store.state
        while True:
            before, state = state, await self._store.followed.newer_than(state)
            for command in worth_reading(before, state):
                await self._read(command)

    async def _read(self, command: Command) -> None:
        try:
            self._store.apply(await self._link.request(command))
        except TerminalError as error:
            log.info("not_read", method=command.method, reason=str(error))

    def hear(self, report: Report) -> None:
        """Takes what the link reports, in order."""
        match report:
            case LinkUp(snapshot):
                self._renewed()
                self._store.apply(snapshot)
            case LinkDown() | LinkRefused() | LinkEvicted():
                self._renewed()
                self._store.apply(LinkChanged(link_state(report)))
            case HookOffPressed():
                self._heard_key(Hook(off=True))
            case HangUpPressed():
                self._heard_key(Hook(off=False))
            case event:
                self._apply(event)
                return
        self._store.touch()

    def _apply(self, event: Report) -> None:
        before = self._store.state
        self._store.apply(event)
        if self._store.state is not before and wakes(before, self._store.state):
            self._store.touch()


def link_state(report: LinkDown | LinkRefused | LinkEvicted) -> LinkState:
    """How the link is, for the room."""
    match report:
        case LinkDown(reason):
            return LinkState(LinkPhase.DOWN, reason)
        case LinkRefused(reason):
            return LinkState(LinkPhase.REFUSED, reason)
        case LinkEvicted(_, reason, waits_for_press):
            return LinkState(LinkPhase.EVICTED, reason, waits_for_press)


def worth_reading(before: RoomState, state: RoomState) -> list[Command]:
    """What a change of the room makes worth reading: reads only, nothing is set."""
    if state.link.phase is not LinkPhase.UP or before.phase is state.phase or before.link is not state.link:
        return []
    if state.phase is Phase.WAITING or (state.phase is Phase.IN_CALL and state.conversation is None):
        return [GetConferences()]
    if state.phase is Phase.IDLE and before.phase in {Phase.CLOSING, Phase.IN_CALL, Phase.RINGING, Phase.CALLING}:
        return [GetCallHistory(count=HISTORY)]
    return []
