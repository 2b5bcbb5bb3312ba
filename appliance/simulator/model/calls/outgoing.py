"""What the room does to somebody else, for whoever carries it there."""

from collections.abc import Callable
from typing import Literal

import msgspec

from appliance.terminal.messages.enums import ConferenceType


class Outgoing(msgspec.Struct, frozen=True):
    """An act of the room, named as the other side sees it: as what a peer does there.

    `kind` and `title` are those of a call.
    """

    verb: Literal["call", "answer", "reject", "leave"]
    peer_id: str
    kind: ConferenceType = ConferenceType.POINT_TO_POINT
    title: str = ""


Act = Callable[[Outgoing], None]
