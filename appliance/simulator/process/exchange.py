"""What passes between many simulated rooms in one process: calls, messages, files, requests, and who is free.

A room's model does not know that others are rooms, too: for each room the others are peers in its directory. What a
room does to a peer, it leaves in its `outgoing` queue (`common.outgoing.Outgoing`): it calls, answers, writes, asks for
the podium. The exchange carries that to the room of that id and lets the sender's peer do it there: room 1 calls room 2
becomes "peer room1 calls" in room 2, and when room 2 answers, "peer room2 answers" in room 1. Peers that are no rooms
are left to tests, scenarios and the control interface. Where a room cannot take what is asked of it, the exchange says
no for it: it is busy, or has no camera to give.

Whenever a room changes, the others see whether it is free, busy or away, and which conference it owns; that goes ahead
of what it does. The room that owns a conference makes its guests known to each other.
"""

import contextlib
import functools
from collections.abc import Callable, Iterable
from typing import Any

from appliance.simulator.model.calls.camera_control import OutgoingRefusal
from appliance.simulator.model.common.errors import Impossible, Refused, UnknownPeer
from appliance.simulator.model.common.outgoing import Outgoing
from appliance.simulator.process.peer_handle import PeerHandle
from appliance.simulator.process.presence import Presence, presence
from appliance.simulator.process.simulator import Simulator

Arguments = dict[str, Any]

# what the sender hears where the other room cannot take what was asked of it
REFUSALS: dict[str, Callable[[PeerHandle, Arguments], None]] = {
    "call": lambda peer, _arguments: peer.busy(),
    "ask_for_camera": lambda peer, _arguments: peer.give_camera(allow=False, reason=OutgoingRefusal.NOT_AVAILABLE),
    "ask_to_speak": lambda peer, _arguments: peer.let_speak(allow=False),
    "invite_to_speak": lambda peer, _arguments: peer.let_speak(allow=False),
    "send_file": lambda peer, arguments: peer.refuse_file(arguments["number"]),
}


class Exchange:
    """Knows the rooms by their ids, carries between them, and shows them to each other."""

    def __init__(self) -> None:
        self._rooms: dict[str, Simulator] = {}
        self._seen: dict[str, Presence] = {}

    def join(self, rooms: Iterable[Simulator]) -> None:
        """Connects rooms to each other."""
        joined = list(rooms)
        for room in joined:
            self._rooms[room.terminal.options.room_id] = room
        for room in joined if len(self._rooms) > 1 else ():
            self._introduce(room)
            room.carry = functools.partial(self.deliver, room)
            room.show = functools.partial(self.show, room)
            room.show()

    def deliver(self, sender: Simulator, act: Outgoing) -> None:
        """Does in the other room what the sender did; nothing if that peer is no room."""
        target = self._rooms.get(act.peer_id)
        if target is None:
            return
        peer = target.peer(sender.terminal.options.room_id)
        try:
            getattr(peer, act.verb)(**act.arguments)
        except (Impossible, Refused, UnknownPeer):
            _refuse(sender.peer(act.peer_id), act)

    def show(self, room: Simulator) -> None:
        """Shows the other rooms what this one does, if that has changed."""
        room_id, now = room.terminal.options.room_id, presence(room.terminal)
        if self._seen.get(room_id) == now:
            return
        self._seen[room_id] = now
        for other in self._rooms.values():
            if other is not room:
                other.see(room_id, now.status, now.hosting)

    def _introduce(self, room: Simulator) -> None:
        for room_id in self._rooms:
            peer = room.terminal.directory.find(room_id)
            if peer is not None:
                peer.room = True


def _refuse(peer: PeerHandle, act: Outgoing) -> None:
    refuse = REFUSALS.get(act.verb)
    if refuse is not None:
        with contextlib.suppress(Impossible, Refused):  # it has given up in the meantime
            refuse(peer, act.arguments)


def room_ids(count: int, domain: str) -> list[str]:
    """Returns the ids of `count` rooms."""
    return [f"room{number}@{domain}" for number in range(1, count + 1)]
