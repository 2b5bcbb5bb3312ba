"""The traffic of a speakerphone as a text file: one JSON object a line. No I/O.

The first line says what was recorded, every other line what happened, with `at` in seconds from the beginning:

    {"offhook_recording":1,"name":"SPEAK 510","product":"0b0e:0420","origin":"recorded","descriptor":"05 0c …"}
    {"what":"asked","at":0.0,"step":"call"}
    {"what":"heard","at":1.204,"report":"02 01"}
    {"what":"understood","at":1.205,"request":"HookOff()"}
    {"what":"lamps","at":1.205,"lit":["off_hook"]}
    {"what":"sent","at":1.206,"report":"02 01"}
    {"what":"outcome","at":1.205,"step":"call","how":"understood"}
"""

from collections.abc import Sequence
from typing import Final, Literal, TypeVar

import msgspec

VERSION: Final = 1
LARGEST: Final = 4 * 1024 * 1024  # characters; a recording is a few hundred lines

How = Literal["understood", "not understood", "skipped", "nothing"]


class RecordingError(ValueError):
    """The text is not a valid recording; the message says in which line and why."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What was recorded. `origin`: "recorded", or "synthetic: …" and what it is based on; `descriptor`: in hex."""

    offhook_recording: int = VERSION
    name: str
    product: str = ""
    origin: str
    descriptor: str


class Entry(msgspec.Struct, frozen=True, tag_field="what"):
    """Base of what happened; `at` in seconds."""

    at: float


class Asked(Entry, frozen=True, tag="asked"):
    """The person was asked for the step of this name; see `steps`."""

    step: str


class Heard(Entry, frozen=True, tag="heard"):
    """The device sent a report; in hex, its ID in front if reports are numbered."""

    report: str


class Understood(Entry, frozen=True, tag="understood"):
    """The driver took the reports for this request."""

    request: str


class Lit(Entry, frozen=True, tag="lamps"):
    """The driver was to show these lamps from now on."""

    lit: list[str]


class Sent(Entry, frozen=True, tag="sent"):
    """The device was sent a report; in hex, its ID in front, 0 where reports are not numbered."""

    report: str


class Outcome(Entry, frozen=True, tag="outcome"):
    """How a step ended: understood, not understood (the reports mean something else), skipped, or nothing came."""

    step: str
    how: How


T = TypeVar("T")
Line = Asked | Heard | Understood | Lit | Sent | Outcome


_HEADER: Final = msgspec.json.Decoder(Header)
_LINE: Final[msgspec.json.Decoder[Line]] = msgspec.json.Decoder(Line)


class Recording(msgspec.Struct, frozen=True):
    """A whole file."""

    header: Header
    lines: Sequence[Line]


def in_hex(data: bytes) -> str:
    """Returns bytes as they stand in a recording."""
    return data.hex(" ")


def as_line(entry: Header | Line) -> str:
    """Returns one line of the file, including its end."""
    return msgspec.json.encode(entry).decode() + "\n"


def read(text: str) -> Recording:
    """Returns a whole recording. Raises RecordingError: when the text is not valid."""
    header, rest = split(text, _HEADER)
    check_version(header.offhook_recording, VERSION)
    _check_hex(1, header.descriptor)
    return Recording(header, [_line(number, line) for number, line in rest])


def split(text: str, decoder: msgspec.json.Decoder[T]) -> tuple[T, list[tuple[int, str]]]:
    """Returns the header of any recording, and its other lines with their numbers, without empty ones."""
    if len(text) > LARGEST:
        raise RecordingError(f"{len(text)} characters: expected at most {LARGEST}")
    first, *rest = text.splitlines() or [""]
    return decoded(1, first, decoder), [(number, line) for number, line in enumerate(rest, 2) if line.strip()]


def check_version(version: int, expected: int) -> None:
    """Raises RecordingError: when a recording is of another version."""
    if version != expected:
        raise RecordingError(f"line 1: version {version}: expected {expected}")


def _line(number: int, text: str) -> Line:
    line = decoded(number, text, _LINE)
    if isinstance(line, Heard | Sent):
        _check_hex(number, line.report)
    return line


def decoded(number: int, line: str, decoder: msgspec.json.Decoder[T]) -> T:
    """Returns a line of a recording. Raises RecordingError: when it is none; it says which, and why."""
    try:
        return decoder.decode(line)
    except msgspec.DecodeError as error:
        raise RecordingError(f"line {number}: {error}") from None


def _check_hex(number: int, digits: str) -> None:
    try:
        bytes.fromhex(digits)
    except ValueError:
        raise RecordingError(f"line {number}: {digits[:40]!r}: expected bytes in hex") from None
