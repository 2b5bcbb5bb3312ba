"""A panel that is too low for top, middle and one line: what was on top becomes the first of the lines.

They share one row in turns, so that nothing is lost. The microphone's bar becomes a mark in the corner on top.
"""

import msgspec

from appliance.display.layout import ends, mains, marks
from appliance.display.layout.draft import Draft
from appliance.display.sheet import Bar, Head, Label, Look, Sentence, Sheet, Topic
from appliance.display.text import wrap


def folded(draft: Draft, sheet: Sheet) -> Sheet:
    """`sheet` as it is where it fits, else with fewer places for the same."""
    low = draft.canvas.height < ends.bar_height(draft) + 2 * draft.scale.text[0].height
    if low and sheet.bar is not None:
        sheet = _cornered(sheet, sheet.bar)
    if _fits(draft, sheet):
        return sheet
    if isinstance(sheet.main, Topic):
        return _topic_on_top(sheet, sheet.main)
    if isinstance(sheet.main, Sentence):
        return _in_lines(draft, sheet, sheet.main)
    on_top = tuple(Label(head.text, tone=head.tone, mark=head.mark) for head in sheet.heads if not head.spare)
    corners = tuple(head.corner for head in sheet.heads[:1] if head.corner is not None)
    beside = (*corners, *sheet.marks)
    return msgspec.structs.replace(sheet, heads=(), lines=(*on_top, *sheet.lines), marks=beside)


def _fits(draft: Draft, sheet: Sheet) -> bool:
    taken = ends.head_height(draft, sheet.heads) + (ends.bar_height(draft) if sheet.bar else 0)
    row = draft.scale.text[-1].height
    middle = min(mains.least(draft, sheet.main, draft.canvas.width), row * 2 if _is_sentence(sheet) else 1 << 16)
    return taken + middle + (row if sheet.lines else 0) <= draft.canvas.height


def _is_sentence(sheet: Sheet) -> bool:
    return isinstance(sheet.main, Sentence)


def _cornered(sheet: Sheet, bar: Bar) -> Sheet:
    """A microphone that is on, as it should be in a call, needs no mark."""
    if not bar.lit and not bar.outlined:
        return msgspec.structs.replace(sheet, bar=None)
    mark = msgspec.structs.replace(bar.mark, lit=bar.lit)
    if not sheet.heads:
        return msgspec.structs.replace(sheet, bar=None, marks=(*sheet.marks, mark))
    heads = tuple(msgspec.structs.replace(head, corner=mark) for head in sheet.heads)
    return msgspec.structs.replace(sheet, bar=None, heads=heads)


def _in_lines(draft: Draft, sheet: Sheet, sentence: Sentence) -> Sheet:
    """The sentence a row at a time, below its title; a mark, which has no place beside it any more, before it."""
    mark = sheet.marks[0] if sheet.marks else None
    width = draft.canvas.width - (marks.width(draft, mark) + draft.scale.gap if mark is not None else 0)
    words = wrap(draft.canvas.said(sentence.text), draft.scale.text[-1], width)
    heads = tuple(_plain(head) for head in sheet.heads)
    lines = (Label(words[0], mark=mark), *(Label(each) for each in words[1:]), *sheet.lines)
    return msgspec.structs.replace(sheet, heads=heads, main=None, lines=lines, marks=sheet.marks[1:])


def _topic_on_top(sheet: Sheet, topic: Topic) -> Sheet:
    """What it is about beside the clock; until when, and all else, below."""
    heads = tuple(msgspec.structs.replace(head, text=topic.text, still=True) for head in sheet.heads[:1])
    names = tuple(Label(head.text, still=True) for head in sheet.heads)
    return msgspec.structs.replace(sheet, heads=heads, main=None, lines=(Label(topic.caption), *sheet.lines, *names))


def _plain(head: Head) -> Head:
    return msgspec.structs.replace(head, look=Look.TITLE) if head.look is Look.RULED else head
