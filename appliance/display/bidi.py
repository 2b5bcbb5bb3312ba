"""Text from right to left (Hebrew, Arabic): which lines have some, which way a line goes, and its order on the glass.

A line goes the way of its first letter, as in Unicode's algorithm (UAX #9, P2 and P3). A name within a sentence is
isolated (U+2068 … U+2069), so that it neither decides that nor drags what stands beside it along. Raqm does the rest
where FriBidi is installed; `visual` is what is left without it: the letters in their order, in runs of one direction
with numbers in theirs, not joined, and without the marks over and under them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

ISOLATE, RELEASE = "\u2068", "\u2069"
_FIRST: Final = "\u0590"  # all letters before this one go from left to right
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_PART: Final = re.compile(
    rf"{ISOLATE}(?P<isolated>[^{ISOLATE}{RELEASE}]*){RELEASE}?|(?P<number>\d+(?:[.,:/+-]\d+)*)|(?P<one>(?s:.))"
)
_MIRRORED: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def goes_right_to_left(text: str) -> bool:
    """Whether some of a line goes from right to left."""
    return max(text, default="") >= _FIRST and any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in text)


def begins_right(text: str) -> bool:
    """Whether a line as a whole goes from right to left: its first letter outside of isolated names does."""
    outside = re.sub(rf"{ISOLATE}[^{RELEASE}]*{RELEASE}?", "", text)
    return next((kind in _RIGHT_TO_LEFT for kind in map(unicodedata.bidirectional, outside) if _is_strong(kind)), False)


def isolated(name: str) -> str:
    """A name as it goes into a sentence."""
    return f"{ISOLATE}{name}{RELEASE}" if goes_right_to_left(name) else name


class _Unit(NamedTuple):
    """What keeps its own order: a letter, a number, an isolated name; `kind`: R, L or empty."""

    text: str
    kind: str


def visual(text: str) -> str:
    """A line in the order in which it is drawn, from left to right; letters are not joined."""
    right = begins_right(text)
    units = _resolved(list(_units(text)), "R" if right else "L")
    return "".join(unit.text for unit in _ordered(units, right=right))


def _is_strong(kind: str) -> bool:
    return kind == "L" or kind in _RIGHT_TO_LEFT


def _units(text: str) -> Iterator[_Unit]:
    for part in _PART.finditer(text):
        if not unicodedata.combining(part[0][0]):
            yield from _unit(part[0])


def _unit(text: str) -> Iterator[_Unit]:
    if text == RELEASE:
        return
    if text[0] == ISOLATE:
        yield _Unit(visual(text.strip(ISOLATE + RELEASE)), "")
        return
    kind = unicodedata.bidirectional(text[0])
    yield _Unit(text, "R" if kind in _RIGHT_TO_LEFT else "L" if kind == "L" else "")


def _resolved(units: list[_Unit], base: str) -> list[_Unit]:
    """Gives what has no direction that of its neighbours where these agree, and the line's otherwise."""
    before, after = _nearest(units, base), [*reversed(_nearest(reversed(units), base))]
    kinds = (
        unit.kind or (one if one == other else base) for unit, one, other in zip(units, before, after, strict=True)
    )
    return [unit._replace(kind=kind) for unit, kind in zip(units, kinds, strict=True)]


def _nearest(units: Iterable[_Unit], base: str) -> list[str]:
    """The direction of the last letter before each unit."""
    last, found = base, []
    for unit in units:
        found.append(last)
        last = unit.kind or last
    return found


def _ordered(units: list[_Unit], *, right: bool) -> Iterator[_Unit]:
    runs: list[list[_Unit]] = []
    for unit in units:
        if not runs or runs[-1][0].kind != unit.kind:
            runs.append([])
        runs[-1].append(unit)
    for run in reversed(runs) if right else runs:
        yield from map(_mirrored, reversed(run)) if run[0].kind == "R" else run


def _mirrored(unit: _Unit) -> _Unit:
    return unit._replace(text=unit.text.translate(_MIRRORED)) if len(unit.text) == 1 else unit
