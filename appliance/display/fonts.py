"""Typefaces of the display: subsets of DejaVu (Latin, Cyrillic), at sizes that stay readable without antialiasing.

On panels with grey or colour a face is `smooth`, which is antialiased.
"""

import functools
import io
from importlib import resources
from typing import Literal

import msgspec
from PIL import Image, ImageDraw, ImageFont


class Face(msgspec.Struct, frozen=True):
    """A typeface at one size; `ascent` and `descent` in pixels around the baseline make the height of every line."""

    file: str
    size: int
    ascent: int
    descent: int
    smooth: bool = False

    @property
    def mode(self) -> Literal["1", "L"]:
        """Of the pictures of its lines: lit or dark, or grey."""
        return "L" if self.smooth else "1"

    @property
    def height(self) -> int:
        """Height of a line in pixels."""
        return self.ascent + self.descent


SMALL = Face("DejaVuSans.ttf", 9, ascent=10, descent=2)  # the smallest at which 6 and 8 stay apart
BODY = Face("DejaVuSans.ttf", 10, ascent=10, descent=3)
HEAD = Face("DejaVuSansCondensed-Bold.ttf", 13, ascent=13, descent=4)
LARGE = Face("DejaVuSansCondensed-Bold.ttf", 16, ascent=16, descent=4)
HUGE = Face("DejaVuSansCondensed-Bold.ttf", 22, ascent=18, descent=5)  # numbers and durations
CLOCK = Face("DejaVuSansCondensed-Bold.ttf", 28, ascent=22, descent=1)  # digits only


@functools.cache  # one for each face above
def load(face: Face) -> ImageFont.FreeTypeFont:
    """The font of a face. Basic layout: the picture must not depend on whether libraqm is installed."""
    file = resources.files("appliance.display").joinpath("fonts", face.file)
    return ImageFont.truetype(io.BytesIO(file.read_bytes()), face.size, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=512)
def width(text: str, face: Face) -> int:
    """Pixels that one line of `text` takes, what overhangs at its ends included."""
    font = load(face)
    left, _, right, _ = font.getbbox(text, mode=face.mode, anchor="ls")
    return round(max(font.getlength(text, mode=face.mode), right) - min(0, left))


@functools.lru_cache(maxsize=1024)
def advance(character: str, face: Face) -> int:
    """Pixels from `character` to the next; they add up, as these fonts have no kerning and whole-pixel advances."""
    return round(load(face).getlength(character, mode=face.mode))


@functools.lru_cache(maxsize=64)
def strip(text: str, face: Face) -> Image.Image:
    """One line of `text`, lit on dark, `width(text)` by `face.height`, in its mode; callers must not draw on it."""
    font = load(face)
    left = min(0, round(font.getbbox(text, mode=face.mode, anchor="ls")[0]))
    image = Image.new(face.mode, (max(1, width(text, face)), face.height))
    ImageDraw.Draw(image).text((-left, face.ascent), text, font=font, fill=255, anchor="ls")
    return image
