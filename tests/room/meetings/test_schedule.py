"""What a schedule says: at any time of day, whatever a terminal or a program has put into it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.meetings.schedule import LONGEST_TITLE, day
from appliance.terminal.messages import decode_as
from appliance.terminal.messages.people import Meeting, Schedule, ScheduleReply
from tests.some import some

WARSAW = ZoneInfo("Europe/Warsaw")  # clocks are put forward on 29 March 2026 and back on 25 October
MINUTE = 60


def on(hour: int, minute: int = 0, *, of: date = date(2026, 11, 27), second: int = 0) -> datetime:
    """A time of a Friday in winter, or of another day."""
    return datetime(of.year, of.month, of.day, hour, minute, second, tzinfo=WARSAW)


def meeting(topic: str, start: datetime, minutes: int = 30, **more: object) -> Meeting:
    times = Schedule(start_time=int(start.timestamp()), duration=minutes * MINUTE)
    return Meeting(id=topic, topic=topic, owner="anna@example.org", schedule=times, **more)  # type: ignore[arg-type]


def weekly(topic: str, first: datetime, days: tuple[int, ...], minutes: int = 30, offset: int | None = None) -> Meeting:
    """`days`: from Sunday on."""
    once = meeting(topic, first, minutes)
    times = msgspec.structs.replace(once.schedule, days=days, special_time_offset=offset)
    return msgspec.structs.replace(once, schedule=times, schedule_type="week")


def said(meetings: tuple[Meeting, ...], clock: datetime, soon: int = 10) -> Agenda:
    return day(meetings, clock, soon * MINUTE).at(clock.timestamp())


def title(booking: Booking | None) -> str | None:
    return None if booking is None else booking.title


STANDUP = meeting("Stand-up", on(9))
REVIEW = meeting("Review", on(10), 60)
WORKDAYS = (0, 1, 1, 1, 1, 1, 0)


@pytest.mark.parametrize(
    ("hour", "minute", "now", "coming", "soon"),
    [
        (8, 49, None, "Stand-up", False),
        (8, 50, None, "Stand-up", True),
        (9, 0, "Stand-up", "Review", False),
        (9, 29, "Stand-up", "Review", False),
        (9, 30, None, "Review", False),
        (9, 50, None, "Review", True),
        (10, 0, "Review", None, False),
        (10, 59, "Review", None, False),
        (11, 0, None, None, False),
    ],
)
def test_a_morning(hour: int, minute: int, now: str | None, coming: str | None, soon: bool) -> None:
    agenda = said((REVIEW, STANDUP), on(hour, minute))
    assert (title(agenda.now), title(agenda.next), agenda.soon) == (now, coming, soon)
    assert [booking.title for booking in agenda.today] == ["Stand-up", "Review"]
    assert agenda.known


def test_a_booking_says_when_by_whom_and_how_to_take_part() -> None:
    booking = some(said((STANDUP,), on(8)).next)
    assert booking == Booking(
        title="Stand-up", start=on(9), end=on(9, 30), owner="anna@example.org", peer_id="\\c\\Stand-up"
    )
    assert (booking.start.hour, booking.source, booking.all_day) == (9, "terminal", False)


def test_the_moments_at_which_it_changes_are_all_there_are() -> None:
    today = day((STANDUP, REVIEW), on(0), 10 * MINUTE)
    moment, moments = on(0).timestamp(), []
    while moment < today.ends:
        moment = today.changes_at(moment)
        moments.append(datetime.fromtimestamp(moment, WARSAW).strftime("%H:%M"))
    assert moments == ["08:50", "09:00", "09:30", "09:50", "10:00", "11:00", "00:00"]


@pytest.mark.parametrize(("soon", "minutes"), [(0, 0), (60, 60)])
def test_how_soon_is_soon_is_configured(soon: int, minutes: int) -> None:
    assert not said((REVIEW,), on(9, 0) - timedelta(seconds=1), soon).soon
    assert said((REVIEW,), on(10) - timedelta(minutes=minutes), soon).soon is (soon > 0)


def test_of_several_that_are_on_the_last_to_begin_counts() -> None:
    agenda = said((meeting("Long", on(8), 600), REVIEW, meeting("Also", on(9, 30), 120)), on(10, 30))
    assert (title(agenda.now), agenda.others) == ("Review", 2)


def test_a_day_off_hides_no_meeting_and_never_comes_soon() -> None:
    holiday = meeting("Holiday", on(0), 24 * 60)
    assert title(said((holiday, STANDUP), on(9, 10)).now) == "Stand-up"
    agenda = said((holiday, STANDUP), on(8))
    assert (title(agenda.now), agenda.others, title(agenda.next)) == ("Holiday", 0, "Stand-up")
    before = said((holiday,), on(23, 55, of=date(2026, 11, 26)))
    assert (before.now, before.next, before.soon) == (None, None, False)


def test_a_day_of_23_hours_is_a_whole_day() -> None:
    start = on(0, of=date(2026, 3, 29))
    booking = said((meeting("Holiday", start, 23 * 60),), start).now
    assert some(booking).all_day
    end = some(some(booking).end)
    assert (end.hour, end.day) == (0, 30)


@pytest.mark.parametrize("minutes", [0, -60])
def test_without_an_end_it_is_on_for_an_hour(minutes: int) -> None:
    endless = meeting("Endless", on(9), minutes)
    agenda = said((endless,), on(9, 59))
    assert (title(agenda.now), agenda.now and agenda.now.end) == ("Endless", None)
    assert said((endless,), on(10)).now is None


@pytest.mark.parametrize("state", ["cancelled", "Canceled", "deleted"])
def test_a_cancelled_meeting_is_none(state: str) -> None:
    assert said((meeting("Off", on(9), state=state),), on(9, 10)) == Agenda(known=True)


@pytest.mark.parametrize("start", [0, -5, 10**18, -(10**18)])
def test_a_virtual_room_and_a_time_that_cannot_be_are_no_meetings(start: int) -> None:
    room = Meeting(id="1", schedule=Schedule(start_time=start, duration=10**18))
    assert said((room,), on(9)) == Agenda(known=True)


def test_a_meeting_that_never_ends_is_bounded() -> None:
    forever = Meeting(id="1", schedule=Schedule(start_time=int(on(9).timestamp()), duration=10**18))
    booking = said((forever,), on(10)).now
    assert some(some(booking).end).year == 2027


def test_one_that_goes_on_past_midnight_is_on_today_and_tomorrow() -> None:
    night = meeting("Night", on(23), 120)
    agenda = said((night,), on(0, 30, of=date(2026, 11, 28)))
    assert (title(agenda.now), [each.title for each in agenda.today]) == ("Night", ["Night"])
    assert title(said((night,), on(23, 30)).now) == "Night"


def test_the_next_one_may_be_tomorrow_and_not_later() -> None:
    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)
    agenda = said((meeting("Sat", on(9, of=saturday)),), on(20, of=friday))
    assert (title(agenda.next), agenda.today) == ("Sat", ())
    assert said((meeting("Sun", on(9, of=date(2026, 11, 29))),), on(20, of=friday)).next is None


@pytest.mark.parametrize(
    ("clock", "coming"),
    [
        (on(8, of=date(2026, 11, 27)), on(9, of=date(2026, 11, 27))),  # a Friday
        (on(10, of=date(2026, 11, 27)), None),  # Saturday is none of its days
        (on(10, of=date(2026, 11, 29)), on(9, of=date(2026, 11, 30))),  # on Sunday, the next is on Monday
        (on(8, of=date(2026, 3, 27)), on(9, of=date(2026, 3, 27))),
        (on(8, of=date(2026, 3, 30)), on(9, of=date(2026, 3, 30))),  # clocks were put forward: still at nine
    ],
)
def test_every_week_it_is_at_the_same_time_by_the_clock(clock: datetime, coming: datetime | None) -> None:
    agenda = said((weekly("Stand-up", on(9, of=date(2026, 1, 5)), WORKDAYS),), clock)
    assert (agenda.next and agenda.next.start) == coming


def test_every_week_does_not_mean_before_the_first() -> None:
    first = on(9, of=date(2026, 11, 30))
    assert said((weekly("Stand-up", first, WORKDAYS),), on(8)).next is None
    assert said((weekly("Stand-up", first, WORKDAYS),), on(8, of=date(2026, 11, 30))).next is not None


def test_every_week_past_midnight() -> None:
    night = weekly("Night", on(22, of=date(2026, 11, 1)), (0, 0, 0, 0, 0, 1, 0), 6 * 60)
    assert title(said((night,), on(3, of=date(2026, 11, 28))).now) == "Night"
    assert said((night,), on(4, of=date(2026, 11, 28))).now is None


def test_the_days_of_an_owner_elsewhere_are_days_there() -> None:
    """A Monday at 01:00 in Vladivostok is a Sunday at 16:00 here."""
    first = datetime(2026, 11, 1, 15, tzinfo=UTC)
    far = weekly("Far", first, (0, 1, 0, 0, 0, 0, 0), offset=600)
    agenda = said((far,), on(12, of=date(2026, 11, 29)))
    assert some(agenda.next).start == on(16, of=date(2026, 11, 29))


def test_an_offset_that_is_the_rooms_own_means_its_clock() -> None:
    summer = weekly("Stand-up", on(9, of=date(2026, 7, 1)), WORKDAYS, offset=120)
    agenda = said((summer,), on(8))
    assert some(agenda.next).start == on(9)  # and not 8:00, as two hours before UTC would be


@pytest.mark.parametrize("offset", [10**9, -(10**9), 1440])
def test_an_offset_that_cannot_be_is_none(offset: int) -> None:
    agenda = said((weekly("Stand-up", on(9, of=date(2026, 11, 2)), WORKDAYS, offset=offset),), on(8))
    assert some(agenda.next).start == on(9)


@pytest.mark.parametrize("days", [(), (1,), (0,) * 7, (1,) * 8])
def test_days_that_are_no_week_are_none(days: tuple[int, ...]) -> None:
    agenda = said((weekly("Once", on(9), days),), on(8))
    assert title(agenda.next) == "Once"


def test_across_the_night_on_which_clocks_are_put_back() -> None:
    """From half past one to half past three by the clock it is three hours."""
    start = on(1, 30, of=date(2026, 10, 25))
    booking = said((meeting("Night", start, 180),), start).now
    end = some(some(booking).end)
    assert (end.hour, end.minute) == (3, 30)
    assert end - some(booking).start == timedelta(hours=3)


def test_a_title_is_as_it_was_written_and_bounded() -> None:
    written = "<b>Budget</b> & " + "x" * 10_000
    booking = said((meeting(written, on(9)),), on(8)).next
    assert some(booking).title == written[:LONGEST_TITLE]


def test_the_same_meeting_told_twice_is_one() -> None:
    assert said((STANDUP, STANDUP), on(9, 10)).others == 0


def test_a_thousand_meetings() -> None:
    many = tuple(meeting(f"{n:04}", on(0) + timedelta(minutes=n), 60) for n in range(1000))
    agenda = said(tuple(reversed(many)), on(8, 0, second=30))
    assert (title(agenda.now), agenda.others, title(agenda.next)) == ("0480", 59, "0481")
    assert len(agenda.today) == 1000


def test_as_a_newer_terminal_tells_it() -> None:
    frame = (
        b'{"method": "getScheduler", "cnt": 1, "result": true, "conferences": [{"id": "4711", "topic": "Weekly",'
        b' "schedule_type": "week", "schedule": {"start_time": 1767601800, "duration": 1800,'
        b' "days": [0, 1, 1, 1, 1, 1, 0]}}]}'
    )
    reply = decode_as(ScheduleReply, frame)
    agenda = said(reply.conferences or (), on(8))
    assert (some(agenda.next).start, some(agenda.next).peer_id) == (on(9, 30), "\\c\\4711")


moments = st.integers(-(10**12), 10**12) | st.integers(1_700_000_000, 1_800_000_000)
meetings = st.builds(
    Meeting,
    id=st.text(max_size=5),
    topic=st.text(max_size=5),
    state=st.sampled_from(["running", "stopped", "cancelled", ""]),
    schedule=st.builds(
        Schedule,
        start_time=moments,
        duration=st.integers(-(10**12), 10**12) | st.integers(0, 10_000),
        special_time_offset=st.none() | st.integers(-2000, 2000),
        days=st.lists(st.integers(-1, 2), max_size=8).map(tuple),
    ),
)


@given(st.lists(meetings, max_size=6).map(tuple), st.integers(1_700_000_000, 1_800_000_000), st.integers(0, 60))
def test_whatever_a_schedule_holds(several: tuple[Meeting, ...], moment: int, soon: int) -> None:
    clock = datetime.fromtimestamp(moment, WARSAW)
    today = day(several, clock, soon * MINUTE)
    agenda = today.at(moment)
    assert agenda.now is None or agenda.now.start <= clock < agenda.now.over
    assert agenda.next is None or clock < agenda.next.start
    assert not agenda.soon or agenda.next is not None
    assert moment < today.changes_at(moment) <= today.ends
    until = (today.changes_at(moment) + moment) / 2
    assert today.at(until) == agenda  # nothing changes before it is said to
