"""The two ends of a page: what is going on, on top, and the microphone, at the foot."""

from appliance.display.fonts import Face
from appliance.display.layout import marks
from appliance.display.layout.draft import Box, Draft
from appliance.display.sheet import Bar, Head, Look

HEAD_TURN = 3.0  # seconds that each of several heads is shown
_INDENT = 3  # pixels of 128x64 before the microphone, and between it and its label


def head_height(draft: Draft, heads: tuple[Head, ...]) -> int:
    """Rows that heads need which share a place."""
    return max((_height(draft, head) for head in heads), default=0)


def draw_head(draft: Draft, heads: tuple[Head, ...], box: Box) -> None:
    """The head whose turn it is, on top of `box`."""
    if not heads:
        return
    head = heads[draft.watch.turn(len(heads), HEAD_TURN)]
    (_bar if head.look is Look.BAR else _title)(draft, head, box)


def bar_height(draft: Draft) -> int:
    """Rows that the microphone takes."""
    return draft.scale.head[-1].height - 1


def draw_bar(draft: Draft, bar: Bar, box: Box) -> None:
    """The microphone over the whole of `box`."""
    if bar.lit or bar.outlined:
        draft.canvas.box(box.x, box.y, box.width, box.height, bar.mark.tone, filled=bar.lit)
    indent, icon = _INDENT * draft.scale.zoom, marks.picture(draft, bar.mark)
    draft.canvas.icon(box.x + indent, box.y + (box.height - icon.height) // 2, icon, bar.mark.tone, lit=bar.lit)
    x = 2 * indent + icon.width
    face = draft.scale.head[-1]
    draft.canvas.line(box.x + x, box.y, bar.text, face, box.width - x, bar.mark.tone, lit=bar.lit)


def _face(draft: Draft, head: Head) -> Face:
    width = draft.canvas.width
    if head.corner is not None:
        width -= marks.width(draft, head.corner) + 2 * draft.scale.gap
    if head.look is Look.BAR:
        return draft.fitting((head.text,), draft.scale.label, width - 4)
    return draft.fitting((head.text,), draft.scale.head, width)


def _height(draft: Draft, head: Head) -> int:
    return _face(draft, head).height + (1 + draft.scale.gap if head.look is Look.RULED else 0)


def _bar(draft: Draft, head: Head, box: Box) -> None:
    face, canvas = _face(draft, head), draft.canvas
    box = _with_corner(draft, head, box, face.height)
    canvas.box(box.x, box.y, box.width, face.height, head.tone, filled=head.lit)
    inside = box.width - 4
    canvas.line(box.x + 2, box.y, head.text, face, inside, head.tone, centred=True, lit=head.lit)


def _title(draft: Draft, head: Head, box: Box) -> None:
    face = _face(draft, head)
    room = _with_corner(draft, head, _with_aside(draft, head, box, face), face.height)
    x = room.x
    if head.mark is not None:
        x += marks.draw(draft, head.mark, Box(x, box.y, room.width, face.height)) + _INDENT
    draft.canvas.line(x, box.y, head.text, face, room.x + room.width - x, head.tone, still=head.still)
    if head.look is Look.RULED:
        draft.canvas.rule(box.x, box.y + face.height, box.width, head.tone)


def _with_aside(draft: Draft, head: Head, box: Box, face: Face) -> Box:
    """Draws what is at the right end; returns what is left of `box`."""
    taken = draft.width(head.aside, face)
    if not taken:
        return box
    end = box.right(taken)
    draft.canvas.line(end.x, end.y, head.aside, face, taken, head.tone)
    return box.left(box.width - taken - 2 * draft.scale.gap)


def _with_corner(draft: Draft, head: Head, box: Box, height: int) -> Box:
    """Draws what is in the corner; returns what is left of `box`."""
    if head.corner is None:
        return box
    taken = marks.width(draft, head.corner)
    marks.draw(draft, head.corner, Box(box.x + box.width - taken, box.y, taken, height))
    return box.left(box.width - taken - 2 * draft.scale.gap)
