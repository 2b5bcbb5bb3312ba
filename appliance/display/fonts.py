"""Typefaces of the display, at sizes that stay readable without antialiasing, and lines drawn in them.

On panels with grey or colour a face is `smooth`, which is antialiased. `runs` says which fonts draw a line.
"""

import functools

import msgspec
from PIL import Image, ImageDraw

from appliance.display.face import Face
from appliance.display.runs import UNSEEN, Ink, Run, drawn, font_for, load, runs

__all__ = ["BODY", "CLOCK", "HEAD", "HUGE", "LARGE", "SMALL", "UNSEEN", "Face", "advance", "load", "strip", "width"]

SMALL = Face("DejaVuSans.ttf", 9, ascent=10, descent=2)  # the smallest at which 6 and 8 stay apart
BODY = Face("DejaVuSans.ttf", 10, ascent=10, descent=3)
HEAD = Face("DejaVuSansCondensed-Bold.ttf", 13, ascent=13, descent=4)
LARGE = Face("DejaVuSansCondensed-Bold.ttf", 16, ascent=16, descent=4)
HUGE = Face("DejaVuSansCondensed-Bold.ttf", 22, ascent=18, descent=5)  # numbers and durations
CLOCK = Face("DejaVuSansCondensed-Bold.ttf", 28, ascent=22, descent=1)  # digits only


class _Line(msgspec.Struct, frozen=True):
    """Runs of text, each with the pixel at which it begins; `width`: of them all, with what overhangs.

    `baseline`: pixels from the top; lower or higher than the face's own where letters would be cut and there is room.
    """

    runs: tuple[tuple[int, Run], ...]
    width: int
    baseline: int


@functools.lru_cache(maxsize=512)
def width(text: str, face: Face) -> int:
    """Pixels that one line of `text` takes, what overhangs at its ends included."""
    return _line(text, face).width


@functools.lru_cache(maxsize=1024)
def advance(character: str, face: Face) -> int:
    """Pixels from `character` to the next.

    They add up, as these fonts have no kerning and whole-pixel advances, but for what goes from right to left.
    """
    if character in UNSEEN:
        return 0
    shown = drawn(character, face)
    return round(font_for(shown, face).getlength(shown, mode=face.mode))


@functools.lru_cache(maxsize=64)
def strip(text: str, face: Face) -> Image.Image:
    """One line of `text`, lit on dark, `width(text)` by `face.height`, in its mode; callers must not draw on it."""
    line = _line(text, face)
    image = Image.new(face.mode, (max(1, line.width), face.height))
    pen = ImageDraw.Draw(image)
    for begin, run in line.runs:
        place = (begin, line.baseline + run.drop)
        pen.text(place, run.text, font=run.font, fill=255, anchor="ls", direction=run.direction)
    return image


@functools.lru_cache(maxsize=64)
def _line(text: str, face: Face) -> _Line:
    begin, left, right = 0, 0.0, 0.0
    placed = []
    for run in runs(text, face):
        ink = run.ink(face.mode)
        left, right = min(left, begin + ink.left), max(right, begin + ink.length, begin + ink.right)
        placed.append((begin, run, ink))
        begin += round(ink.length)
    baseline = face.ascent if text.isascii() else _baseline([ink for *_, ink in placed], face)
    return _Line(tuple((at - round(left), run) for at, run, _ in placed), round(right - left), baseline)


def _baseline(inks: list[Ink], face: Face) -> int:
    """Moves a line whose letters reach higher or lower than Latin ones, such as Vietnamese accents, Arabic bows."""
    above, below = -min(round(ink.top) for ink in inks), max(round(ink.bottom) for ink in inks)
    down = min(above - face.ascent, face.descent - below)
    up = min(below - face.descent, face.ascent - above)
    return face.ascent + max(0, down) - max(0, up)
