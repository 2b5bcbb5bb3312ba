"""What every part of a layout needs: where it may draw, on what, and how large things are there."""

import msgspec

from appliance.display import fonts
from appliance.display.canvas import Canvas
from appliance.display.fonts import Face
from appliance.display.scale import Scale
from appliance.display.sheet import Words
from appliance.display.watch import Watch


class Box(msgspec.Struct, frozen=True):
    """A part of the canvas, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height

    def below(self, rows: int) -> "Box":
        """What is left without its first `rows`."""
        return Box(self.x, self.y + rows, self.width, self.height - rows)

    def above(self, rows: int) -> "Box":
        """What is left without its last `rows`."""
        return Box(self.x, self.y, self.width, self.height - rows)

    def right(self, columns: int) -> "Box":
        """Its last `columns`."""
        return Box(self.x + self.width - columns, self.y, columns, self.height)

    def left(self, columns: int) -> "Box":
        """Its first `columns`."""
        return Box(self.x, self.y, columns, self.height)


class Draft:
    """A page being drawn."""

    def __init__(self, canvas: Canvas, scale: Scale, watch: Watch) -> None:
        self.canvas = canvas
        self.scale = scale
        self.watch = watch

    @property
    def box(self) -> Box:
        """The whole page."""
        return Box(0, 0, self.canvas.width, self.canvas.height)

    def width(self, text: Words, face: Face) -> int:
        """Pixels that `text` takes; none for nothing."""
        return fonts.width(self.canvas.said(text), face) if text else 0

    def fitting(self, texts: tuple[Words, ...], faces: tuple[Face, ...], width: int) -> Face:
        """The first of `faces` in which each of `texts` has room on a line of its own, or else the last."""
        return next((face for face in faces if all(self.width(text, face) <= width for text in texts)), faces[-1])
