"""Who calls or is called, from the `requests` of getAppState: getConferences does not name them before there is a call.

Where the terminal tells nothing that can be read, the display shows that somebody calls, and not who.
"""

from collections.abc import Mapping

import msgspec

from appliance.room.parts.person import Person
from appliance.room.reduce.calls.call_table import Occasion
from appliance.terminal.messages.calls import Requests
from appliance.terminal.messages.enums import ConferenceType

_KINDS: Mapping[str, tuple[Occasion, ConferenceType]] = {
    "incoming_call": (Occasion.INVITED, ConferenceType.POINT_TO_POINT),
    "outgoing_call": (Occasion.INVITING, ConferenceType.POINT_TO_POINT),
    "incoming_conference": (Occasion.INVITED, ConferenceType.SYMMETRIC),
    "outgoing_conference": (Occasion.INVITING, ConferenceType.SYMMETRIC),
}


class Waiting(msgspec.Struct, frozen=True):
    """A call that is being set up: which way it goes, what it is, who is at the other end."""

    occasion: Occasion
    type: ConferenceType
    peer: Person


def waiting(requests: Requests | None) -> Waiting | None:
    """Returns the call among the requests; None where there is none."""
    for kind, (occasion, type_) in _KINDS.items():
        named = [person for person in getattr(requests, kind, ()) if person.peer_id]
        if named:
            return Waiting(occasion, type_, Person(named[0].peer_id, named[0].peer_name))
    return None
