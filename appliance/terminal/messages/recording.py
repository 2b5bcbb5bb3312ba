"""Recordings of a session with a terminal: a header, then one frame a line, as JSON. No I/O.

The first line is `{"offhook_terminal_recording": 1, …}`; each of the others says when a frame came or went (seconds
from the beginning), from whom, and what it was. A frame that was not JSON is left out, and counted by its length.
"""

from typing import Any, Literal

import msgspec

FORMAT = 1


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The first line: the format, and the version of the program that wrote it."""

    format: int = msgspec.field(name="offhook_terminal_recording")
    version: str = ""


class Recorded(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A frame: `at` in seconds; `sent` by us or `heard` from the terminal; only its length where it is no object."""

    at: float
    what: Literal["sent", "heard"]
    frame: dict[str, Any] | None = None
    length: int = 0


class RecordingError(ValueError):
    """A text is no recording; the message names the line."""


def read_recording(text: str) -> tuple[Recorded, ...]:
    """Returns the frames of a recording; raises `RecordingError`."""
    first, *lines = text.splitlines() or [""]
    try:
        header = msgspec.json.decode(first, type=Header)
    except msgspec.DecodeError as error:
        raise RecordingError(f"line 1: {error}; expected what `offhook terminal record` writes") from None
    if header.format != FORMAT:
        raise RecordingError(f"line 1: format {header.format}; expected {FORMAT}")
    return tuple(_line(number, line) for number, line in enumerate(lines, 2) if line.strip())


def _line(number: int, line: str) -> Recorded:
    try:
        return msgspec.json.decode(line, type=Recorded)
    except msgspec.DecodeError as error:
        raise RecordingError(f"line {number}: {error}") from None
