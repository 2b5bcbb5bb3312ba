"""Names and ids of an address book in an order in which parts of them are found at once.

A letter typed on a panel asks for everybody who has it, out of thousands, and everything else waits meanwhile. So the
rows stand in one text, sorted by name: who begins like what was typed stands together, and the first of all others are
found by looking through the text once. A status that changes leaves everything as it is.
"""

import operator
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Final, NamedTuple

import trio

from appliance.room.people.book import Parts
from appliance.terminal.messages.people import Contact

_LETTERS: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "\n": " ", "\0": " "})
_ROW: Final = "\n"
_ID: Final = "\0"


def folded(text: str) -> str:
    """Returns a text as it is compared: without case, and without the signs above and below letters."""
    text = text.casefold()
    if not text.isascii():
        bare = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return text.translate(_LETTERS)


class Names:
    """The people of one address book, as they are called."""

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        """`rows`: what is compared of each, and the id; in their order."""
        self._ids = [peer_id for _, peer_id in rows]
        self._text = "".join(row for row, _ in rows) + _ROW
        self._starts = list(accumulate((len(row) for row, _ in rows), initial=0))

    def like(self, text: str) -> Iterator[str]:
        """Yields the ids of all in whose name or id a text is; those whose name begins so come first."""
        text = folded(text)
        yield from (self._ids[row] for row in self._rows(_ROW + text))
        yield from (self._ids[row] for row in self._rows(text) if not self._begins(row, text))

    def _begins(self, row: int, text: str) -> bool:
        return self._text.startswith(text, self._starts[row] + len(_ROW))

    def _rows(self, text: str) -> Iterator[int]:
        at = self._text.find(text)
        while at >= 0:
            row = bisect_right(self._starts, at) - 1
            if row >= len(self._ids):
                return
            yield row
            at = self._text.find(text, self._starts[row + 1])


class _Kept(NamedTuple):
    parts: Parts
    rows: list[list[tuple[str, str]]]
    names: Names


class NamesOf:
    """Keeps the names of the latest address book."""

    def __init__(self) -> None:
        self._kept = _Kept((), [], Names(()))

    async def __call__(self, parts: Parts) -> Names:
        """Returns the names in a book; where some are others, reads these anew, and lets others run meanwhile."""
        before, rows = self._kept, list[list[tuple[str, str]]]()
        if parts is before.parts:
            return before.names
        for number, part in enumerate(parts):
            if number < len(before.parts) and _called_alike(part, before.parts[number]):
                rows.append(before.rows[number])
            else:
                rows.append(sorted(map(_row, part)))
                await trio.lowlevel.checkpoint()
        same = len(rows) == len(before.rows) and all(map(operator.is_, rows, before.rows))
        names = before.names if same else await _sorted(rows)
        self._kept = _Kept(parts, rows, names)
        return names


async def _sorted(rows: Iterable[list[tuple[str, str]]]) -> Names:
    in_order = sorted(chain.from_iterable(rows))
    await trio.lowlevel.checkpoint()
    return Names(in_order)


def _row(contact: Contact) -> tuple[str, str]:
    return f"{_ROW}{folded(contact.peer_name)}{_ID}{folded(contact.peer_id)}", contact.peer_id


def _called_alike(one: Sequence[Contact], other: Sequence[Contact]) -> bool:
    if one is other:
        return True
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(a.peer_id == b.peer_id and a.peer_name == b.peer_name for a, b in pairs)
