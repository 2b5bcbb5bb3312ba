"""Whether somebody is in the room."""

from typing import Any

import msgspec
import pytest

from appliance.room.local_events.outputs import PresenceIs, SensorSees
from appliance.room.parts.presence import Presence
from appliance.room.reactions.presence import presence
from appliance.room.reactions.reaction import Reaction
from appliance.room.reduce.reduce import reduce
from appliance.room.state import Phase, RoomState
from tests.room.rooms import room

MINUTES = 600.0
START = 1000.0
DOOR = "presence door"


class Living:
    """A room and the reaction, looked at whenever the room changes or the reaction has asked for it."""

    def __init__(self, state: RoomState, now: float = START) -> None:
        self.reaction: Reaction = presence([DOOR, "presence desk"], MINUTES)
        self.state, self.now, self.look_at = state, now, now
        self._before = RoomState()
        self.told: list[bool | None] = []
        self._look()

    def _look(self) -> None:
        outcome = self.reaction(self._before, self.state, self.now)
        self._before, self.look_at = self.state, outcome.look_at
        self.reaction = outcome.then or self.reaction
        for event in outcome.events:
            assert isinstance(event, PresenceIs)
            self.told.append(event.somebody)
            self.state = reduce(self.state, event, self.now)
        if outcome.events:
            self._look()

    def at(self, after: float, **fields: Any) -> bool | None:
        """The room so many seconds after the start, with these fields: whether somebody is there."""
        while self.look_at <= START + after:
            self.now = max(self.now, self.look_at)
            self._look()
        self.now = START + after
        self.state = msgspec.structs.replace(self.state, **fields)
        self._look()
        return self.state.presence.somebody

    def sees(self, after: float, *, somebody: bool) -> bool | None:
        self.at(after)
        self.state = reduce(self.state, SensorSees("door", somebody), self.now)
        self._look()
        return self.state.presence.somebody


def test_nobody_knows_at_first_and_who_was_not_seen_for_the_minutes_is_not_there() -> None:
    living = Living(room())
    assert living.at(MINUTES - 1) is None
    assert living.at(MINUTES + 1) is False


def test_one_edge_is_presence_and_absence_takes_the_minutes() -> None:
    living = Living(room())
    assert living.sees(10, somebody=True) is True
    assert living.sees(13, somebody=False) is True
    assert living.at(13 + MINUTES - 1) is True
    assert living.at(13 + MINUTES) is False
    assert living.told == [True, False]


def test_who_is_seen_all_the_time_stays_there() -> None:
    living = Living(room())
    living.sees(10, somebody=True)
    assert living.at(10 * MINUTES) is True
    assert living.look_at == float("inf")
    living.sees(10 * MINUTES, somebody=False)
    assert living.at(11 * MINUTES - 1) is True
    assert living.at(11 * MINUTES) is False


def test_who_touches_anything_is_there() -> None:
    living = Living(room())
    assert living.at(10, touched_at=START + 10) is True
    assert living.at(10 + MINUTES) is False
    assert living.at(700, touched_at=START + 700) is True


@pytest.mark.parametrize("phase", [Phase.CALLING, Phase.IN_CALL, Phase.WAITING_ROOM])
def test_who_is_in_a_call_is_there(phase: Phase) -> None:
    living = Living(room())
    assert living.at(10, phase=phase) is True
    assert living.at(5 * MINUTES) is True
    assert living.at(5 * MINUTES, phase=Phase.IDLE) is True
    assert living.at(6 * MINUTES - 1) is True
    assert living.at(6 * MINUTES) is False


def test_a_call_that_only_rings_is_nobody() -> None:
    living = Living(room())
    assert living.at(10, phase=Phase.RINGING) is None


def test_a_room_without_a_sensor_that_works_is_never_known_to_be_empty() -> None:
    living = Living(room())
    living.at(10, touched_at=START + 10, offline=frozenset({DOOR, "presence desk"}))
    assert living.at(10 + MINUTES) is None
    assert living.at(2 * MINUTES, offline=frozenset({DOOR})) is None
    assert living.at(3 * MINUTES - 1) is None, "the sensor that is back has not been on for long enough"
    assert living.at(3 * MINUTES) is False


def test_who_comes_in_wakes_the_display() -> None:
    living = Living(room())
    living.sees(10, somebody=True)
    assert living.state.active_at == START + 10
    living.sees(20, somebody=False)
    assert living.state.active_at == START + 10


def test_what_is_known_by_default() -> None:
    assert RoomState().presence == Presence(somebody=None)
