"""Small pictures, alone, before a line, and beside the one thing to read."""

import functools

from PIL import Image

from appliance.display.layout.draft import Box, Draft
from appliance.display.sheet import Mark

_PITCH = 12  # rows of 128x64 from one mark to the one below it


@functools.lru_cache(maxsize=64)
def _zoomed(icon: bytes, size: tuple[int, int], zoom: int) -> Image.Image:
    return Image.frombytes("1", size, icon).resize((size[0] * zoom, size[1] * zoom), Image.Resampling.NEAREST)


def picture(draft: Draft, mark: Mark) -> Image.Image:
    """The mark's icon as large as the panel wants it; callers must not draw on it."""
    zoom = draft.scale.zoom
    return mark.icon if zoom == 1 else _zoomed(mark.icon.tobytes(), mark.icon.size, zoom)


def width(draft: Draft, mark: Mark) -> int:
    """Pixels that a mark takes, what is beside it included."""
    beside = draft.width(mark.beside, draft.scale.text[-1])
    return picture(draft, mark).width + (draft.scale.gap + beside if beside else 0) + (2 * _edge(draft, mark))


def draw(draft: Draft, mark: Mark, box: Box) -> int:
    """A mark at the left end of `box`, in the middle of its height; returns its width."""
    icon, edge = picture(draft, mark), _edge(draft, mark)
    y = box.y + (box.height - icon.height) // 2
    if mark.lit:
        size = width(draft, mark), icon.height + 2 * edge
        draft.canvas.box(box.x, y - edge, *size, mark.tone, filled=True)
    draft.canvas.icon(box.x + edge, y, icon, mark.tone, lit=mark.lit)
    if mark.beside:
        face = draft.scale.text[-1]
        x = box.x + edge + icon.width + draft.scale.gap
        draft.canvas.line(x, box.y + (box.height - face.height) // 2, mark.beside, face, box.width, mark.tone)
    return width(draft, mark)


def block(draft: Draft, marks: tuple[Mark, ...], height: int) -> int:
    """Pixels of width that marks take in columns of `height`."""
    columns = _columns(draft, marks, height)
    return sum(max(width(draft, mark) for mark in column) + 2 * draft.scale.gap for column in columns)


def draw_block(draft: Draft, marks: tuple[Mark, ...], box: Box) -> None:
    """Marks in columns at the right end of `box`, the first on top."""
    x, pitch = box.x + box.width - block(draft, marks, box.height), _PITCH * draft.scale.zoom
    for column in _columns(draft, marks, box.height):
        x += 2 * draft.scale.gap
        top = box.y + max(0, box.height - pitch * len(column)) // 2
        for row, mark in enumerate(column):
            draw(draft, mark, Box(x, top + row * pitch, box.width, min(pitch, box.height)))
        x += max(width(draft, mark) for mark in column)


def _columns(draft: Draft, marks: tuple[Mark, ...], height: int) -> list[tuple[Mark, ...]]:
    rows = max(1, (height + 2 * draft.scale.gap) // (_PITCH * draft.scale.zoom))
    return [marks[first : first + rows] for first in range(0, len(marks), rows)]


def _edge(draft: Draft, mark: Mark) -> int:
    return draft.scale.gap // 2 if mark.lit else 0
