"""What is decided at the door: whatever it is, and whenever, bookings stay true to the calendar and never overlap."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import get_args
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.language.text import Text
from appliance.room.meetings.agenda import ALL_DAY, DOOR, Agenda, Booking
from appliance.room.meetings.bookings import KEPT, MOST, NOTHING_DECIDED, Bookings, LocalBooking, Mark, Rules
from appliance.room.meetings.door import EXTENDS, LEAST, LONGEST, STARTS, Deed, decide, offers
from appliance.room.meetings.schedule import day
from appliance.room.state import RoomState
from appliance.terminal.messages.people import Meeting, Schedule
from tests.room.rooms import room

WARSAW = ZoneInfo("Europe/Warsaw")
ORDINARY, FORWARD, BACK = date(2026, 11, 27), date(2026, 3, 29), date(2026, 10, 25)
RULES = Rules(check_in=True, release_after=600)
MINUTE, HOUR = 60, 3600
NINE = datetime(2026, 11, 27, 9, tzinfo=WARSAW).timestamp()


def meeting(name: str, start: float, minutes: float = 30) -> Meeting:
    return Meeting(id=name, topic=name, schedule=Schedule(start_time=int(start), duration=int(minutes * MINUTE)))


def at(
    moment: float,
    *meetings: Meeting,
    bookings: Bookings = NOTHING_DECIDED,
    rules: Rules = RULES,
) -> RoomState:
    """The room at a moment, with these in the terminal's schedule and those decided at the door."""
    clock = datetime.fromtimestamp(moment, WARSAW)
    agenda = day(meetings, clock, 600, bookings, rules).at(moment)
    return room(meetings=meetings, agenda=agenda, bookings=bookings)


def does(state: RoomState, moment: float, deed: Deed, minutes: int = 0) -> RoomState:
    """The room after somebody has decided something at the door, which must mean something."""
    decided = decide(deed, minutes, state, moment)
    assert isinstance(decided, Bookings), decided
    return at(moment, *state.meetings, bookings=decided)


def refused(state: RoomState, moment: float, deed: Deed, minutes: int = 0) -> Text:
    decided = decide(deed, minutes, state, moment)
    assert isinstance(decided, Text)
    return decided


def minutes_of(booking: Booking | None) -> float:
    assert booking is not None
    return (booking.over - booking.start).total_seconds() / MINUTE


STANDUP = meeting("Stand-up", NINE)
REVIEW = meeting("Review", NINE + HOUR, 60)


def test_a_free_room_is_booked_as_its_own() -> None:
    state = does(at(NINE), NINE, "start", 30)
    assert state.agenda.now is not None
    assert (state.agenda.now.source, state.agenda.now.peer_id, minutes_of(state.agenda.now)) == (DOOR, "", 30)
    assert state.agenda.today == (state.agenda.now,)
    assert state.meetings == ()


def test_it_is_shorter_where_a_meeting_follows_and_none_where_it_is_too_short() -> None:
    state = at(NINE - 40 * MINUTE, STANDUP)
    assert minutes_of(does(state, NINE - 40 * MINUTE, "start", 60).agenda.now) == 40
    assert refused(at(NINE - 4 * MINUTE, STANDUP), NINE - 4 * MINUTE, "start", 15) == Text("touch.meeting_begins")
    assert refused(at(NINE, STANDUP), NINE, "start", 15) == Text("touch.not_free")


def test_it_is_longer_where_that_is_free_and_ends_when_somebody_says_so() -> None:
    state = does(at(NINE - 40 * MINUTE, STANDUP), NINE - 40 * MINUTE, "start", 15)
    state = does(state, NINE - 30 * MINUTE, "extend", 15)
    assert minutes_of(state.agenda.now) == 30
    state = does(state, NINE - 30 * MINUTE, "extend", 30)
    assert minutes_of(state.agenda.now) == 40
    assert refused(state, NINE - 30 * MINUTE, "extend", 15) == Text("touch.no_longer")
    state = does(state, NINE - 20 * MINUTE, "end")
    assert (state.agenda.now, minutes_of(state.agenda.today[0])) == (None, 20)


