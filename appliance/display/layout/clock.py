"""A time as large as it fits, with what belongs to it beside it or, where that lets it be larger, below it."""

from functools import partial

from appliance.display.fonts import Face
from appliance.display.layout.draft import Box, Draft
from appliance.display.layout.fitted import Fitted, middle
from appliance.display.sheet import Label, Time


def least_time(draft: Draft) -> int:
    """Rows that a time needs at least."""
    return draft.scale.duration[-1].height


def fit_time(draft: Draft, time: Time, room: tuple[int, int]) -> Fitted:
    """`time` as large as it fits into `room` (width, height)."""
    width, height = room
    small = draft.scale.text[-1]
    beside = _largest(draft, time, width - _beside(draft, time.beside), height)
    below = _largest(draft, time, width, height - small.height - draft.scale.gap)
    if time.beside and below.size > beside.size:
        return Fitted(below.height + draft.scale.gap + small.height, partial(_draw_below, draft, time, below))
    stacked = small.height * len(time.beside)
    return Fitted(max(beside.height, min(height, stacked)), partial(_draw_beside, draft, time, beside))


def _largest(draft: Draft, time: Time, width: int, height: int) -> Face:
    faces = draft.scale.clock if time.large else draft.scale.duration
    low = tuple(face for face in faces if face.height <= height) or draft.scale.duration[-1:]
    return draft.fitting((time.text,), low, width)


def _draw_beside(draft: Draft, time: Time, face: Face, box: Box) -> None:
    used = draft.canvas.line(box.x, middle(box, face.height).y, time.text, face, box.width, time.tone)
    small, count = draft.scale.text[-1], len(time.beside)
    room = box.right(box.width - used - 2 * draft.scale.gap)
    if small.height * count > box.height:
        _in_a_row(draft, time, middle(room, small.height))
        return
    spread = max(0, min(box.height, face.height + 2) - small.height * count) // max(1, count - 1)
    y = middle(room, small.height * count + spread * (count - 1)).y
    for label in time.beside:
        draft.canvas.line(room.x, y, label.text, small, room.width, label.tone)
        y += small.height + spread


def _draw_below(draft: Draft, time: Time, face: Face, box: Box) -> None:
    draft.canvas.line(box.x, box.y, time.text, face, box.width, time.tone)
    _in_a_row(draft, time, box.below(face.height + draft.scale.gap))


def _in_a_row(draft: Draft, time: Time, box: Box) -> None:
    small, x = draft.scale.text[-1], box.x
    for label in time.beside:
        used = draft.canvas.line(x, box.y, label.text, small, box.x + box.width - x, label.tone)
        x += used + 2 * draft.scale.gap


def _beside(draft: Draft, labels: tuple[Label, ...]) -> int:
    """Pixels that labels take beside a time."""
    widths = [draft.width(label.text, draft.scale.text[-1]) for label in labels]
    return max(widths) + 2 * draft.scale.gap if widths else 0
