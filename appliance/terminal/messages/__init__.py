"""Typed messages of the terminal's control interface. No I/O.

Importing this package registers every message type; wire names stay at the edge, in `codec`.
"""

from appliance.terminal.messages import account, calls, devices, enums, people
from appliance.terminal.messages.base import (
    COMMANDS,
    EVENTS,
    AnyEvent,
    Command,
    Event,
    Reply,
    UnknownEvent,
    Untyped,
)
from appliance.terminal.messages.codec import (
    ProtocolError,
    ReplyFrame,
    decode,
    decode_as,
    encode,
    encode_event,
)
from appliance.terminal.messages.snapshot import Snapshot

__all__ = [
    "COMMANDS",
    "EVENTS",
    "AnyEvent",
    "Command",
    "Event",
    "ProtocolError",
    "Reply",
    "ReplyFrame",
    "Snapshot",
    "UnknownEvent",
    "Untyped",
    "account",
    "calls",
    "decode",
    "decode_as",
    "devices",
    "encode",
    "encode_event",
    "enums",
    "people",
]
