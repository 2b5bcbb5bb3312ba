"""The agenda follows the time of day: at each moment at which it changes, and when the clock or the schedule does."""

import math
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from appliance.room.local_events.meetings import AgendaIs
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.reading import Reading
from appliance.room.reactions.agenda import FOR_CLOCK, FOR_JUMP, agenda
from appliance.room.reduce.reduce import reduce
from appliance.room.state import RoomState
from appliance.terminal.messages.people import Meeting, Schedule
from tests.room.reactions.living import Living
from tests.room.rooms import room

WARSAW = ZoneInfo("Europe/Warsaw")
MORNING = datetime(2026, 11, 27, 8, 0, tzinfo=WARSAW)


def planned(topic: str, hour: int, minutes: int = 30) -> Meeting:
    start = MORNING.replace(hour=hour)
    return Meeting(id=topic, topic=topic, schedule=Schedule(start_time=int(start.timestamp()), duration=minutes * 60))


SCHEDULE = (planned("Stand-up", 9), planned("Review", 14))


def _title(booking: Booking | None) -> str | None:
    return None if booking is None else booking.title


class World:
    """A room with this reaction, and a clock on its wall that goes on with the monotonic one, or is set."""

    def __init__(self, clock: datetime | None = MORNING, **fields: Any) -> None:
        self.clock = clock
        self.now = 0.0
        self.looks = 1
        self.state = room(**{"meetings": SCHEDULE, **fields})
        self._living = Living(agenda(lambda: self.clock, 600), self.state)
        self._told()

    def _told(self) -> None:
        for event in self._living.events:
            self.state = reduce(self.state, event, self.now)
        self._living.events.clear()

    @property
    def look_at(self) -> float:
        return self._living.look_at

    def becomes(self, **fields: object) -> None:
        self.state = msgspec.structs.replace(self.state, **fields)
        self._living.sees(self.state, self.now)
        self._told()

    def until(self, clock: datetime) -> None:
        """Lets time pass until the wall says so, looking whenever the reaction wants to."""
        assert self.clock is not None
        end = self.now + (clock - self.clock).total_seconds()
        while self.look_at < end:
            self._passes(self.look_at - self.now)
            self.looks += 1
            self._living.sees(self.state, self.now)
            self._told()
        self._passes(end - self.now)

    def _passes(self, seconds: float) -> None:
        self.now += seconds
        self.clock = self.clock and self.clock + timedelta(seconds=seconds)

    @property
    def says(self) -> tuple[str | None, str | None, bool]:
        told = self.state.agenda
        return _title(told.now), _title(told.next), told.soon


def test_a_day_passes_by_itself() -> None:
    world = World()
    story = []
    for hour, minute in ((8, 0), (8, 51), (9, 1), (9, 31), (13, 51), (14, 1), (14, 31)):
        world.until(MORNING.replace(hour=hour, minute=minute))
        story.append(world.says)
    assert story == [
        (None, "Stand-up", False),
        (None, "Stand-up", True),
        ("Stand-up", "Review", False),
        (None, "Review", False),
        (None, "Review", True),
        ("Review", None, False),
        (None, None, False),
    ]
    assert world.looks < 6.6 * 3600 / FOR_JUMP + 10


def test_it_changes_at_the_very_moment() -> None:
    world = World()
    world.until(MORNING.replace(hour=9) + timedelta(milliseconds=1))
    assert world.says[0] == "Stand-up"


def test_a_clock_that_is_not_set_says_nothing_and_is_looked_at_again() -> None:
    world = World(clock=None)
    assert (world.state.agenda, world.look_at) == (Agenda(), FOR_CLOCK)
    world.clock = MORNING
    world.becomes(volume=0.5)
    assert world.says == (None, "Stand-up", False)
    assert world.state.agenda.known


@pytest.mark.parametrize("jump", [timedelta(hours=1, minutes=5), timedelta(days=-1), timedelta(days=40)])
def test_a_clock_that_is_set_is_noticed(jump: timedelta) -> None:
    world = World()
    assert world.look_at <= FOR_JUMP
    world.clock = MORNING + jump
    world.becomes(volume=0.5)
    assert world.says == (("Stand-up", "Review", False) if jump.days == 0 else (None, world.says[1], False))


def test_a_new_schedule_counts_at_once() -> None:
    world = World()
    world.becomes(meetings=(planned("Other", 8),))
    assert world.says == ("Other", None, False)


def test_nothing_is_said_twice() -> None:
    world = World()
    before = world.state.agenda
    world.becomes(volume=0.5)
    world.becomes(meetings=tuple(SCHEDULE))
    assert world.state.agenda is before


@pytest.mark.parametrize("state", [RoomState(), RoomState(link=Link(LinkPhase.DOWN), meetings=SCHEDULE)])
def test_without_a_link_nothing_is_known(state: RoomState) -> None:
    living = Living(agenda(lambda: MORNING, 600), state)
    assert (living.events, living.look_at) == ([], math.inf)


def test_a_schedule_that_was_not_read_yet_is_not_an_empty_one() -> None:
    world = World(meetings=(), stale={Reading.SCHEDULE: 0.0})
    assert world.state.agenda == Agenda()
    world.becomes(stale={})
    assert world.state.agenda == Agenda(known=True)


def test_a_schedule_that_is_read_again_is_as_good_as_the_last() -> None:
    assert World(stale={Reading.SCHEDULE: 0.0}).says == (None, "Stand-up", False)


def test_after_a_lost_link_it_is_said_again() -> None:
    world = World()
    kept = world.state
    world.becomes(link=Link(LinkPhase.DOWN), meetings=(), agenda=Agenda())
    world.becomes(link=kept.link, meetings=kept.meetings)
    assert world.says == (None, "Stand-up", False)


def test_what_it_says_are_events_of_the_room() -> None:
    living = Living(agenda(lambda: MORNING, 600), room(meetings=SCHEDULE))
    assert [type(event) for event in living.events] == [AgendaIs]
    assert living.inputs == living.reads == []