def test_a_meeting_of_the_calendar_is_longer_for_the_room_alone() -> None:
    state = does(at(NINE, STANDUP, REVIEW), NINE, "extend", 15)
    assert minutes_of(state.agenda.now) == 45
    assert state.meetings == (STANDUP, REVIEW)
    assert state.agenda.now is not None
    assert state.agenda.now.confirmed


def test_a_meeting_that_is_ended_is_over_for_the_room_and_still_there() -> None:
    state = does(at(NINE, STANDUP), NINE, "check_in")
    state = does(state, NINE + 10 * MINUTE, "end")
    assert (state.agenda.now, [each.released for each in state.agenda.today]) == (None, [True])
    assert state.agenda.released == state.agenda.today
    assert does(state, NINE + 11 * MINUTE, "start", 15).agenda.now is not None


def test_a_meeting_is_released_before_it_begins() -> None:
    before = NINE - 5 * MINUTE
    state = does(at(before, STANDUP), before, "release")
    assert (state.agenda.next, state.agenda.soon, len(state.agenda.today)) == (None, False, 1)
    assert minutes_of(does(state, before, "start", 30).agenda.now) == 30


def test_check_in_is_open_from_ten_minutes_before_until_ten_after() -> None:
    for minutes, waits in ((-11, False), (-10, True), (9, True), (10, False)):
        moment = NINE + minutes * MINUTE
        assert bool(at(moment, STANDUP, rules=Rules(check_in=True)).agenda.waiting) is waits, minutes


def test_who_has_come_is_not_asked_again() -> None:
    state = does(at(NINE, STANDUP), NINE, "check_in")
    assert state.agenda.waiting == ()
    assert refused(state, NINE, "check_in") == Text("touch.nothing_waits")


def test_check_in_is_open_as_long_as_nothing_is_released() -> None:
    assert at(NINE + 14 * MINUTE, STANDUP).agenda.waiting
    assert not at(NINE + 30 * MINUTE, STANDUP).agenda.waiting


@pytest.mark.parametrize(("minutes", "asked"), [(479, True), (480, False), (1440, False)])
def test_whoever_has_booked_a_working_day_is_not_asked(minutes: int, asked: bool) -> None:
    assert bool(at(NINE, meeting("Workshop", NINE, minutes)).agenda.waiting) is asked


def test_without_a_check_in_nobody_is_asked() -> None:
    agenda = at(NINE, STANDUP, rules=Rules()).agenda
    assert agenda.now is not None
    assert (agenda.waiting, agenda.now.confirmed) == ((), None)


def test_a_meeting_planned_over_a_booking_of_the_door_wins() -> None:
    state = does(at(NINE - 10 * MINUTE), NINE - 10 * MINUTE, "start", 60)
    later = at(NINE, STANDUP, bookings=state.bookings)
    assert later.agenda.now is not None
    assert (later.agenda.now.title, later.agenda.others) == ("Stand-up", 0)
    assert [minutes_of(each) for each in later.agenda.today] == [10, 30]
    over = at(NINE, meeting("All of it", NINE - HOUR, 180), bookings=state.bookings)
    assert [each.title for each in over.agenda.today] == ["All of it"]


def test_a_meeting_that_is_moved_is_another_one() -> None:
    state = does(at(NINE, STANDUP), NINE, "end")
    moved = at(NINE, meeting("Stand-up", NINE - MINUTE), bookings=state.bookings)
    assert moved.agenda.now is not None


def test_while_the_time_is_not_known_nothing_is_offered_and_nothing_done() -> None:
    state = room(agenda=Agenda(), meetings=(STANDUP,))
    assert offers(state).deeds == frozenset()
    for deed in get_args(Deed):
        assert refused(state, 0.0, deed, 30) == Text("touch.no_clock")


def test_what_is_kept_is_bounded() -> None:
    local = tuple(LocalBooking(float(n), n + 1.0) for n in range(3 * MOST))
    marks = tuple(Mark(str(n), float(n)) for n in range(3 * MOST))
    kept = Bookings(local, marks).at(0.0)
    assert (len(kept.local), len(kept.marks), kept.local[-1]) == (MOST, MOST, local[-1])
    assert Bookings(local, marks).at(KEPT + 10_000.0) == Bookings()


