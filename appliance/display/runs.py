"""A line of text as runs, each drawn by one font, in their order on the glass.

A face has its own font; what that lacks is looked for in the one for the East, and what neither has becomes one sign
for all of it. Pillow's basic layout draws everything that goes from left to right, so that its pictures are the same
everywhere; Raqm, which joins Arabic letters and sets their marks, draws lines that do not. Without FriBidi there is no
Raqm, and such lines are put in order letter by letter (see `bidi`).
"""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

import msgspec
from PIL import ImageFont, features

from appliance.display.bidi import ISOLATE, RELEASE, begins_right, goes_right_to_left, visual
from appliance.display.coverage import EAST, FONTS, UNKNOWN, font_of
from appliance.display.face import Face

Direction = Literal["ltr", "rtl"]
UNSEEN: Final = frozenset((ISOLATE, RELEASE, "\u200c", "\u200d"))
"""Characters that only tell how others are drawn; the basic layout would draw them as missing."""
_UNKNOWN_WORDS: Final = re.compile(f"{UNKNOWN}(?: *{UNKNOWN})+")


class Ink(msgspec.Struct, frozen=True):
    """Where a run has ink, in pixels from its beginning and from the line's baseline; `length`: to the next run."""

    length: float
    left: float
    top: float
    right: float
    bottom: float


class Run(msgspec.Struct, frozen=True):
    """Text for one font; `direction`: of the line, where it is shaped; `drop`: pixels below the line's baseline."""

    text: str
    font: ImageFont.FreeTypeFont
    direction: Direction | None = None
    drop: int = 0

    def ink(self, mode: Literal["1", "L"]) -> Ink:
        """Measures it in the mode in which it is drawn."""
        left, top, right, bottom = self.font.getbbox(self.text, mode=mode, anchor="ls", direction=self.direction)
        length = self.font.getlength(self.text, mode=mode, direction=self.direction)
        return Ink(length, left, top + self.drop, right, bottom + self.drop)


def runs(text: str, face: Face) -> tuple[Run, ...]:
    """Returns the runs of a line from left to right; there is always one."""
    if text.isascii():
        return (Run(text, load(face)),)
    text = _unknown_once(text, face)
    if not goes_right_to_left(text):
        return tuple(_plain(text, face)) or (Run("", load(face)),)
    if not shapes():
        return tuple(_plain(visual(text), face)) or (Run("", load(face)),)
    right = begins_right(text)
    shaped = tuple(_shaped(text, face, "rtl" if right else "ltr"))
    return shaped[::-1] if right else shaped


@functools.cache
def shapes() -> bool:
    """Whether text can be shaped: Pillow brings Raqm, and FriBidi has to be on the machine."""
    return bool(features.check("raqm"))


@functools.cache  # one for each face
def load(face: Face) -> ImageFont.FreeTypeFont:
    """The font of a face. Basic layout: the picture must not depend on whether Raqm can be used."""
    return _font(face.file, face.size, ImageFont.Layout.BASIC)


def font_for(character: str, face: Face) -> ImageFont.FreeTypeFont:
    """Returns the font that draws a character in a face."""
    return east(face) if font_of(character, face.file) == EAST else load(face)


@functools.cache
def east(face: Face) -> ImageFont.FreeTypeFont:
    """The font for the East in a face. Its dense characters need all of the line's height."""
    return _font(EAST, face.height - 1, ImageFont.Layout.BASIC)


@functools.cache
def _shaping(face: Face) -> ImageFont.FreeTypeFont:
    return _font(face.file, face.size, ImageFont.Layout.RAQM)


def _font(file: str, size: int, layout: ImageFont.Layout) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        str(FONTS / file), size, layout_engine=layout
    )  # by path: FreeType reads only what it needs


def drawn(character: str, face: Face) -> str:
    """Returns what is drawn for a character: itself, or the sign for what no font has."""
    return character if character in UNSEEN or font_of(character, face.file) else UNKNOWN


def _unknown_once(text: str, face: Face) -> str:
    """A text in which one sign stands for all that no font has, however many words it is."""
    return _UNKNOWN_WORDS.sub(UNKNOWN, "".join(drawn(each, face) for each in text))


def _plain(text: str, face: Face) -> Iterator[Run]:
    for file, part in _by_font((each for each in text if each not in UNSEEN), face):
        yield _eastern(part, face) if file == EAST else Run(part, load(face))


def _shaped(text: str, face: Face, direction: Direction) -> Iterator[Run]:
    for file, part in _by_font(text, face):
        yield _eastern(part, face) if file == EAST else Run(part, _shaping(face), direction)


def _eastern(text: str, face: Face) -> Run:
    font = east(face)
    return Run(text, font, drop=max(0, round(font.size * 0.9) - face.ascent))  # 0.9: of the size is above the baseline


def _by_font(text: Iterable[str], face: Face) -> Iterator[tuple[str, str]]:
    def file(character: str) -> str:
        return face.file if character in UNSEEN else font_of(character, face.file)

    for name, characters in itertools.groupby(text, file):
        yield name, "".join(characters)
