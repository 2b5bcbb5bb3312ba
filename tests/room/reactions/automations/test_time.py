"""Automations that follow the time of day, the schedule, touches, and somebody who is busy."""

import math
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from appliance.language.text import Text
from appliance.room import actions
from appliance.room.inputs import Automatic
from appliance.room.local_events.closed import NightIs
from appliance.room.local_events.shown import NoticeShown
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.call import CallAsked, CallEnd, Ending
from appliance.room.parts.closed import Undisturbed
from appliance.room.parts.conference import Company
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.presence import Presence
from appliance.room.reactions.automations.alone import hang_up_alone
from appliance.room.reactions.automations.busy import retry_busy
from appliance.room.reactions.automations.meetings import SHOWN, end_countdown, join_meetings
from appliance.room.reactions.automations.time_of_day import daily_restart, night
from appliance.room.reactions.automations.wake import wake
from appliance.room.state import Phase, RoomState
from appliance.room.texts import ALONE, BUSY_KEY, calls_again, meeting_ends
from tests.room.reactions.living import Living
from tests.room.rooms import ANNA, OWN_GROUP, P2P, ROOM, room

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
IDLE = room()
RESTART = Automatic(actions.RestartTerminal())


def becomes(state: RoomState, **fields: Any) -> RoomState:
    return msgspec.structs.replace(state, **fields)


class Wall:
    """The clock on the wall, which goes as the test wants."""

    def __init__(self, local: datetime | None) -> None:
        self.local = local

    def __call__(self) -> datetime | None:
        return self.local


def berlin(*moment: int) -> datetime:
    """A moment in UTC as the wall in Berlin has it."""
    return datetime(*moment, tzinfo=UTC).astimezone(BERLIN)  # type: ignore[misc,arg-type]  # year to minute


def test_it_is_night_between_two_times_also_across_midnight() -> None:
    wall = Wall(NOON)
    living = Living(night(wall, time(22), time(6, 30)), IDLE)
    assert (living.events, living.look_at) == ([], 300.0)  # somebody may set the clock
    for local, dark in ((NOON.replace(hour=22), True), (NOON.replace(hour=6, minute=29), True)):
        wall.local = local
        living.sees(becomes(IDLE, night=False), 1.0)
        assert living.events.pop() == NightIs(dark)
    wall.local = NOON.replace(hour=6, minute=30)
    living.sees(becomes(IDLE, night=True), 2.0)
    assert living.events == [NightIs(False)]
    wall.local = NOON.replace(hour=21, minute=59)
    assert living.sees(IDLE, 3.0).look_at == 63.0


def test_without_the_time_of_day_there_is_no_night_and_no_restart() -> None:
    assert Living(night(Wall(None), time(0), time(23)), becomes(IDLE, night=True)).events == [NightIs(False)]
    living = Living(daily_restart(Wall(None), time(4)), IDLE)
    assert (living.inputs, living.look_at) == ([], 30.0)


def lived(at: time, *moments: datetime, state: RoomState = IDLE) -> list[datetime]:
    """When the terminal was restarted, of these moments."""
    wall, found = Wall(moments[0]), list[datetime]()
    living = Living(daily_restart(wall, at), state)
    for number, local in enumerate(moments, 1):
        wall.local = local
        if living.sees(state, 1000.0 * number).inputs:
            found.append(local)
    return found


def test_the_terminal_restarts_once_a_day_and_nothing_is_made_up_for() -> None:
    first = NOON.replace(hour=3)
    days = [first + timedelta(hours=half / 2) for half in range(4 * 48)]
    assert lived(time(4), *days) == [first + timedelta(days=day, hours=1) for day in range(4)]
    assert lived(time(4), NOON, NOON + timedelta(hours=1)) == []  # the appliance started after it


def test_a_restart_on_days_with_23_and_25_hours() -> None:
    spring = [berlin(2026, 3, 29, 0, minute) for minute in range(0, 60, 10)]
    spring += [berlin(2026, 3, 29, 1, minute) for minute in range(0, 60, 10)]  # 02:30 is left out: it is 03:00 then
    assert lived(time(2, 30), *spring) == [berlin(2026, 3, 29, 1, 0)]
    autumn = [berlin(2026, 10, 25, hour, minute) for hour in (0, 1) for minute in range(0, 60, 10)]
    assert lived(time(2, 30), *autumn) == [berlin(2026, 10, 25, 0, 30)]  # 02:30 comes twice