STARTING = st.integers(-6 * HOUR, 30 * HOUR)
LENGTH = st.integers(-1, 10 * 60) | st.just(24 * 60)
CALENDAR = st.lists(st.tuples(STARTING, LENGTH), max_size=6)
DEEDS = st.lists(
    st.tuples(st.integers(1, 4 * HOUR), st.sampled_from(get_args(Deed)), st.sampled_from(STARTS), CALENDAR | st.none()),
    max_size=12,
)


@pytest.mark.parametrize("that", [ORDINARY, FORWARD, BACK])
@given(calendar=CALENDAR, deeds=DEEDS, soonest=st.integers(0, 20 * HOUR))
def test_whatever_is_decided_nothing_overlaps_and_nothing_is_lost(
    that: date,
    calendar: list[tuple[int, int]],
    deeds: list[tuple[int, Deed, int, list[tuple[int, int]] | None]],
    soonest: int,
) -> None:
    midnight = datetime(that.year, that.month, that.day, tzinfo=WARSAW).timestamp()
    moment, planned, bookings = midnight + soonest, _planned(midnight, calendar), Bookings()
    for later, deed, minutes, other in deeds:
        moment += later
        planned = planned if other is None else _planned(midnight, other)  # somebody plans otherwise meanwhile
        state = at(moment, *planned, bookings=bookings)
        decided = decide(deed, minutes, state, moment)
        assert deed not in offers(state).deeds or isinstance(decided, Bookings) or deed in ("start", "extend")
        bookings = decided if isinstance(decided, Bookings) else bookings
        after = at(moment, *planned, bookings=bookings)
        _nothing_overlaps(after.agenda)
        assert _of_calendar(after.agenda) == _of_calendar(at(moment, *planned).agenda)
        if decided is bookings and deed == "start":
            assert after.agenda.now is not None
            assert LEAST <= (after.agenda.now.over - after.agenda.now.start).total_seconds() <= minutes * MINUTE
        if decided is bookings and deed == "extend":
            assert after.agenda.now is not None
            assert after.agenda.now.over.timestamp() <= moment + LONGEST + max(EXTENDS) * MINUTE


def _planned(midnight: float, calendar: list[tuple[int, int]]) -> tuple[Meeting, ...]:
    return tuple(meeting(str(n), midnight + start, minutes) for n, (start, minutes) in enumerate(calendar))


def _of_calendar(agenda: Agenda) -> list[tuple[str, datetime, datetime | None]]:
    return [(each.title, each.start, each.end) for each in agenda.today if each.source != DOOR]


def _nothing_overlaps(agenda: Agenda) -> None:
    """What was made here begins and ends where nothing else is on; the calendar may overlap itself."""
    keeping = [each for each in agenda.today if not each.all_day and each.over > each.start]
    for each in keeping:
        made = each.source == DOOR
        longer = each.until is not None and each.until > each.planned
        for other in keeping:
            if other is each or not (made or longer):
                continue
            since = each.start if made else each.planned
            assert not (since < other.start < each.over), (each, other)
            assert not made or not other.start <= each.start < other.over, (each, other)
    ours = [each for each in keeping if each.source == DOOR]
    assert all(one.over <= next_one.start for one, next_one in pairwise(ours))


@pytest.mark.parametrize("that", [FORWARD, BACK])
def test_an_hour_at_the_door_is_an_hour_whatever_the_clock_on_the_wall_does(that: date) -> None:
    moment = datetime(that.year, that.month, that.day, 1, 45, tzinfo=WARSAW).timestamp()
    booking = does(at(moment), moment, "start", 60).agenda.now
    assert booking is not None
    assert minutes_of(booking) == 60
    assert booking.over.hour == (3 if that == FORWARD else 2)
    assert booking.over.utcoffset() == timedelta(hours=2)


def test_they_are_kept_as_json() -> None:
    bookings = Bookings((LocalBooking(1.0, 2.0),), (Mark("\\c\\1", 3.0, confirmed=True, until=4.5),))
    assert msgspec.json.decode(msgspec.json.encode(bookings), type=Bookings) == bookings


def test_a_whole_day_keeps_nobody_out() -> None:
    state = at(NINE, meeting("Holiday", NINE - 9 * HOUR, ALL_DAY / MINUTE))
    assert "start" in offers(state).deeds
    assert minutes_of(does(state, NINE, "start", 15).agenda.now) == 15
