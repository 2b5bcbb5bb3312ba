"""What a clock is looked at for: its caption, and below it the thing itself; and where the clock goes then."""

from functools import partial

import msgspec

from appliance.display.fonts import Face
from appliance.display.layout import ends
from appliance.display.layout.clock import fit_time
from appliance.display.layout.draft import Box, Draft
from appliance.display.layout.fitted import Fitted
from appliance.display.sheet import Sheet, Time, Topic
from appliance.display.text import wrap


def least_topic(draft: Draft) -> int:
    """Rows that a topic needs at least."""
    return draft.scale.text[-1].height + draft.scale.head[-1].height


def fit_topic(draft: Draft, topic: Topic, room: tuple[int, int]) -> Fitted:
    """`topic` as large as it fits into `room` (width, height), on several lines where it is seen whole then."""
    width, height = room
    caption = draft.fitting((topic.caption,), draft.scale.text, width)
    if caption.height + draft.scale.head[-1].height > height:
        caption = draft.scale.text[-1]
    left = height - caption.height
    face = next((face for face in draft.scale.head if _rows(draft, topic, face, width) <= left), None)
    if face is None:
        short = draft.scale.head[-1]
        seen = max(1, left // short.height)
        return Fitted(caption.height + seen * short.height, partial(_draw_short, draft, topic, caption, short))
    rows = _rows(draft, topic, face, width)
    return Fitted(caption.height + rows, partial(_draw_whole, draft, topic, caption, face))


def with_clock(draft: Draft, time: Time, topic: Topic, room: tuple[int, int]) -> Fitted:
    """Both below each other; the clock takes half of `room` at most."""
    width, height = room
    gap = draft.scale.gap
    above = fit_time(draft, time, (width, min(height // 2, height - least_topic(draft) - gap)))
    below = fit_topic(draft, topic, (width, height - above.height - gap))

    def draw(box: Box) -> None:
        above.draw(Box(box.x, box.y, box.width, above.height))
        below.draw(box.below(above.height + gap))

    return Fitted(above.height + gap + below.height, draw)


def clock_on_top(draft: Draft, sheet: Sheet) -> Sheet:
    """`sheet` with its clock beside what is on top, where a panel is too low for clock, topic and a line."""
    time, topic = sheet.main, sheet.topic
    if not isinstance(time, Time) or topic is None or _high(draft, sheet):
        return sheet
    heads = tuple(msgspec.structs.replace(head, aside=time.text) for head in sheet.heads)
    return msgspec.structs.replace(sheet, heads=heads, main=topic, topic=None)


def _high(draft: Draft, sheet: Sheet) -> bool:
    taken = ends.head_height(draft, sheet.heads) + least_topic(draft) + draft.scale.text[-1].height
    return draft.canvas.height - taken >= draft.scale.clock[-2].height


def _rows(draft: Draft, topic: Topic, face: Face, width: int) -> int:
    return len(wrap(draft.canvas.said(topic.text), face, width)) * face.height


def _draw_caption(draft: Draft, topic: Topic, face: Face, box: Box) -> Box:
    draft.canvas.line(box.x, box.y, topic.caption, face, box.width)
    return box.below(face.height)


def _draw_whole(draft: Draft, topic: Topic, caption: Face, face: Face, box: Box) -> None:
    box = _draw_caption(draft, topic, caption, box)
    draft.canvas.paragraph(box.x, box.y, topic.text, face, (box.width, box.height))


def _draw_short(draft: Draft, topic: Topic, caption: Face, face: Face, box: Box) -> None:
    """As many lines as there is room for, the last of which ends with "…"."""
    box = _draw_caption(draft, topic, caption, box)
    *whole, rest = _cut(draft.canvas.said(topic.text), face, box.width, max(1, box.height // face.height))
    for row, line in enumerate((*whole, rest)):
        draft.canvas.line(box.x, box.y + row * face.height, line, face, box.width, still=True)


def _cut(text: str, face: Face, width: int, rows: int) -> tuple[str, ...]:
    """The first `rows` lines of `text`, with all that remains in the last of them."""
    lines = wrap(text, face, width)
    return (*lines[: rows - 1], " ".join(lines[rows - 1 :]))
