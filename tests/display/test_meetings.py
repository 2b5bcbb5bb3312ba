"""What idle page and meeting page say of the schedule, minute by minute, and that they stay calm in between."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from appliance.display.draw import Drawing, compose
from appliance.display.fonts import BODY, HEAD
from appliance.display.text import shortened
from appliance.room.local_events.meetings import AgendaIs
from appliance.room.local_events.shown import AddressShown
from appliance.room.meetings.agenda import Agenda
from appliance.room.people.book import Book
from appliance.room.reduce.reduce import reduce
from appliance.terminal.messages.people import Contact
from tests.display.scenes import ANNA, CLOCK, NOW, REVIEW, agenda, meeting, room, view


def page(now: Agenda, clock: datetime | None = CLOCK, **fields: Any) -> Drawing:
    return compose(view(room(agenda=now, **fields), clock=clock))


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return CLOCK.replace(hour=hour, minute=minute, second=second)


@pytest.mark.parametrize(
    ("clock", "says"),
    [
        (at(12, 59), "Next at 14:00"),
        (at(13, 0), "In 60 min"),
        (at(13, 48), "In 12 min"),
        (at(13, 48, 59), "In 12 min"),
        (at(13, 59, 59), "In 1 min"),
    ],
)
def test_the_next_meeting_comes_by_the_minute_of_the_clock_beside_it(clock: datetime, says: str) -> None:
    drawing = page(agenda(None, REVIEW), clock)
    assert drawing.words == ("Meeting room 4", clock.strftime("%H:%M"), says, "Design review")
    assert drawing.changes_in == 60 - clock.second


def test_a_meeting_that_is_on_says_until_when_and_what_comes_then() -> None:
    drawing = page(agenda(REVIEW, meeting("Retro", 15)))
    assert drawing.words == ("Meeting room 4", "14:05", "Until 15:00", "Design review", "15:00 Retro")


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (agenda(REVIEW, others=1), "Until 15:00, and 1 more"),
        (agenda(meeting("Off", 0, 0, 24 * 60)), "All day"),
        (agenda(meeting("Open", 14, 0, None)), "Now"),
    ],
)
def test_how_long_it_is_on(now: Agenda, says: str) -> None:
    assert page(now).words[2] == says


@pytest.mark.parametrize("clock", [None, CLOCK])
def test_without_a_clock_nothing_is_said_of_meetings(clock: datetime | None) -> None:
    assert not any("Review" in word for word in page(Agenda(), clock).words)
    assert page(agenda(REVIEW), None).words == page(Agenda(), None).words


def test_that_there_is_none_today_is_said_only_where_it_is_known() -> None:
    tomorrow = msgspec.structs.replace(REVIEW, start=REVIEW.start + timedelta(days=1), end=None)
    assert page(agenda(None, tomorrow)).words[-1] == "No more meetings today"
    assert "No more meetings today" not in page(Agenda()).words


@pytest.mark.parametrize("title", ["", "  ", "\t\n"])
def test_a_meeting_without_a_title_is_a_meeting(title: str) -> None:
    assert page(agenda(meeting(title, 14))).words[3] == "Meeting"


@pytest.mark.parametrize("title", ["<b>Budget</b> & more", "W" * 10_000, "Бюджет " * 40, "{time}", "%s"])
def test_a_title_is_shown_as_it_is_and_stands_still(title: str) -> None:
    drawing = page(agenda(meeting(title, 14)), at(14, 5))
    assert drawing.words[3].startswith(title[:100].strip())
    assert drawing.changes_in == 60


def test_a_meeting_that_is_soon_has_its_page() -> None:
    book = Book((Contact(peer_id=ANNA.peer_id, peer_name="Anna Larsen"),))
    drawing = page(agenda(None, meeting("Retro", 14, 15), soon=True), contacts=book)
    assert drawing.words == ("Meeting in 10 min", "Retro", "14:15–15:15", "Anna Larsen")
    assert drawing.changes_in == 30


def test_a_meeting_that_is_soon_wakes_a_dark_display_once() -> None:
    soon = agenda(None, REVIEW, soon=True)
    state = reduce(room(), AgendaIs(soon), NOW)
    assert state.active_at == NOW
    later = msgspec.structs.replace(soon, others=1)
    assert reduce(state, AgendaIs(later), NOW + 60).active_at == NOW
    assert reduce(room(), AgendaIs(agenda(REVIEW)), NOW).active_at == room().active_at


def test_the_address_is_there_for_a_while() -> None:
    state = reduce(room(), AddressShown(NOW + 60), NOW)
    shown = compose(view(state))
    assert "192.168.10.25" in shown.words
    assert shown.changes_in is not None
    gone = compose(msgspec.structs.replace(view(state), now=NOW + 60))
    assert "192.168.10.25" not in gone.words


def test_what_does_not_fit_is_cut_at_a_letter() -> None:
    assert shortened("Retro", HEAD, 124) == "Retro"
    assert shortened("W" * 200, BODY, 124).strip("W") == "…"
    assert shortened("Бюджет", HEAD, 2) == "…"
