"""Many rooms in one process: what one does to another arrives there as what a peer does."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from appliance.simulator.model.calls.outgoing import Outgoing
from appliance.simulator.model.errors import Impossible, Refused, UnknownPeer

if TYPE_CHECKING:
    from appliance.simulator.process.simulator import Simulator


class Exchange:
    """Knows the rooms by their ids and carries calls between them; people who are no rooms are left alone."""

    def __init__(self) -> None:
        self._rooms: dict[str, Simulator] = {}

    def join(self, rooms: "Iterable[Simulator]") -> None:
        """Connects rooms to each other."""
        for room in rooms:
            self._rooms[room.terminal.options.room_id] = room
            room.exchange = self

    def deliver(self, sender: "Simulator", act: Outgoing) -> None:
        """Does in the other room what the sender did; a room that cannot take a call is busy."""
        target = self._rooms.get(act.peer_id)
        if target is None:
            return
        peer = target.peer(sender.terminal.options.room_id)
        try:
            if act.verb == "call":
                peer.call(act.kind, act.title)
            else:
                getattr(peer, act.verb)()
        except (Impossible, Refused, UnknownPeer):
            if act.verb == "call":
                sender.peer(act.peer_id).busy()


def room_ids(count: int, domain: str) -> list[str]:
    """The ids of so many rooms."""
    return [f"room{number}@{domain}" for number in range(1, count + 1)]
