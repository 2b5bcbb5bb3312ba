"""Who calls or is called, from the `requests` of getAppState: getConferences does not name them before there is a call.

The manual names the kinds and says nothing of what is in them. A person or a list of people is read, anything else is
passed over: then the display shows that somebody calls, and not who.
"""

from collections.abc import Mapping

import msgspec

from appliance.room.reduce.call_table import Occasion
from appliance.room.state import Person
from appliance.terminal.messages.enums import ConferenceType

_KINDS: Mapping[str, tuple[Occasion, ConferenceType]] = {
    "incomingP2PCall": (Occasion.INVITED, ConferenceType.POINT_TO_POINT),
    "outgoingP2PCall": (Occasion.INVITING, ConferenceType.POINT_TO_POINT),
    "incomingGroupConf": (Occasion.INVITED, ConferenceType.SYMMETRIC),
    "outgoingGroupConf": (Occasion.INVITING, ConferenceType.SYMMETRIC),
}


class Waiting(msgspec.Struct, frozen=True):
    """A call that is being set up: which way it goes, what it is, who is at the other end."""

    occasion: Occasion
    type: ConferenceType
    peer: Person


def waiting(requests: object) -> Waiting | None:
    """Returns the call among the requests; None where there is none, or none that can be read."""
    if not isinstance(requests, Mapping):
        return None
    for kind, (occasion, type_) in _KINDS.items():
        peer = _first(requests.get(kind))
        if peer is not None:
            return Waiting(occasion, type_, peer)
    return None


def _first(people: object) -> Person | None:
    if isinstance(people, list):
        people = people[0] if people else None
    if not isinstance(people, Mapping):
        return None
    peer_id, name = people.get("peerId"), people.get("peerDn", "")
    if not isinstance(peer_id, str) or not peer_id:
        return None
    return Person(peer_id, name if isinstance(name, str) else "")
