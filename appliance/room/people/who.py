"""Who somebody is: names for peer ids, and whether two ids mean the same peer."""

from appliance.room.parts.person import Person
from appliance.room.people.book import Book
from appliance.room.people.peer_ids import whose
from appliance.room.state import RoomState


def same_peer(one: str, other: str) -> bool:
    """Returns whether two ids name the same peer: `user@server` is also `User@server/instance`."""
    return whose(one) == whose(other)


def person(state: RoomState, peer_id: str, name: str = "") -> Person | None:
    """Returns who that is, named by the event, a call or the address book; None without an id."""
    if not peer_id:
        return None
    return Person(peer_id, name or _name_in_call(state, peer_id) or name_in(state.contacts, peer_id))


def _name_in_call(state: RoomState, peer_id: str) -> str:
    peers = (call.peer for call in (state.conversation, state.call_waiting) if call and call.peer)
    return next((peer.name for peer in peers if same_peer(peer.peer_id, peer_id)), "")


def name_in(book: Book, peer_id: str) -> str:
    """Returns the name of a contact; nothing where that is unknown."""
    found = book.find(peer_id)
    return found.peer_name if found else ""
