"""What an input device sent as a text file: one JSON object a line, in the form of a speakerphone's recording. No I/O.

The first line says what was recorded, every other line what happened, with `at` in seconds from the beginning:

    {"offhook_keypad_recording":1,"name":"Footpedal","product":"05f3:00ff","origin":"recorded","nodes":[…],…}
    {"what":"asked","at":0.0,"step":"mute"}
    {"what":"events","at":1.204,"node":0,"events":[[4,4,458856],[1,184,1],[0,0,0]]}
    {"what":"meant","at":1.204,"symbol":"KEY_F14","down":true}
    {"what":"outcome","at":1.9,"step":"mute","how":"understood"}

`events` are type, code and value of the kernel's `struct input_event`, without its time: its size depends on the
machine. A replay gives the driver the same events and must come to the same `meant`.
"""

import struct
from collections.abc import Sequence
from typing import Final

import msgspec

from drivers.keypad.key_events import INPUT_EVENT
from drivers.speakerphone.recording import Asked, Entry, Outcome, RecordingError, check_version, decoded, split

VERSION: Final = 1

Event = tuple[int, int, int]
"""Type, code, value."""


class NodeHeader(msgspec.Struct, frozen=True):
    """An event node: its name, and the codes of its keys."""

    name: str
    keys: Sequence[int] = ()


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What was recorded. `origin`: "recorded", or "synthetic: …"; `descriptors`: of HID, in hex, one an interface."""

    offhook_keypad_recording: int = VERSION
    name: str
    product: str = ""
    origin: str
    nodes: Sequence[NodeHeader] = ()
    descriptors: Sequence[str] = ()


class Events(Entry, frozen=True, tag="events"):
    """What one read of a node brought."""

    node: int
    events: Sequence[Event]


class Meant(Entry, frozen=True, tag="meant"):
    """What the driver took it for, without a configuration."""

    symbol: str
    down: bool


Line = Asked | Events | Meant | Outcome

_HEADER: Final = msgspec.json.Decoder(Header)
_LINE: Final[msgspec.json.Decoder[Line]] = msgspec.json.Decoder(Line)


class Recording(msgspec.Struct, frozen=True):
    """A whole file."""

    header: Header
    lines: Sequence[Line]


def as_line(entry: Header | Line) -> str:
    """Returns one line of the file, including its end."""
    return msgspec.json.encode(entry).decode() + "\n"


def read(text: str) -> Recording:
    """Returns a whole recording. Raises RecordingError: when the text is not valid; it says in which line and why."""
    header, rest = split(text, _HEADER)
    check_version(header.offhook_keypad_recording, VERSION)
    return Recording(header, [_line(number, line, len(header.nodes)) for number, line in rest])


def _line(number: int, text: str, nodes: int) -> Line:
    line = decoded(number, text, _LINE)
    if isinstance(line, Events):
        _check(number, line, nodes)
    return line


def _check(number: int, line: Events, nodes: int) -> None:
    if not 0 <= line.node < nodes:
        raise RecordingError(f"line {number}: node {line.node}: expected 0 to {nodes - 1}")
    for event in line.events:
        try:
            INPUT_EVENT.pack(0, 0, *event)
        except struct.error as error:
            raise RecordingError(f"line {number}: event {list(event)}: {error}") from None


def events_in(data: bytes) -> list[Event]:
    """Returns the whole events in bytes of a node; the kernel never gives half of one."""
    whole = len(data) - len(data) % INPUT_EVENT.size
    return [(kind, code, value) for _, _, kind, code, value in INPUT_EVENT.iter_unpack(data[:whole])]


def as_bytes(events: Sequence[Event]) -> bytes:
    """Returns events as this machine's kernel would give them, at time zero."""
    return b"".join(INPUT_EVENT.pack(0, 0, *event) for event in events)
