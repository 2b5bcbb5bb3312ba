"""Looks become the lines of a text.

What differs in digits only, as the clock does, is told once, and again when that ends; so is what the display says in
turn. The line at the end says how many pictures came between, so that what changes too often is seen as well.
"""

import re
from collections.abc import Iterable, Iterator

from tests.e2e.day.record import DARK, DIM, Look

TYPED = frozenset({"dialling", "password", "volume"})
"""Pages on which each digit is news."""
UNKNOWN = "unknown"
_INDENT = " " * 10


def text(looks: Iterable[Look]) -> str:
    """Returns the whole day."""
    return "\n".join(_lines(looks)).strip() + "\n"


def _lines(looks: Iterable[Look]) -> Iterator[str]:
    spell = _Spell()
    before: Look | None = None
    for look in looks:
        if not spell.goes_on(look):
            yield from spell.ended()
            spell = _Spell()
        if not spell.says_again(look):
            yield from spell.ended()
            yield from _news(look, before)
        spell.add(look)
        before = look
    yield from spell.ended()


class _Spell:
    """A time in which nothing happens, and one page says the same, counts, or says several things in turn."""

    def __init__(self) -> None:
        self._last: Look | None = None
        self._kinds = set[tuple[str, ...]]()
        self._more = 0

    def goes_on(self, look: Look) -> bool:
        """Whether a look belongs to it."""
        return self._last is None or not (look.happened or look.sent or _frame(look) != _frame(self._last))

    def says_again(self, look: Look) -> bool:
        """Whether a look shows what has been told, but for a number."""
        return kind(look) in self._kinds

    def add(self, look: Look) -> None:
        """Counts a look in."""
        if self._last is not None and look.words != self._last.words and self.says_again(look):
            self._more += 1
        self._kinds.add(kind(look))
        self._last = look

    def ended(self) -> Iterator[str]:
        """Yields how it went on, if it did; what comes now is counted anew."""
        if self._last is not None and self._more and self._last.glass != DARK:
            yield f"{_INDENT}… {self._more} more until {self._last.at:%H:%M:%S}  {' | '.join(self._last.words)}"
        self._more = 0


def _news(look: Look, before: Look | None) -> Iterator[str]:
    stamp = f"{look.at:%H:%M:%S}"
    for sentence in look.happened:
        yield ""
        yield f"## {stamp}  {sentence}"
    for command in look.sent:
        yield f"{stamp}  asks the terminal: {command}"
    if before is None or (_shown(look), kind(look)) != (_shown(before), kind(before)):
        yield f"{stamp}  {_said(look)}"
    if before is None or look.lamps != before.lamps:
        yield f"{stamp}  lamps: {_lit(look)}"


def _said(look: Look) -> str:
    if look.glass == DARK:
        return "display is dark"
    dim = " (dim)" if look.glass == DIM else ""
    return f"[{look.page}]{dim} {' | '.join(look.words)}"


def _lit(look: Look) -> str:
    unknown = [lamp for lamp, shows in look.lamps if shows == UNKNOWN]
    lit = [f"{lamp} {shows}" for lamp, shows in look.lamps if shows != UNKNOWN]
    return ", ".join([*lit, *([f"{len(unknown)} flash: not known"] if unknown else [])]) or "all dark"


def _frame(look: Look) -> tuple[object, ...]:
    return *_shown(look), look.lamps


def _shown(look: Look) -> tuple[str, str]:
    return look.page, look.glass


def kind(look: Look) -> tuple[str, ...]:
    """Returns the words, without the numbers that count."""
    return look.words if look.page in TYPED else tuple(re.sub(r"\d+", "0", word) for word in look.words)
