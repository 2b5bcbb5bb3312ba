"""Long frames in steps, so that nothing else has to wait for a large address book. No I/O.

A frame that is long is so because of its lists. It is read in two passes, both of which pause after each `STEP`:

1. The first looks for brackets only, strings passed over, and finds where the lists of the outermost object are and
   where between two of their entries they can be cut into pieces of about `STEP`.
2. The second reads the message once for each piece, with all other entries left out, as `frames` reads any message:
   leniency, other spellings and errors are the same. The entries of all pieces together then take the list's place.

Entries beyond `MOST_ENTRIES`, or beyond what a message may take of the memory, are left out; the caller hears how many.
A frame that is not as described here is left to `frames`, which takes it or refuses it in one step.
"""

import re
from collections.abc import Generator, Iterator
from typing import Any, Final, TypeVar

import msgspec

from appliance.terminal.messages.base import COMMAND_TYPES, AnyEvent, UnknownEvent, Wire
from appliance.terminal.messages.frames import (
    LARGEST_SWELLING,
    ProtocolError,
    ReplyFrame,
    decode,
    decode_as,
    may_swell,
)
from appliance.terminal.messages.leniency import UNREADABLE, Note, Odd, ignore

T = TypeVar("T")
Steps = Generator[None, None, T]

LONG: Final = 64 * 2**10
"""Characters of a frame that is worth the trouble; a shorter one takes a millisecond."""

STEP: Final = 32 * 2**10
"""Characters between two pauses: half a millisecond of work here, three on a small Pi."""

MOST_ENTRIES = 50_000
"""Entries of one list that are read: ten megabytes of address book."""

MOST_READ: Final = 16 * 2**20
"""Characters of one list that are read, where its entries are small in memory."""

LONGEST_GAP: Final = 2**20
"""Characters between two brackets: no list of structures has a longer text in it."""

LONGEST_REST: Final = 8 * 2**10
"""Characters that may stand around the lists: they are read again for each piece."""

