"""What a page says, for who hears it instead of seeing it."""

from collections.abc import Iterator

from appliance.display.sheet import Bar, Head, Label, Level, Main, Mark, Number, Sheet, Time, Topic, Words
from appliance.display.text import MISSING, said
from appliance.language.catalogue import Language


def words(sheet: Sheet, language: Language) -> tuple[str, ...]:
    """All that a page says, in the order in which it is read: whole, every turn of what takes turns, nothing secret.

    Without what stands for something that is not known.
    """
    spoken = (said(each, language) for each in _parts(sheet))
    return tuple(each for each in spoken if each != MISSING)


def _parts(sheet: Sheet) -> Iterator[Words]:
    for head in sheet.heads:
        yield from _head(head)
    yield from _main(sheet.main)
    yield from _main(sheet.topic)
    for mark in sheet.marks:
        yield from _mark(mark)
    for line in sheet.lines:
        yield from _label(line)
    yield from _bar(sheet.bar)


def _head(head: Head) -> Iterator[Words]:
    yield from _mark(head.mark)
    yield head.text
    yield from _mark(head.corner)
    yield head.aside


def _main(main: Main | None) -> Iterator[Words]:
    if main is None or isinstance(main, Level) or (isinstance(main, Number) and main.secret):
        return
    if isinstance(main, Topic):
        yield main.caption
    yield main.text
    if isinstance(main, Time):
        for label in main.beside:
            yield from _label(label)


def _label(label: Label) -> Iterator[Words]:
    yield from _mark(label.mark)
    yield label.text if label.says is None else label.says
    yield label.aside


def _mark(mark: Mark | None) -> Iterator[Words]:
    if mark is not None:
        yield mark.says


def _bar(bar: Bar | None) -> Iterator[Words]:
    """The picture says it in full; what is beside it is abbreviated."""
    if bar is not None:
        yield bar.mark.says
