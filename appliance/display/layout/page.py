"""A whole page on a panel."""

from appliance.display.fonts import Face
from appliance.display.layout import ends, mains, marks
from appliance.display.layout.draft import Box, Draft
from appliance.display.layout.fitted import Fitted, middle
from appliance.display.layout.fold import folded
from appliance.display.layout.lines import draw_lines, fits
from appliance.display.layout.matrix import beside, draw_matrix, place
from appliance.display.layout.topic import clock_on_top, with_clock
from appliance.display.sheet import Sentence, Sheet, Time

_COLUMN = 120  # pixels that a clock with its date needs, and most lines: room for two of that goes side by side


def lay_out(draft: Draft, sheet: Sheet) -> None:
    """Draws all of `sheet`."""
    if sheet.matrix is not None and (where := place(draft, sheet.matrix)) is not None:
        draw_matrix(draft, sheet.matrix, where)
        part = draft.canvas.part(where.rest.width, where.rest.height)
        lay_out(Draft(part, draft.scale, draft.watch), beside(draft, sheet, sheet.matrix, where))
        draft.canvas.take(where.rest.x, where.rest.y, part)
        return
    wide, box = draft.canvas.width >= 2 * _COLUMN * draft.scale.zoom, draft.box
    sheet = folded(draft, sheet if wide else clock_on_top(draft, sheet))
    if sheet.bar is not None:
        height = ends.bar_height(draft)
        ends.draw_bar(draft, sheet.bar, box.below(box.height - height))
        box = box.above(height)
    ends.draw_head(draft, sheet.heads, box)
    box = box.below(ends.head_height(draft, sheet.heads))
    both = isinstance(sheet.main, Time) and (sheet.lines or sheet.topic)
    (_side_by_side if wide and both else _stacked)(draft, sheet, box)


def _stacked(draft: Draft, sheet: Sheet, box: Box) -> None:
    """The one thing to read in what lines leave above them."""
    row = _smallest(draft, sheet, box).height
    needed = mains.least(draft, sheet.main, box.width) + mains.least(draft, sheet.topic, box.width)
    least = min(needed, box.height - row if sheet.lines else box.height)
    rows = min(len(sheet.lines), (box.height - least) // row)
    beside = marks.block(draft, sheet.marks, box.height - rows * row) if sheet.marks else 0
    room = box.width - beside, box.height - rows * row
    main = _main(draft, sheet, room)
    face = _face(draft, sheet, box, rows, main.height)
    _draw_middle(draft, sheet, main, box.above(rows * face.height), beside)
    foot = box.below(box.height - rows * face.height)
    draw_lines(draft, sheet.lines, face, foot, centred=sheet.centred)


def _main(draft: Draft, sheet: Sheet, room: tuple[int, int]) -> Fitted:
    if sheet.topic is not None and isinstance(sheet.main, Time):
        return with_clock(draft, sheet.main, sheet.topic, room)
    return mains.fit(draft, sheet.main, room)


def _draw_middle(draft: Draft, sheet: Sheet, main: Fitted, box: Box, beside: int) -> None:
    top_aligned = isinstance(sheet.main, Sentence) and not sheet.main.loud
    room = box.left(box.width - beside)
    main.draw(room if top_aligned else middle(room, main.height))
    if sheet.marks:
        marks.draw_block(draft, sheet.marks, box)


def _side_by_side(draft: Draft, sheet: Sheet, box: Box) -> None:
    half = box.width // 2 - 2 * draft.scale.gap
    left, right = box.left(half), box.right(half)
    beside = marks.block(draft, sheet.marks, left.height) if sheet.marks else 0
    main = mains.fit(draft, sheet.main, (left.width - beside, left.height))
    _draw_middle(draft, sheet, main, left, beside)
    needed = mains.least(draft, sheet.topic, right.width)
    rows = min(len(sheet.lines), (right.height - needed) // draft.scale.text[-1].height)
    topic = mains.fit(draft, sheet.topic, (right.width, right.height - rows * draft.scale.text[-1].height))
    face = _face(draft, sheet, right, rows, topic.height)
    right = middle(right, topic.height + rows * face.height)
    topic.draw(Box(right.x, right.y, right.width, topic.height))
    draw_lines(draft, sheet.lines, face, right.below(topic.height), centred=False)


def _smallest(draft: Draft, sheet: Sheet, box: Box) -> Face:
    """The smallest letters in which every line fits: those of 9 pixels are wider apart than those of 10."""
    small = draft.scale.text[::-1]
    return next((face for face in small if all(fits(draft, line, face, box.width) for line in sheet.lines)), small[0])


def _face(draft: Draft, sheet: Sheet, box: Box, rows: int, taken: int) -> Face:
    """The largest letters in which every line fits, and `rows` of them into what is left."""
    left = box.height - taken
    for face in draft.scale.text:
        if rows * face.height <= left and all(fits(draft, line, face, box.width) for line in sheet.lines):
            return face
    return _smallest(draft, sheet, box)
