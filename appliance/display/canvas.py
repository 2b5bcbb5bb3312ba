"""The drawing area of a page: boxes, pictures and text in the inks of its panel."""

import functools

from PIL import Image, ImageDraw

from appliance.display import fonts, marquee
from appliance.display.bidi import begins_right
from appliance.display.fonts import Face
from appliance.display.geometry import Mode
from appliance.display.palette import DARK, Inks, Tone, inks
from appliance.display.sheet import Words
from appliance.display.text import clean, said, shortened, wrap
from appliance.display.watch import Watch
from appliance.language.catalogue import Language


class Canvas:
    """A picture of `width` by `height` pixels, drawn at the moment of `watch`; what does not fit scrolls."""

    def __init__(self, size: tuple[int, int], mode: Mode, language: Language, watch: Watch) -> None:
        self.image = Image.new(mode, size)
        self.width, self.height = size
        self._mode = mode
        self._language = language
        self._watch = watch
        self._pen = ImageDraw.Draw(self.image)

    def inks(self, tone: Tone) -> Inks:
        """How `tone` looks here."""
        return inks(self._mode, tone)

    def said(self, text: Words) -> str:
        """One clean line of `text` in the language of the room."""
        return said(text, self._language)

    def box(self, x: int, y: int, width: int, height: int, tone: Tone, *, filled: bool) -> None:
        """A box that is lit, or only its outline."""
        look = self.inks(tone)
        inside = look.ground if filled else DARK[self._mode]
        self._pen.rectangle((x, y, x + width - 1, y + height - 1), fill=inside, outline=look.ground)

    def rule(self, x: int, y: int, width: int, tone: Tone) -> None:
        """A thin line."""
        self._pen.line((x, y, x + width - 1, y), fill=self.inks(tone).letters)

    def matrix(self, x: int, y: int, side: int, rows: tuple[str, ...], module: int) -> None:
        """A QR code in the middle of a lit square of `side` pixels, each of its modules a square of `module` pixels."""
        self.box(x, y, side, side, Tone.PLAIN, filled=True)
        dark = Image.new("1", (len(rows), len(rows)))
        dark.putdata([int(each) for row in rows for each in row])
        edge, size = (side - len(rows) * module) // 2, len(rows) * module
        mask = dark.resize((size, size), Image.Resampling.NEAREST)
        self.image.paste(self.inks(Tone.PLAIN).written, (x + edge, y + edge), mask)

    def part(self, width: int, height: int) -> "Canvas":
        """An empty canvas of the same kind, for a part of this one."""
        return Canvas((width, height), self._mode, self._language, self._watch)

    def take(self, x: int, y: int, part: "Canvas") -> None:
        """Puts a part where it belongs."""
        self.image.paste(part.image, (x, y))

    def level(self, x: int, y: int, size: tuple[int, int], part: float, mark: float | None) -> None:
        """A bar, lit up to `part` (0.0 to 1.0); `mark` is a line across it."""
        width, height = size
        lit, inside = self.inks(Tone.PLAIN).ground, width - 5
        self.box(x, y, width, height, Tone.PLAIN, filled=False)
        if part > 0:
            self._pen.rectangle((x + 2, y + 2, x + 2 + round(part * inside), y + height - 3), fill=lit)
        if mark is not None:
            at = x + 2 + round(mark * inside)
            self._pen.rectangle((at - 1, y - 3, at + 1, y + height + 2), fill=DARK[self._mode])
            self._pen.line((at, y - 3, at, y + height + 2), fill=lit)

    def icon(self, x: int, y: int, icon: Image.Image, tone: Tone, *, lit: bool = False) -> None:
        """A small picture with its upper left corner at `x`, `y`; `lit`: on lit ground."""
        look = self.inks(tone)
        self.image.paste(look.written if lit else look.letters, (x, y), icon)

    def line(
        self,
        x: int,
        y: int,
        text: Words,
        face: Face,
        width: int,
        tone: Tone = Tone.PLAIN,
        *,
        centred: bool = False,
        lit: bool = False,
        still: bool = False,
    ) -> int:
        """One line of text within `width` pixels; scrolls if it does not fit. Returns its width.

        `still`: it does not scroll but ends with "…".
        """
        look = self.inks(tone)
        ink = look.written if lit else look.letters
        words = self.said(text)
        strip = fonts.strip(shortened(words, face, width) if still else words, face)
        overflow = strip.width - width
        if width <= 0:
            return 0
        if overflow > 0:
            self.image.paste(ink, (x, y), self._scrolled(strip, overflow, width, backwards=begins_right(words)))
            return width
        self.image.paste(ink, (x - overflow // 2 if centred else x, y), strip)
        return strip.width

    def tail(self, x: int, y: int, text: str, face: Face, width: int) -> None:
        """The end of one line of text; where it fits whole it is about in the middle.

        It begins in one of a few places, so that it stays where it is for two or three more digits: who types sees what
        is new and no number that jumps, and the bus carries what is new and not the whole number each time.
        """
        strip = fonts.strip(clean(text), face)
        part = strip.crop((max(0, strip.width - width), 0, strip.width, strip.height))
        step = max(1, width // 4)
        taken = min(width, -(-part.width // step) * step)
        self.image.paste(self.inks(Tone.PLAIN).letters, (x + (width - taken) // 2, y), part)

    def paragraph(
        self,
        x: int,
        y: int,
        text: Words,
        face: Face,
        room: tuple[int, int],
        tone: Tone = Tone.PLAIN,
        *,
        centred: bool = False,
    ) -> None:
        """Text in lines within `room` (width, height) from `x`, `y` on; scrolls upwards if it does not fit.

        `centred`: in both directions.
        """
        width, height = room
        block = _block(self.said(text), face, width, centred=centred)
        if block.height > height:
            block = self._rolled(block, height - height % face.height)
        self.image.paste(self.inks(tone).letters, (x, y + (height - block.height) // 2 if centred else y), block)

    def _rolled(self, block: Image.Image, height: int) -> Image.Image:
        offset = self._scroll(block.height - height, step=1)
        return block.crop((0, offset, block.width, offset + height))

    def _scrolled(self, strip: Image.Image, overflow: int, room: int, *, backwards: bool) -> Image.Image:
        """The part that is seen now; `backwards`: a line that goes from right to left begins at its right end."""
        offset = self._scroll(overflow, marquee.STEP)
        offset = overflow - offset if backwards else offset
        return strip.crop((offset, 0, offset + room, strip.height))

    def _scroll(self, overflow: int, step: int) -> int:
        place = marquee.position(overflow, self._watch.elapsed, step)
        if place.changes_in is not None:
            self._watch.again_in(place.changes_in)
        return place.offset


@functools.lru_cache(maxsize=16)
def _block(text: str, face: Face, width: int, *, centred: bool) -> Image.Image:
    """Wrapped text as one picture as high as it needs; callers must not draw on it."""
    lines = wrap(text, face, width)
    block = Image.new(face.mode, (width, face.height * len(lines)))
    for number, line in enumerate(lines):
        strip = fonts.strip(line, face)
        block.paste(strip, ((width - strip.width) // 2 if centred else 0, number * face.height))
    return block
