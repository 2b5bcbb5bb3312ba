"""A typeface at a size."""

from typing import Literal

import msgspec


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
