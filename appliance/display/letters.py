"""What is left of a name that others chose: letters that can be drawn, in one line, and nothing that plays tricks.

Line breaks and control characters become spaces. What is not seen is dropped: soft hyphens, zero-width spaces,
marks and overrides of direction, variation selectors, tags, private and unassigned characters. Joiners stay where they
change letters, in Arabic and the scripts of India. Symbols that no font has, emoji first of all, are dropped. A letter
keeps two marks at most; a stack of them would hide the lines above.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from appliance.display.coverage import font_of

_PLAIN: Final = re.compile("[ -~¡-¬®-ɏЀ-ҁҊ-ԯ–—…«»„“”‘’№]*")  # what most lines consist of, and nothing is done to
JOINERS: Final = "\u200c\u200d"
_MARKS: Final = 2
_JOINED: Final = ((0x0600, 0x08FF), (0x0900, 0x0DFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE))
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and marks without a picture
_SELECTORS: Final = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_SPACES: Final = frozenset({"Zs", "Zl", "Zp", "Cc"})
_OF_LETTERS: Final = frozenset({"Mn", "Me"})
_DRAWN_IN: Final = "DejaVuSans.ttf"  # the other faces' fonts have the same characters


def tidied(text: str) -> str:
    """Returns a text without what cannot or must not be drawn; spaces are single, and none at its ends."""
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    return " ".join("".join(_few_marks(unicodedata.normalize("NFC", "".join(_seen(text))))).split())


def drawable(text: str) -> bool:
    """Whether some letter or digit of a text can be drawn."""
    return any(each.isalnum() and is_known(each) for each in text)


def is_known(character: str) -> bool:
    """Whether a font has it."""
    return bool(font_of(character, _DRAWN_IN))


def _seen(text: str) -> Iterator[str]:
    before, dropped = " ", False  # what a mark would stand on, and whether that is gone
    for place, character in enumerate(text):
        kind = unicodedata.category(character)
        if kind in _SPACES:
            before, dropped = " ", False
            yield before
        elif character in JOINERS:
            if _is_joined(before) and _is_joined(text[place + 1 : place + 2]):
                yield character
        elif kind[0] == "C" or character in _BLANK or _within(character, _SELECTORS):
            continue
        elif kind[0] == "S" and not is_known(character):
            dropped = True
        elif kind in _OF_LETTERS:
            if not dropped and before != " " and (is_known(character) or not is_known(before)):
                yield character
        else:
            before, dropped = character, False
            yield character


def _few_marks(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in _OF_LETTERS else marks if character in JOINERS else 0
        if marks <= _MARKS:
            yield character


def _is_joined(character: str) -> bool:
    return character.isalpha() and _within(character, _JOINED)


def _within(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)
