"""A cleaned text in lines, or as much of it as fits one.

Lines break at spaces, and inside a word only where it fits no line. What goes from right to left is measured a word at
a time, since its letters change with their neighbours. A name that is isolated in its sentence stays so in each line.
"""

import bisect
import functools
import unicodedata
from collections.abc import Iterator

from appliance.display import fonts
from appliance.display.bidi import ISOLATE, RELEASE, goes_right_to_left
from appliance.display.face import Face

_OVERHANG = 1  # pixels that a letter may reach beyond its advance


@functools.lru_cache(maxsize=32)
def wrap(text: str, face: Face, limit: int) -> tuple[str, ...]:
    """Cleaned `text` in lines of at most `limit` pixels: broken at spaces, inside a word only where it fits no line."""
    lines: list[str] = []
    line, used = "", _OVERHANG
    for word in text.split(" "):
        needed = fonts.advance(" ", face) + _length(word, face) if line else _length(word, face)
        if used + needed <= limit:
            line, used = f"{line} {word}" if line else word, used + needed
            continue
        if line:
            lines.append(line)
        *full, line = _split(word, face, limit)
        lines.extend(full)
        used = _OVERHANG + _length(line, face)
    return tuple(_isolated_each((*lines, line)))


@functools.lru_cache(maxsize=32)
def shortened(text: str, face: Face, limit: int) -> str:
    """Cleaned `text`, or as much of its beginning as fits `limit` pixels with "…" behind it."""
    if fonts.width(text, face) <= limit:
        return text
    letters = list(_letters(text))

    def cut(count: int) -> str:
        return _closed(f"{''.join(letters[:count]).rstrip()}…")

    fitting = bisect.bisect_right(range(len(letters)), limit, key=lambda count: fonts.width(cut(count), face))
    return cut(max(0, fitting - 1))


def _length(text: str, face: Face) -> int:
    if goes_right_to_left(text):
        return fonts.width(text, face)
    return sum(fonts.advance(character, face) for character in text)


def _split(word: str, face: Face, limit: int) -> list[str]:
    """`word` in pieces of at most `limit` pixels (at least one letter with its marks each)."""
    pieces, used = [""], _OVERHANG
    for letter in _letters(word):
        needed = _length(letter, face)
        if pieces[-1] and used + needed > limit:
            pieces.append("")
            used = _OVERHANG
        pieces[-1] += letter
        used += needed
    return pieces


def _letters(word: str) -> Iterator[str]:
    """Letters, each with what belongs to it: marks, and characters that are not seen."""
    held = ""
    for character in word:
        if held and not (unicodedata.combining(character) or character in fonts.UNSEEN):
            yield held
            held = ""
        held += character
    yield held


def _isolated_each(lines: tuple[str, ...]) -> Iterator[str]:
    """Closes at the end of a line what goes on in the next."""
    goes_on = False
    for line in lines:
        begun = f"{ISOLATE}{line}" if goes_on else line
        closed = _closed(begun)
        goes_on = closed != begun
        yield closed


def _closed(line: str) -> str:
    return f"{line}{RELEASE}" if line.count(ISOLATE) > line.count(RELEASE) else line
