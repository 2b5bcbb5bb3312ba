"""Who comes is seen to have come, and what nobody comes for is released."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from appliance.room.meetings.bookings import Bookings, Rules
from appliance.room.meetings.door import ended
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.presence import Presence
from appliance.room.reactions.agenda import agenda
from appliance.room.reactions.door import LEAVING, WATCHED, door
from appliance.room.reduce.reduce import reduce
from appliance.room.state import Phase
from tests.room.reactions.living import Living
from tests.room.reactions.test_agenda import MORNING, planned
from tests.room.rooms import room

RULES = Rules(check_in=True, release_after=600)
STANDUP = planned("Stand-up", 9)
MINUTES = 60.0


class World:
    """A room with both reactions, and the clock on its wall."""

    def __init__(self, *meetings: Any, rules: Rules = RULES) -> None:
        self.clock: datetime | None = MORNING.replace(hour=8, minute=30)
        self.now = 0.0
        self.state = room(meetings=meetings or (STANDUP,))
        self._living = [
            Living(agenda(self._time, 600, rules), self.state),
            Living(door(self._time, rules), self.state),
        ]
        self._settle()

    def _time(self) -> datetime | None:
        return self.clock

    def _settle(self) -> None:
        """Until nothing follows any more."""
        for _ in range(10):
            before = self.state
            for living in self._living:
                for event in living.events:
                    self.state = reduce(self.state, event, self.now)
                living.events.clear()
                living.sees(self.state, self.now)
            if self.state is before and not any(living.events for living in self._living):
                return
        pytest.fail("the reactions go round in circles")

    def becomes(self, **fields: object) -> None:
        self.state = msgspec.structs.replace(self.state, **fields)
        self._settle()

    def until(self, hour: int, minute: int, second: int = 0) -> None:
        assert self.clock is not None
        end = self.now + (self.clock.replace(hour=hour, minute=minute, second=second) - self.clock).total_seconds()
        while (look := min(living.look_at for living in self._living)) < end:
            self._passes(max(look, self.now + 1e-3) - self.now)
            self._settle()
        self._passes(end - self.now)
        self._settle()

    def _passes(self, seconds: float) -> None:
        self.now += seconds
        self.clock = self.clock and self.clock + timedelta(seconds=seconds)

    def sees(self, *sensors: str) -> None:
        """Sensors see somebody at this moment, or (none) nobody."""
        seen_at = self.now if sensors else self.state.presence.seen_at
        self.becomes(presence=Presence(None, frozenset(sensors), seen_at))

    @property
    def confirmed(self) -> list[bool | None]:
        return [each.confirmed for each in self.state.agenda.today]

    @property
    def released(self) -> list[bool]:
        return [each.released for each in self.state.agenda.today]


def test_what_nobody_comes_for_is_released_and_still_there() -> None:
    world = World()
    world.until(9, 9, 59)
    assert (world.released, len(world.state.agenda.waiting)) == ([False], 1)
    world.until(9, 10, 1)
    assert (world.released, world.state.agenda.now, world.state.agenda.waiting) == ([True], None, ())
    assert world.state.meetings == (STANDUP,)
    (booking,) = world.state.agenda.today
    assert (booking.over - booking.start).total_seconds() == pytest.approx(600, abs=1)


def test_without_a_time_nothing_is_ever_released() -> None:
    world = World(rules=Rules(check_in=True))
    world.until(9, 29)
    assert (world.released, world.confirmed, world.state.agenda.waiting) == ([False], [False], ())


@pytest.mark.parametrize("phase", [Phase.CALLING, Phase.IN_CALL, Phase.WAITING_ROOM])
def test_a_call_of_the_room_says_that_somebody_has_come(phase: Phase) -> None:
    world = World()
    world.until(8, 49)
    world.becomes(phase=phase)
    assert world.confirmed == [False]
    world.until(8, 50, 1)
    assert world.confirmed == [True]
    world.becomes(phase=Phase.IDLE)
    world.until(9, 20)
    assert world.released == [False]


def test_a_room_that_somebody_calls_may_be_empty() -> None:
    world = World()
    world.until(8, 55)
    world.becomes(phase=Phase.RINGING)
    assert world.confirmed == [False]


def test_a_sensor_says_so_too() -> None:
    world = World()
    world.until(8, 45)
    world.sees("door")
    world.sees()
    world.until(9, 5)
    assert world.confirmed == [False]
    world.sees("door")
    assert world.confirmed == [True]


def test_the_people_of_the_meeting_before_have_not_come_for_the_next() -> None:
    world = World(planned("Before", 8, 60), STANDUP)
    world.sees("table")
    world.until(8, 59)
    world.becomes(phase=Phase.IN_CALL)
    assert world.confirmed[1] is False
    world.becomes(phase=Phase.IDLE)
    world.until(9, 1)
    world.sees()
    world.until(9, 10, 1)
    assert world.released == [False, True]


def test_who_stays_long_enough_has_come() -> None:
    world = World(planned("Before", 8, 60), STANDUP)
    world.sees("table")
    world.until(9, 1, 59)
    assert world.confirmed[1] is False
    world.until(9, 2, 1)
    assert world.confirmed[1] is True
    assert LEAVING == 120


def test_a_box_that_has_just_started_does_not_release_at_once() -> None:
    world = World()
    world.becomes(link=Link(LinkPhase.DOWN))
    world.until(9, 20)
    assert world.state.agenda.known is False
    world.becomes(link=room().link)
    world.until(9, 24, 59)
    assert world.released == [False]
    world.until(9, 25, 1)
    assert (world.released, WATCHED) == ([True], 300)


def test_while_the_time_is_not_known_nothing_follows() -> None:
    world = World()
    world.clock = None
    world.becomes(volume=0.5)
    world.becomes(phase=Phase.IN_CALL)
    assert world.state.bookings == Bookings()


def test_what_was_given_up_is_not_taken_again() -> None:
    world = World()
    world.until(9, 1)
    assert world.clock is not None
    world.becomes(bookings=ended(world.state.bookings, world.state.agenda.today[0], world.clock.timestamp()))
    kept = world.state.bookings
    world.becomes(phase=Phase.IN_CALL)
    world.until(9, 20)
    assert world.state.bookings is kept