_BRACKET = re.compile(r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+([\[\]{}])', re.DOTALL)
_NAME = re.compile(r'(?<!\\)"([^"\\]*)"\s*:\s*\Z')  # of the member whose value begins here
_COMMA = re.compile(r"\s*,(?=\s*+[{\[])")  # where an entry follows: an empty piece would hide a comma too many
_whatever = msgspec.json.Decoder(list[msgspec.Raw])


class _Piece(msgspec.Struct):
    """Entries that stand together: where in the frame, and how many."""

    start: int
    end: int = 0
    entries: int = 0


class _List(msgspec.Struct):
    """A list of the outermost object."""

    name: str
    start: int
    end: int = 0
    pieces: list[_Piece] = []

    @property
    def entries(self) -> int:
        """How many objects are in it."""
        return sum(piece.entries for piece in self.pieces)


def read_in_steps(frame: str, note: Note = ignore) -> Steps[ReplyFrame | AnyEvent]:
    """Reads a frame as `frames.decode` does; a reply has its value with it. Pauses (yields) after each step.

    Raises `ProtocolError` as `frames.decode` and `frames.decode_as` do.
    """
    lists = yield from _Search(frame).run()
    around = _around(frame, lists)
    if not lists or len(around) > LONGEST_REST:
        return decode(frame, note)
    message = decode(around)
    if isinstance(message, UnknownEvent):
        return decode(frame, note)
    if isinstance(message, ReplyFrame):
        return (yield from _reply(frame, message, lists, note))
    event: AnyEvent = yield from _filled(frame, type(message), lists, note)
    return event


def _reply(frame: str, head: ReplyFrame, lists: list[_List], note: Note) -> Steps[ReplyFrame]:
    command = COMMAND_TYPES.get(head.method.lower())
    value = None
    if command and head.result:
        value = yield from _filled(frame, command.reply, lists, note)
    else:
        for each in lists:
            yield from _skimmed(frame, each)
    return msgspec.structs.replace(head, text=frame, value=value)


def _filled(frame: str, kind: type[msgspec.Struct], lists: list[_List], note: Note) -> Steps[Any]:
    """Returns the message, with the entries of those of its lists that `kind` knows."""
    value = decode_as(kind, _around(frame, lists).encode(), note)
    fields = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
    spellings = kind.also if issubclass(kind, Wire) else {}
    for each in lists:
        wire = spellings.get(each.name, each.name)
        if (field := fields.get(wire)) is not None:
            within = _within(f"{kind.__name__}.{wire}", note)
            entries = yield from _entries(frame, kind, field, each, lists, within)
            value = msgspec.structs.replace(value, **{field: entries})
        else:
            yield from _skimmed(frame, each)
    return value


def _skimmed(frame: str, one: _List) -> Steps[None]:
    """Reads a list that nobody asked for: a frame that is no JSON is refused wherever it is broken."""
    for piece in one.pieces:
        try:
            _whatever.decode(f"[{frame[piece.start : piece.end]}]")
        except UNREADABLE as error:
            raise ProtocolError(f"frame of {len(frame)} bytes: `{one.name[:60]}`: {error}") from error
        yield


def _within(place: str, note: Note) -> Note:
    """Passes on what is odd in a list: what is odd around it, each of its pieces would tell anew."""

    def note_once(odd: Odd) -> None:
        if odd.left_out or odd.where == place or odd.where.startswith(f"{place}."):
            note(odd)

    return note_once


def _entries(
    frame: str, kind: type[msgspec.Struct], field: str, one: _List, lists: list[_List], note: Note
) -> Steps[tuple[Any, ...]]:
    entries: list[Any] = []
    begun = 0
    most = LARGEST_SWELLING if may_swell(kind) else MOST_READ
    for piece in one.pieces:
        if begun >= MOST_ENTRIES or piece.end - one.start > most:
            break
        begun += piece.entries
        entries += getattr(decode_as(kind, _around(frame, lists, piece).encode(), note), field)
        yield
    if left_out := max(0, begun - MOST_ENTRIES) + one.entries - begun:
        reason = f"{left_out} entries left out: expected at most {MOST_ENTRIES}, or {most} bytes"
        note(Odd(f"{kind.__name__}.{one.name}", reason, left_out))
    return tuple(entries[:MOST_ENTRIES])


def _around(frame: str, lists: list[_List], piece: _Piece | None = None) -> str:
    """Returns the frame without the entries of its lists; those of `piece` stay."""
    return "".join(_kept(frame, lists, piece))


def _kept(frame: str, lists: list[_List], piece: _Piece | None) -> Iterator[str]:
    at = 0
    for each in lists:
        yield frame[at : each.start]
        if piece and each.start <= piece.start <= each.end:
            yield frame[piece.start : piece.end]
        at = each.end
    yield frame[at:]


class _Search:
    """Looks for the lists of the outermost object, bracket by bracket."""

    def __init__(self, frame: str) -> None:
        self._frame = frame
        self._lists: list[_List] = []
        self._list: _List | None = None
        self._depth = 0

    def run(self) -> Steps[list[_List]]:
        """Returns the lists; none where the frame has no end, or a text that is too long."""
        at = paused = 0
        while match := _BRACKET.match(self._frame, at, at + LONGEST_GAP):
            before, at = at, match.end()
            if match[1] in "[{":
                self._opened(match[1], before, at)
            else:
                self._closed(at)
            if self._depth <= 0:
                return self._lists
            if at - paused >= STEP:
                paused = at
                yield
        return []

    def _opened(self, bracket: str, before: int, at: int) -> None:
        self._depth += 1
        if self._depth != 2 or bracket != "[":
            return
        name = _NAME.search(self._frame, before, at - 1)
        if name is not None:
            self._list = _List(name[1], at, pieces=[_Piece(at)])

    def _closed(self, at: int) -> None:
        self._depth -= 1
        if self._list is None:
            return
        if self._depth == 1:
            self._list.end = self._list.pieces[-1].end = at - 1
            self._lists.append(self._list)
            self._list = None
        elif self._depth == 2:
            self._entry(self._list, at)

    def _entry(self, within: _List, at: int) -> None:
        piece = within.pieces[-1]
        piece.entries += 1
        if at - piece.start >= STEP and (comma := _COMMA.match(self._frame, at)):
            piece.end = at
            within.pieces.append(_Piece(comma.end()))
