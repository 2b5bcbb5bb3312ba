"""Which rectangles differ between two memories of a grey or colour controller. No I/O.

Both are pictures of mode "L" whose pixels are bytes, see `packing`. The memory is looked at in cells of `CELL_ROWS`
rows and `CELL_BYTES` bytes, and cells that differ are joined as pages are (`spans.windows`); each rectangle is then
cut down to the bytes that really differ. Everything that looks at single bytes is Pillow's, in C: the loops in Python
see cells, 900 of the largest display.
"""

from typing import Final

from PIL import Image, ImageChops

from drivers.oled.spans import Window, windows

Area = tuple[int, int, int, int]
"""Left, top, right and bottom as Pillow has them: the last two are not part of it. In bytes and rows."""

CELL_ROWS: Final = 8
CELL_BYTES: Final = 16

_APART: Final = 1
"""Cells that another rectangle may cost: its commands are 11 bytes and six system calls, as long as 100 bytes."""

_DIFFERS: Final = [0] + [255] * 255


def areas(before: Image.Image, after: Image.Image, unit: int) -> list[Area]:
    """Returns rectangles that have in them all that differs; left and right are multiples of `unit` bytes."""
    differs = ImageChops.difference(before, after).point(_DIFFERS)
    cells = differs.reduce((CELL_BYTES, CELL_ROWS))
    rows = [cells.tobytes()[start : start + cells.width] for start in range(0, cells.width * cells.height, cells.width)]
    joined = windows([bytes(cells.width)] * cells.height, rows, overhead=_APART)
    return [_cut(differs, window, unit) for window in joined]


def _cut(differs: Image.Image, window: Window, unit: int) -> Area:
    """Returns what of a rectangle of cells really differs."""
    left, top = window.first_column * CELL_BYTES, window.first_page * CELL_ROWS
    right = min((window.last_column + 1) * CELL_BYTES, differs.width)
    bottom = min((window.last_page + 1) * CELL_ROWS, differs.height)
    box = differs.crop((left, top, right, bottom)).getbbox()
    assert box is not None  # noqa: S101  # one of its cells differs
    first, last = (left + box[0]) // unit * unit, -(-(left + box[2]) // unit) * unit
    return first, top + box[1], last, top + box[3]