@pytest.mark.parametrize(
    "busy",
    [
        {"phase": Phase.IN_CALL, "conversation": P2P},
        {"call_asked": CallAsked(ANNA, 9999.0)},
        {"held": frozenset({"left"})},
        {"touched_at": 1990.0},
        {"agenda": Agenda(known=True, soon=True)},
        {"link": Link(LinkPhase.DOWN)},
    ],
)
def test_a_restart_waits_until_the_room_is_free_and_not_for_ever(busy: dict[str, Any]) -> None:
    wall = Wall(NOON.replace(hour=3))
    living = Living(daily_restart(wall, time(4)), IDLE)
    wall.local = NOON.replace(hour=4)
    living.sees(becomes(IDLE, **busy), 2000.0)
    assert (living.inputs, living.look_at) == ([], 2060.0)
    free = becomes(IDLE, link=busy.get("link", IDLE.link) if "link" not in busy else Link(LinkPhase.UP))
    living.sees(free, 3000.0)
    living.sees(free, 3001.0)
    assert living.inputs == [RESTART]
    late = Living(daily_restart(wall, time(4)), becomes(IDLE, **busy))
    wall.local = NOON.replace(hour=9)
    late.sees(IDLE, 9000.0)
    assert late.inputs == []


MEETING = Booking(title="Plans", start=NOON, end=NOON + timedelta(hours=1), peer_id=r"\c\1")
BEFORE = becomes(IDLE, agenda=Agenda(known=True, next=MEETING, soon=True))
ON = becomes(IDLE, agenda=Agenda(known=True, now=MEETING))
JOIN = Automatic(actions.CallPeer(r"\c\1"))


def test_a_meeting_that_begins_is_joined_once() -> None:
    living = Living(join_meetings(Wall(NOON)), BEFORE)
    for now, state in enumerate((ON, BEFORE, ON), 1):  # as a schedule that comes twice
        living.sees(state, float(now))
    assert living.inputs == [JOIN]


@pytest.mark.parametrize(
    ("before", "on", "local"),
    [
        (BEFORE, becomes(ON, phase=Phase.IN_CALL, conversation=P2P), NOON),
        (BEFORE, becomes(ON, undisturbed=Undisturbed()), NOON),
        (BEFORE, becomes(ON, link=Link(LinkPhase.UP)), NOON),  # it began while there was no link
        (BEFORE, ON, NOON + timedelta(minutes=3)),  # somebody has entered it late, or has set the clock
        (BEFORE, ON, None),
        (IDLE, ON, NOON),  # the schedule was not known before
        (BEFORE, becomes(ON, agenda=Agenda(known=True, now=msgspec.structs.replace(MEETING, peer_id=""))), NOON),
    ],
)
def test_a_meeting_is_left_to_people(before: RoomState, on: RoomState, local: datetime | None) -> None:
    living = Living(join_meetings(Wall(local)), before)
    living.sees(on, 1.0)
    assert living.inputs == []


def test_a_call_hears_that_its_meeting_ends_at_each_mark_once() -> None:
    wall = Wall(NOON + timedelta(minutes=50))
    talks = becomes(ON, phase=Phase.IN_CALL, conversation=P2P)
    living = Living(end_countdown(wall, (1, 5)), talks)
    assert living.look_at == 300.0
    for now, minute in ((300.0, 55), (301.0, 55), (540.0, 59), (600.0, 60), (700.0, 62)):
        wall.local = NOON + timedelta(minutes=minute)
        living.sees(talks, now)
    said = [(300.0, 5), (540.0, 1)]
    assert living.events == [NoticeShown(meeting_ends(minutes), at + SHOWN) for at, minutes in said]


def test_whoever_comes_late_or_talks_outside_a_meeting_hears_nothing() -> None:
    wall = Wall(NOON + timedelta(minutes=57))
    living = Living(end_countdown(wall, (5,)), IDLE)
    talks = becomes(IDLE, phase=Phase.IN_CALL, conversation=P2P)
    living.sees(talks, 1.0)
    assert living.look_at == math.inf
    living.sees(becomes(talks, agenda=ON.agenda), 2.0)
    assert living.events == []


ASLEEP = becomes(IDLE, sleeping=True, presence=Presence(somebody=False))


@pytest.mark.parametrize(
    ("touch", "presence", "found", "wakes"),
    [
        (True, False, {"touched_at": 5.0}, True),
        (False, True, {"touched_at": 5.0}, False),
        (False, True, {"presence": Presence(somebody=True)}, True),
        (True, False, {"presence": Presence(somebody=True)}, False),
        (True, True, {"touched_at": 5.0, "link": Link(LinkPhase.UP)}, False),
        (True, True, {"touched_at": 5.0, "sleeping": False}, False),
        (True, True, {"volume": 0.5}, False),
    ],
)
def test_a_terminal_wakes_for_whom_it_should(touch: bool, presence: bool, found: dict[str, Any], wakes: bool) -> None:
    living = Living(wake(touch=touch, presence=presence), ASLEEP)
    living.sees(becomes(ASLEEP, **found), 5.0)
    living.sees(becomes(ASLEEP, **found), 6.0)
    assert living.inputs == ([Automatic(actions.Wake())] if wakes else [])


