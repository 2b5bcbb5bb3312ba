"""Who somebody is: names for peer ids, and whether two ids mean the same peer."""

from collections.abc import Collection

from appliance.room.state import Person, RoomState
from appliance.terminal.messages.people import Contact


def same_peer(one: str, other: str) -> bool:
    """Returns whether two ids name the same peer: `user@server` is also `User@server/instance`."""
    return whose(one) == whose(other)


def whose(peer_id: str) -> str:
    """Returns the one spelling in which the ids of a peer are equal, to look somebody up by."""
    user, _, _instance = peer_id.partition("/")
    return (user if "@" in user else peer_id).casefold()  # the parts of a link are no instances


def person(state: RoomState, peer_id: str, name: str = "") -> Person | None:
    """Returns who that is, named by the event, a call or the address book; None without an id."""
    if not peer_id:
        return None
    return Person(peer_id, name or _name_in_call(state, peer_id) or name_in(state.contacts, peer_id))


def _name_in_call(state: RoomState, peer_id: str) -> str:
    peers = (call.peer for call in (state.conversation, state.call_waiting) if call and call.peer)
    return next((peer.name for peer in peers if same_peer(peer.peer_id, peer_id)), "")


def name_in(contacts: Collection[Contact], peer_id: str) -> str:
    """Returns the name of a contact; nothing where that is unknown.

    Most ids are as the address book has them, which is quick to find out even among 20,000 people.
    """
    same = (contact for contact in contacts if contact.peer_id == peer_id)
    begins = peer_id.partition("/")[0].casefold()
    alike = (contact for contact in contacts if contact.peer_id.casefold().startswith(begins))
    found = next(same, None) or next((contact for contact in alike if same_peer(contact.peer_id, peer_id)), None)
    return found.peer_name if found else ""
