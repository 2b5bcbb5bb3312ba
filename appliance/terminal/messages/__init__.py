"""Typed messages of the terminal's control interface. No I/O.

Importing this package registers what the appliance itself needs, and is quick; importing `every` registers the whole
interface. An event whose type is not registered arrives as `UnknownEvent`. Wire names stay at the edge, in `frames`.
"""

from appliance.terminal.messages import account, calls, devices, enums, people
from appliance.terminal.messages.base import (
    COMMAND_TYPES,
    EVENT_TYPES,
    AnyEvent,
    Command,
    Event,
    Reply,
    UnknownEvent,
    Untyped,
)
from appliance.terminal.messages.frames import (
    ProtocolError,
    ReplyFrame,
    decode,
    decode_as,
    encode,
    encode_event,
    extra_fields,
    reply_as,
)
from appliance.terminal.messages.snapshot import Snapshot

COMMANDS = dict(COMMAND_TYPES)  # what the appliance itself needs, by wire name in lower case
EVENTS = dict(EVENT_TYPES)

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
    "extra_fields",
    "people",
    "reply_as",
]
