"""What is read of a calendar: repetitions, exceptions, zones, and what is nobody's business."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from appliance.calendar.reading import CalendarError, read
from appliance.calendar.worker import MOST, entries
from appliance.room.meetings.calendar import Entry
from tests.calendar.ics import BERLIN, HEAD, calendar, event

BEGIN = datetime(2025, 3, 24, tzinfo=UTC).timestamp()
WEEK, HOUR = 7 * 86_400.0, 3600.0


def found(*parts: str, begin: float = BEGIN, end: float = BEGIN + WEEK) -> list[Entry]:
    return entries([calendar(*parts)], begin, end)


def at(*when: int) -> float:
    return datetime(2025, *when, tzinfo=UTC).timestamp()  # type: ignore[arg-type,misc]  # month, day, hour, minute


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_meeting() -> None:
    lines = ("DTSTART:20250325T090000Z", "DTEND:20250325T093000Z", "SUMMARY:Review\\, twice")
    organizer = 'ORGANIZER;CN="Anna Petrova":mailto:anna@example.com'
    assert found(event(*lines, organizer)) == [
        Entry(start=at(3, 25, 9), end=at(3, 25, 9, 30), title="Review, twice", owner="Anna Petrova")
    ]


def test_each_day_at_the_same_time_though_clocks_are_put_forward() -> None:
    lines = ("DTSTART;TZID=Europe/Berlin:20250301T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY")
    starts = [each.start for each in found(BERLIN, event(*lines))]
    assert starts == [at(3, day, 8) for day in range(24, 30)] + [at(3, 30, 7)]


def test_of_a_series_one_is_moved_and_one_is_left_out() -> None:
    series = event(
        "DTSTART:20250324T100000Z", "DTEND:20250324T110000Z", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20250325T100000Z"
    )
    moved = event(
        "RECURRENCE-ID:20250326T100000Z", "DTSTART:20250326T140000Z", "DTEND:20250326T150000Z", "SUMMARY:Late"
    )
    assert [(each.start, each.title) for each in found(series, moved)] == [
        (at(3, 24, 10), ""),
        (at(3, 26, 14), "Late"),
        (at(3, 27, 10), ""),
    ]


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "TRANSP:TRANSPARENT", "status:cancelled"])
def test_what_takes_nobodys_time_is_left_out(line: str) -> None:
    assert found(event("DTSTART:20250325T090000Z", "DTEND:20250325T093000Z", line)) == []


@pytest.mark.parametrize("line", ["CLASS:PRIVATE", "CLASS:CONFIDENTIAL", "class:private"])
def test_of_a_private_meeting_only_its_time_is_known(line: str) -> None:
    lines = ("DTSTART:20250325T090000Z", "DTEND:20250325T093000Z", "SUMMARY:Dismissal", "ORGANIZER;CN=Anna:mailto:a@b")
    assert found(event(*lines, line)) == [Entry(start=at(3, 25, 9), end=at(3, 25, 9, 30))]


def test_a_whole_day_and_a_time_without_zone_are_the_boxs_own(in_berlin: None) -> None:
    days = event("DTSTART;VALUE=DATE:20250330", "DTEND;VALUE=DATE:20250331", uid="a")
    floating = event("DTSTART:20250325T090000", "DTEND:20250325T100000", uid="b")
    assert [(each.start, each.end) for each in found(days, floating)] == [
        (at(3, 25, 8), at(3, 25, 9)),
        (at(3, 29, 23), at(3, 30, 22)),  # 23 hours: clocks are put forward
    ]


def test_a_broken_meeting_costs_only_itself() -> None:
    good = event("DTSTART:20250325T090000Z", "DTEND:20250325T093000Z", "SUMMARY:Good", uid="good")
    bad = event("DTSTART:20250325T090000Z", "RRULE:FREQ=SOMETIMES", uid="bad")
    assert [each.title for each in found(bad, good)] == ["Good"]


def test_there_is_an_end_to_how_many() -> None:
    assert len(found(event("DTSTART:20250324T000000Z", "DURATION:PT1M", "RRULE:FREQ=MINUTELY"))) == MOST


def test_titles_are_one_line_and_no_book() -> None:
    (only,) = found(event("DTSTART:20250325T090000Z", "DURATION:PT1H", f"SUMMARY:a\\nb {'x' * 500}"))
    assert only.title.startswith("a b xxx")
    assert len(only.title) == 200


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: HEAD.encode() + text.encode()))
def test_nonsense_is_refused_or_empty(content: bytes) -> None:
    try:
        found_ = entries([content], BEGIN, BEGIN + WEEK)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError, OverflowError):
        return
    assert all(isinstance(each, Entry) for each in found_)


@pytest.mark.slow
async def test_it_is_read_in_a_process_of_its_own() -> None:
    one = calendar(event("DTSTART:20250325T090000Z", "DURATION:PT1H", "SUMMARY:Ревью", uid="a"))
    other = calendar(event("DTSTART:20250326T090000Z", "DURATION:PT1H", uid="b"))
    told = await read([one, other], BEGIN, BEGIN + WEEK)
    assert [(each.title, each.start) for each in told] == [("Ревью", at(3, 25, 9)), ("", at(3, 26, 9))]
    with pytest.raises(CalendarError, match="RFC 5545"):
        await read([b"<html>"], BEGIN, BEGIN + WEEK)


@pytest.mark.slow
async def test_what_would_take_all_memory_costs_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(event(f"DTSTART:20250325T0{n % 10}0000Z", "RRULE:FREQ=SECONDLY", uid=str(n)) for n in range(4000))
    with trio.fail_after(90), pytest.raises(CalendarError, match=r"time or memory|could not be read"):
        await read([calendar(many)], BEGIN, BEGIN + WEEK)


@pytest.mark.slow
async def test_the_process_finds_libraries_where_this_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the package, whose folder nothing but sys.path names."""
    monkeypatch.delenv("PYTHONPATH", raising=False)
    with monkeypatch.context() as elsewhere:
        elsewhere.chdir("/")
        assert await read([calendar(event("DTSTART:20250325T090000Z", uid="a"))], BEGIN, BEGIN + WEEK)