def test_the_press_that_sends_it_to_sleep_does_not_wake_it() -> None:
    awake = becomes(ASLEEP, sleeping=False)
    living = Living(wake(touch=True, presence=True), awake)
    living.sees(becomes(ASLEEP, touched_at=5.0), 5.0)
    assert living.inputs == []


ALONE_THERE = Company(listed=True, present=frozenset({ROOM}))
GROUP = becomes(IDLE, phase=Phase.IN_CALL, conversation=OWN_GROUP, company=ALONE_THERE)


def test_a_conference_with_nobody_else_ends_and_says_so_a_minute_before() -> None:
    living = Living(hang_up_alone(300.0), IDLE)
    living.sees(GROUP, 10.0)
    assert living.look_at == 250.0
    living.sees(GROUP, 250.0)
    living.sees(becomes(GROUP, volume=0.5), 260.0)
    assert ([event.text for event in living.events], living.look_at) == ([ALONE], 310.0)  # type: ignore[attr-defined]
    living.sees(GROUP, 310.0)
    living.sees(GROUP, 999.0)
    assert living.inputs == [Automatic(actions.HangUp())]


def test_whoever_comes_back_or_touches_something_is_not_alone() -> None:
    living = Living(hang_up_alone(300.0), IDLE)
    living.sees(GROUP, 10.0)
    living.sees(becomes(GROUP, touched_at=200.0), 200.0)
    assert living.look_at == 440.0
    living.sees(becomes(GROUP, company=Company(listed=True, present=frozenset({ROOM, ANNA}))), 400.0)
    assert living.look_at == math.inf
    for unknown in (becomes(GROUP, company=Company()), becomes(GROUP, conversation=P2P)):
        living.sees(unknown, 401.0)
        assert (living.inputs, living.look_at) == ([], math.inf)


CALLS = becomes(IDLE, phase=Phase.CALLING, conversation=P2P, touched_at=1.0)


def busy_at(at: float) -> RoomState:
    return becomes(
        CALLS, phase=Phase.IDLE, conversation=None, last_end=CallEnd(Ending.REFUSED, at, "Anna", Text(BUSY_KEY))
    )


def test_who_is_busy_is_called_again_so_many_times_and_it_is_said() -> None:
    living = Living(retry_busy(2, 30.0), becomes(IDLE, touched_at=1.0))
    for begun in (0.0, 100.0, 200.0):
        living.sees(CALLS, begun + 1)
        living.sees(busy_at(begun + 2), begun + 2)
        living.sees(busy_at(begun + 2), begun + 32)
    assert living.inputs == [Automatic(actions.CallPeer(ANNA))] * 2
    said = [calls_again("Anna", 30, count, 2) for count in (1, 2)]
    assert [event.text for event in living.events if isinstance(event, NoticeShown)] == said
    assert living.look_at == math.inf


@pytest.mark.parametrize(
    "meanwhile",
    [{"touched_at": 10.0}, {"phase": Phase.RINGING, "conversation": P2P}, {"link": Link(LinkPhase.UP)}],
)
def test_whatever_somebody_does_and_another_call_end_the_tries(meanwhile: dict[str, Any]) -> None:
    living = Living(retry_busy(2, 30.0), becomes(IDLE, touched_at=1.0))
    for now, state in ((1.0, CALLS), (2.0, busy_at(2.0)), (10.0, becomes(busy_at(2.0), **meanwhile))):
        living.sees(state, now)
    living.sees(busy_at(2.0), 32.0)
    living.sees(busy_at(2.0), 62.0)
    assert living.inputs == []


def test_who_declines_or_is_busy_for_a_call_of_another_session_is_not_called_again() -> None:
    declined = becomes(busy_at(2.0), last_end=CallEnd(Ending.REFUSED, 2.0, "Anna", Text("rejected.rejected")))
    for ended in (declined, becomes(busy_at(2.0), link=Link(LinkPhase.UP))):
        living = Living(retry_busy(2, 30.0), becomes(IDLE, touched_at=1.0))
        living.sees(CALLS, 1.0)
        living.sees(ended, 2.0)
        living.sees(ended, 60.0)
        assert (living.inputs, living.events) == ([], [])
