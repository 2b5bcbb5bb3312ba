"""A QR code on a panel: at its left end, or on top of one that is as high as wide; and what is beside it.

What counts is the least that a phone's camera tells apart. A pixel of a display of 0.96 inches is 0.17 mm wide: a
module of one pixel is finer than print that phones read, one of two is not. ISO/IEC 18004 wants four modules of light
around a code, and readers do with two: tests read what is drawn here, as sharp as it is, and as a camera sees it.
"""

from typing import Final, NamedTuple

import msgspec

from appliance.display.layout.draft import Box, Draft
from appliance.display.sheet import Label, Matrix, Sentence, Sheet

MODULE: Final = 2  # pixels of a module at least
LIGHT, MOST_LIGHT = 2, 4  # modules around it, at least and at most
_BESIDE: Final = 56  # pixels of 128x64: the narrowest column in which a sentence is read
_BELOW: Final = 2  # lines of text
_WIDE: Final = 120  # pixels of 128x64: room for everything that a page says


class Place(NamedTuple):
    """A lit square of `width` pixels from the column `left` of the first row on, its modules of `module` pixels.

    `rest`: what it leaves of the panel.
    """

    width: int
    module: int
    rest: Box
    left: int


def place(draft: Draft, matrix: Matrix) -> Place | None:
    """Returns where a code goes; None where its modules would be too fine."""
    box, zoom = draft.box, draft.scale.zoom
    if box.width - box.height >= _BESIDE * zoom:
        side, module = _square(len(matrix.rows), box.height)
        rest = box.right(box.width - side - 2 * draft.scale.gap)
        return Place(side, module, rest, 0) if module >= MODULE else None
    side, module = _square(len(matrix.rows), min(box.width, box.height - _BELOW * draft.scale.text[-1].height))
    rest = box.below(side + draft.scale.gap)
    return Place(side, module, rest, (box.width - side) // 2) if module >= MODULE else None


def draw_matrix(draft: Draft, matrix: Matrix, where: Place) -> None:
    """Draws the code."""
    draft.canvas.matrix(where.left, 0, where.width, matrix.rows, where.module)


def beside(draft: Draft, sheet: Sheet, matrix: Matrix, where: Place) -> Sheet:
    """Returns what goes into the rest of the panel: all of the page, or no more than what to do."""
    if where.rest.width >= _WIDE * draft.scale.zoom and where.left == 0:
        return msgspec.structs.replace(sheet, matrix=None, lines=(Label(matrix.says), *sheet.lines))
    return Sheet(main=Sentence(matrix.says, loud=True))


def _square(count: int, room: int) -> tuple[int, int]:
    """Returns the side of the lit square, and of a module in it, in pixels."""
    module = room // (count + 2 * LIGHT)
    return min(room, (count + 2 * MOST_LIGHT) * module), module
