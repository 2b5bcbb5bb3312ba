"""The drawing area of a page, which remembers when the picture will have to change by itself, and what it says."""

import functools

from PIL import Image, ImageDraw

from appliance.display import fonts, marquee
from appliance.display.beat import beat
from appliance.display.fonts import Face
from appliance.display.text import MISSING, clean, said, shortened, wrap
from appliance.language.catalogue import Language
from appliance.language.text import Text

MARGIN = 2  # pixels on every side that stay free, so that a shifted picture loses nothing
WIDTH = 128 - 2 * MARGIN
HEIGHT = 64 - 2 * MARGIN
_SOONEST = 0.02  # seconds; a moment just before a change must not make the display spin


class Canvas:
    """A picture of `WIDTH` by `HEIGHT` pixels, mode "1", `elapsed` seconds after its page came up.

    A `Text` is said in `language`; a string is a name or a number and is drawn as it is. `words` is what the page says
    so far, for who hears it instead of seeing it: whole, and without what stands for something that is not known.
    """

    def __init__(self, elapsed: float, language: Language) -> None:
        self.image = Image.new("1", (WIDTH, HEIGHT))
        self.changes_in: float | None = None  # seconds
        self.words: list[str] = []
        self._elapsed = elapsed
        self._language = language
        self._pen = ImageDraw.Draw(self.image)

    def again_in(self, seconds: float) -> None:
        """The picture must be drawn again after `seconds` at the latest."""
        seconds = max(seconds, _SOONEST)
        self.changes_in = seconds if self.changes_in is None else min(self.changes_in, seconds)

    def blink(self, period: float) -> bool:
        """True in every first half of `period` seconds."""
        halves, left = beat(self._elapsed, period / 2)
        self.again_in(left)
        return halves % 2 == 0

    def box(self, y: int, height: int, *, filled: bool) -> None:
        """A box over the whole width, `height` pixels from `y` on: lit, or only its outline."""
        self._pen.rectangle((0, y, WIDTH - 1, y + height - 1), fill=1 if filled else 0, outline=1)

    def clear(self, height: int) -> None:
        """Clears the first `height` pixels over the whole width."""
        self._pen.rectangle((0, 0, WIDTH - 1, height - 1), fill=0)

    def level(self, y: int, height: int, part: float, mark: float | None = None) -> None:
        """A bar over the whole width, lit up to `part` (0.0 to 1.0); `mark` is a line across it."""
        self.box(y, height, filled=False)
        inside = WIDTH - 5
        if part > 0:
            self._pen.rectangle((2, y + 2, 2 + round(part * inside), y + height - 3), fill=1)
        if mark is not None:
            at = 2 + round(mark * inside)
            self._pen.rectangle((at - 1, y - 3, at + 1, y + height + 2), fill=0)
            self._pen.line((at, y - 3, at, y + height + 2), fill=1)

    def rule(self, y: int) -> None:
        """A thin line over the whole width."""
        self._pen.line((0, y, WIDTH - 1, y), fill=1)

    def say(self, text: Text | str) -> None:
        """Adds to `words` what the page shows without writing it."""
        if (words := self._clean(text)) != MISSING:
            self.words.append(words)

    def icon(self, x: int, y: int, icon: Image.Image, says: Text, *, ink: int = 1) -> None:
        """An icon with its upper left corner at `x`, `y`, and what it means; `ink` 0 is for lit ground."""
        self.say(says)
        self.image.paste(ink, (x, y), icon)

    def line(
        self,
        x: int,
        y: int,
        text: Text | str,
        face: Face,
        *,
        width: int | None = None,
        centred: bool = False,
        ink: int = 1,
        says: Text | None = None,
        still: bool = False,
    ) -> int:
        """One line of text within `width` pixels (all to the right); scrolls if it does not fit. Returns its width.

        `still`: it does not scroll but ends with "…". `says`: what it stands for, where it is too short to be
        understood without its place.
        """
        self.say(text if says is None else says)
        room = WIDTH - x if width is None else width
        words = self._clean(text)
        strip = fonts.strip(shortened(words, face, room) if still else words, face)
        overflow = strip.width - room
        if overflow > 0:
            self.image.paste(ink, (x, y), self._scrolled(strip, overflow, room))
            return room
        self.image.paste(ink, (x - overflow // 2 if centred else x, y), strip)
        return strip.width

    def tail(self, y: int, text: str, face: Face, *, secret: bool = False) -> None:
        """The end of one line of text, centred where it fits whole; what is `secret` is not among the words."""
        if not secret:
            self.say(text)
        strip = fonts.strip(clean(text), face)
        overflow = max(0, strip.width - WIDTH)
        part = strip.crop((overflow, 0, strip.width, strip.height))
        self.image.paste(1, ((WIDTH - part.width) // 2, y), part)

    def paragraph(self, y: int, height: int, text: Text, faces: tuple[Face, ...], *, centred: bool = False) -> None:
        """Text in lines within `height` pixels from `y` on, in the first of `faces` in which it fits.

        What does not fit in the last one scrolls upwards.
        """
        self.say(text)
        words = self._clean(text)
        fitting = (face for face in faces if len(wrap(words, face, WIDTH)) * face.height <= height)
        face = next(fitting, faces[-1])
        block = _block(words, face, centred=centred)
        if block.height > height:
            block = self._rolled(block, height - height % face.height)
        self.image.paste(block, (0, y + (height - block.height) // 2 if centred else y))

    def _clean(self, text: Text | str) -> str:
        return said(text, self._language)

    def _rolled(self, block: Image.Image, height: int) -> Image.Image:
        offset = self._scroll(block.height - height, step=1)
        return block.crop((0, offset, WIDTH, offset + height))

    def _scrolled(self, strip: Image.Image, overflow: int, room: int) -> Image.Image:
        offset = self._scroll(overflow, marquee.STEP)
        return strip.crop((offset, 0, offset + room, strip.height))

    def _scroll(self, overflow: int, step: int) -> int:
        place = marquee.position(overflow, self._elapsed, step)
        if place.changes_in is not None:
            self.again_in(place.changes_in)
        return place.offset


@functools.lru_cache(maxsize=16)
def _block(text: str, face: Face, *, centred: bool) -> Image.Image:
    """Wrapped text as one picture as high as it needs; callers must not draw on it."""
    lines = wrap(text, face, WIDTH)
    block = Image.new("1", (WIDTH, face.height * len(lines)))
    for number, line in enumerate(lines):
        strip = fonts.strip(line, face)
        block.paste(strip, ((WIDTH - strip.width) // 2 if centred else 0, number * face.height))
    return block
