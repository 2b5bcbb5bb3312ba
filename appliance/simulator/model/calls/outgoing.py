"""What the room does to somebody else, for those who carry it there."""

from typing import Literal

import msgspec

from appliance.terminal.messages.enums import ConferenceType


class Outgoing(msgspec.Struct, frozen=True):
    """An act as a peer does it to the room, seen from the other end; `kind` and `title` are those of a call."""

    verb: Literal["call", "answer", "reject", "leave"]
    peer_id: str
    kind: ConferenceType = ConferenceType.POINT_TO_POINT
    title: str = ""
