"""What the room does to somebody else, for whoever carries it there."""

from collections.abc import Callable
from typing import Any

import msgspec


class Outgoing(msgspec.Struct, frozen=True):
    """An act of the room, as the other side sees it: what a peer does there.

    `verb` is a method of `PeerHandle`, `arguments` are its.
    """

    verb: str
    peer_id: str
    arguments: dict[str, Any] = {}


Act = Callable[[Outgoing], None]
