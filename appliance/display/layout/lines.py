"""Lines: as many as there is room for, the last place shared in turns."""

from appliance.display.fonts import Face
from appliance.display.layout import marks
from appliance.display.layout.draft import Box, Draft
from appliance.display.sheet import Label

LINE_TURN = 4.0  # seconds that each of several lines is shown in the same place


def fits(draft: Draft, label: Label, face: Face, width: int) -> bool:
    """Whether a line has room without scrolling."""
    return _before(draft, label) + draft.width(label.text, face) <= width - _aside(draft, label, face)


def draw_lines(draft: Draft, labels: tuple[Label, ...], face: Face, box: Box, *, centred: bool) -> None:
    """Lines from the top of `box` on, in rows of `face`; what remains shares the last row in turns."""
    rows = box.height // face.height
    if not labels or not rows:
        return
    fixed, shared = (labels[: rows - 1], labels[rows - 1 :]) if len(labels) > rows else (labels, ())
    turn = (shared[draft.watch.turn(len(shared), LINE_TURN)],) if shared else ()
    spread = (box.height - face.height * len((*fixed, *turn))) // len((*fixed, *turn))
    for row, label in enumerate((*fixed, *turn)):
        y = box.y + row * (face.height + spread) + spread
        _line(draft, label, face, Box(box.x, y, box.width, face.height), centred=centred and not label.aside)


def _line(draft: Draft, label: Label, face: Face, box: Box, *, centred: bool) -> None:
    if label.mark is not None:
        taken = marks.draw(draft, label.mark, box) + draft.scale.gap
        box = box.right(box.width - taken)
    aside = _aside(draft, label, face)
    if aside:
        end = box.right(aside - draft.scale.gap)
        draft.canvas.line(end.x, end.y, label.aside, face, end.width, label.tone)
    draft.canvas.line(box.x, box.y, label.text, face, box.width - aside, label.tone, centred=centred, still=label.still)


def _before(draft: Draft, label: Label) -> int:
    return 0 if label.mark is None else marks.width(draft, label.mark) + draft.scale.gap


def _aside(draft: Draft, label: Label, face: Face) -> int:
    """Pixels that the end of a line takes, with what keeps it apart from the beginning."""
    return draft.width(label.aside, face) + draft.scale.gap if label.aside else 0
