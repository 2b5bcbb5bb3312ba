"""Calls between many simulated rooms in one process.

A room's model does not know that others are rooms, too: for each room the others are peers in its directory. What a
room does to a peer, it leaves in its `outgoing` queue (`calls.outgoing.Outgoing`): it calls, answers, rejects, leaves.
The exchange carries that to the room of that id and lets the sender's peer do it there: room 1 calls room 2 becomes
"peer room1 calls" in room 2, and when room 2 answers, "peer room2 answers" in room 1. Peers that are no rooms are
left to tests, scenarios and the control interface. A room that cannot take a call lets the sender's peer be busy.
"""

import functools
from collections.abc import Iterable

from appliance.simulator.model.calls.outgoing import Outgoing
from appliance.simulator.model.common.errors import Impossible, Refused, UnknownPeer
from appliance.simulator.process.simulator import Simulator


class Exchange:
    """Knows the rooms by their ids and carries calls between them."""

    def __init__(self) -> None:
        self._rooms: dict[str, Simulator] = {}

    def join(self, rooms: Iterable[Simulator]) -> None:
        """Connects rooms to each other."""
        for room in rooms:
            self._rooms[room.terminal.options.room_id] = room
            room.carry = functools.partial(self.deliver, room)

    def deliver(self, sender: Simulator, act: Outgoing) -> None:
        """Does in the other room what the sender did; nothing if that peer is no room."""
        target = self._rooms.get(act.peer_id)
        if target is None:
            return
        peer = target.peer(sender.terminal.options.room_id)
        try:
            getattr(peer, act.verb)(**act.arguments)
        except (Impossible, Refused, UnknownPeer):
            if act.verb == "call":
                sender.peer(act.peer_id).busy()


def room_ids(count: int, domain: str) -> list[str]:
    """Returns the ids of `count` rooms."""
    return [f"room{number}@{domain}" for number in range(1, count + 1)]
