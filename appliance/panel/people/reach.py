"""Whom a panel calls with one touch: the favourites that the configuration names, and the last calls."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

import msgspec

from appliance.room.people.book import Book
from appliance.room.people.peer_ids import whose
from appliance.room.people.who import name_in
from appliance.room.state import RoomState
from appliance.terminal.messages.enums import CallDirection, PeerStatus
from appliance.terminal.messages.people import PastCall

Presence = Literal["here", "busy", "away"]
Direction = Literal["in", "out", "missed"]

MOST: Final = 20  # last calls
_AWAY: Final = {PeerStatus.OFFLINE, PeerStatus.INVALID}
_DIRECTIONS: Final[dict[CallDirection, Direction]] = {
    CallDirection.INCOMING: "in",
    CallDirection.OUTGOING: "out",
    CallDirection.MISSED: "missed",
}


class Peer(msgspec.Struct, frozen=True):
    """Somebody to call. `presence` None: nobody knows. `last`: the last call with them, and `at` its time of day."""

    peer_id: str
    name: str
    presence: Presence | None = None
    last: Direction | None = None
    at: int | None = None


class Reach(msgspec.Struct, frozen=True):
    """Favourites in the order of the configuration; of the last calls with each peer the last, newest first."""

    favourites: tuple[Peer, ...] = ()
    recent: tuple[Peer, ...] = ()


class Reached:
    """Looks whom a room may call. People and calls that have not changed are not looked at again."""

    def __init__(self, favourites: Iterable[str]) -> None:
        self._favourites = tuple(dict.fromkeys(filter(None, favourites)))
        self._of: tuple[Book, tuple[PastCall, ...]] | None = None
        self._reach = Reach()

    def __call__(self, state: RoomState) -> Reach:
        """Returns whom the room of a state may call."""
        if self._of is None or self._of[0] is not state.contacts or self._of[1] is not state.history:
            self._of = state.contacts, state.history
            favourites = tuple(peer(state.contacts, peer_id) for peer_id in self._favourites)
            self._reach = Reach(favourites, tuple(last_calls(state)))
        return self._reach


def peer(people: Book, peer_id: str, name: str = "") -> Peer:
    """Returns somebody as the address book knows them."""
    return Peer(peer_id, name_in(people, peer_id) or name, presence(people, peer_id))


def presence(people: Book, peer_id: str) -> Presence | None:
    """Returns whether somebody of the address book may answer; None for all others."""
    found = people.find(peer_id)
    if found is None:
        return None
    if found.status in _AWAY:
        return "away"
    return "here" if found.status is PeerStatus.AVAILABLE else "busy"


def last_calls(state: RoomState) -> Iterator[Peer]:
    """Yields with whom the last calls were, each once."""
    seen: set[str] = set()
    for call in state.history:
        if call.peer_id and whose(call.peer_id) not in seen and len(seen) < MOST:
            seen.add(whose(call.peer_id))
            who = peer(state.contacts, call.peer_id, call.peer_name)
            at = call.start_time * 1000 or None
            yield msgspec.structs.replace(who, last=_DIRECTIONS.get(call.type), at=at)
