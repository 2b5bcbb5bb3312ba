"""The link to the terminal and the room: what the terminal tells becomes the room's state."""

from collections.abc import Callable

import trio

from appliance.display.burnin import wakes
from appliance.language.text import NOTHING, Text
from appliance.room.inputs import Hook, Input
from appliance.room.local_events.link import Authorised, LinkChanged
from appliance.room.parts.link import Link as LinkState
from appliance.room.parts.link import LinkPhase
from appliance.room.texts import eviction
from appliance.services.link.words import why_down, why_refused
from appliance.services.store import RoomStore
from appliance.terminal.link import Link
from appliance.terminal.messages.calls import HangUpPressed, HookOffPressed
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Report


class TerminalService:
    """Runs the link, and folds what the terminal tells into the room's state."""

    def __init__(
        self,
        store: RoomStore,
        link: Link,
        *,
        heard_key: Callable[[Input], None],
        renewed: Callable[[], None],
        network: Callable[[], Text] = Text,
    ) -> None:
        """`heard_key` is called for the keys of the terminal's own speakerphone, `renewed` when a link is lost or new.

        `network`: what is wrong with the box's own network, which is then the reason why there is no link.
        What `link` emits is for `hear`.
        """
        self._store = store
        self._link = link
        self._heard_key = heard_key
        self._renewed = renewed
        self._network = network
        self._lost: LinkDown | None = None

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Keeps the link up. Ready at once: how the link is stands in the room's state."""
        task_status.started()
        await self._link.run()

    def hear(self, report: Report) -> None:
        """Takes what the link reports, in order."""
        match report:
            case LinkUp(snapshot, user_pin):
                self._renewed()
                self._store.apply(snapshot)
                self._store.apply(Authorised(user_pin))
            case LinkDown() | LinkRefused() | LinkEvicted():
                self._lost = report if isinstance(report, LinkDown) else None
                self._renewed()
                self._store.apply(LinkChanged(link_state(report, self._network())))
            case HookOffPressed():
                self._heard_key(Hook(off=True))
            case HangUpPressed():
                self._heard_key(Hook(off=False))
            case event:
                self._apply(event)
                return
        self._store.touch()

    def network_changed(self) -> None:
        """Gives the reason anew while there is no link: what is known of the box's own network is another."""
        if self._lost is not None and self._store.state.link.phase is LinkPhase.DOWN:
            self._store.apply(LinkChanged(link_state(self._lost, self._network())))

    def _apply(self, event: Report) -> None:
        before = self._store.state
        self._store.apply(event)
        if self._store.state is not before and wakes(before, self._store.state):
            self._store.touch()


def link_state(report: LinkDown | LinkRefused | LinkEvicted, network: Text = NOTHING) -> LinkState:
    """Returns the state of the link for what the link has reported; `network`: what is wrong with our own."""
    match report:
        case LinkDown(loss):
            return LinkState(LinkPhase.DOWN, network or why_down(loss))
        case LinkRefused(refusal, account):
            return LinkState(LinkPhase.REFUSED, why_refused(refusal, account))
        case LinkEvicted(cause, waits_for_press):
            return LinkState(LinkPhase.EVICTED, eviction(cause), waits_for_press)
