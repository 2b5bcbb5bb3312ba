"""What a page is drawn on: the size of a panel as it hangs, and what its pixels can show."""

from typing import Literal, TypeAlias

import msgspec

Mode: TypeAlias = Literal["1", "L", "RGB"]
"""Of a picture, as Pillow names it: lit or dark, grey, colour."""


class Geometry(msgspec.Struct, frozen=True):
    """A panel in pixels, after it was turned as it hangs, and the mode of the pictures that it takes."""

    width: int = 128
    height: int = 64
    mode: Mode = "1"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, as Pillow wants them."""
        return self.width, self.height


USUAL = Geometry()
"""The panel that most rooms have."""
