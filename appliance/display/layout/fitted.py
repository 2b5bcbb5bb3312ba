"""Something that has found its size, before its place is known."""

from collections.abc import Callable

import msgspec

from appliance.display.layout.draft import Box


def _nothing(_box: Box) -> None:
    pass


class Fitted(msgspec.Struct, frozen=True):
    """`height` rows; `draw` puts it into a box that is at least as high."""

    height: int = 0
    draw: Callable[[Box], None] = _nothing


def middle(box: Box, height: int) -> Box:
    """`height` rows in the middle of a box."""
    return Box(box.x, box.y + (box.height - height) // 2, box.width, height)
