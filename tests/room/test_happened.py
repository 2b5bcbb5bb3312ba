import re
from typing import Any

import msgspec
import pytest

from appliance.room.happened import GESTURES, KINDS, TYPES, Event, of_call, of_input
from appliance.room.inputs import Held, Hook, Pressed, Released
from appliance.room.parts.call import CallEnd, Ending
from appliance.room.state import Phase, RoomState
from appliance.services.link.listening import FINGERS

IDLE = RoomState(phase=Phase.IDLE)


def happened(before: RoomState, **changed: Any) -> list[tuple[str, str]]:
    return [(event.event_type, event.detail) for event in of_call(before, msgspec.structs.replace(before, **changed))]


@pytest.mark.parametrize(
    ("before", "phase", "events"),
    [
        (Phase.IDLE, Phase.RINGING, ["ringing"]),
        (Phase.IDLE, Phase.CALLING, ["calling"]),
        (Phase.RINGING, Phase.IN_CALL, ["begun"]),
        (Phase.IN_CALL, Phase.WAITING_ROOM, []),
        (Phase.IN_CALL, Phase.CLOSING, []),
        (Phase.IN_CALL, Phase.IN_CALL, []),
        (Phase.UNKNOWN, Phase.IDLE, []),
    ],
)
def test_what_happens_to_a_call(before: Phase, phase: Phase, events: list[str]) -> None:
    state = RoomState(phase=before)
    assert happened(state, phase=phase) == [(event, "") for event in events]


def test_the_end_says_how_and_comes_once() -> None:
    talking = RoomState(phase=Phase.IN_CALL)
    end = CallEnd(Ending.PEER_LEFT, 5.0)
    assert happened(talking, phase=Phase.IDLE, last_end=end) == [("ended", "peer_left")]
    assert happened(RoomState(last_end=end), volume=0.3) == []


def test_fingers_on_buttons() -> None:
    assert of_input(Pressed("call")) == Event(kind="button", event_type="pressed", detail="call")
    assert of_input(Held("call", 1)) == Event(kind="button", event_type="held", detail="call")
    assert of_input(Released("call")) == Event(kind="button", event_type="released", detail="call")
    assert of_input(Hook(off=True)) is None


def test_what_programs_are_told_of_fingers_are_events() -> None:
    assert frozenset(GESTURES) == FINGERS


def test_the_types_for_programs_are_those_that_are_documented() -> None:
    said = {kind: set(re.findall(r"`(\w+)`", text)) - {"detail", "by"} for kind, text in KINDS.items()}
    assert said == {kind: set(types) for kind, types in TYPES.items()}


def test_every_type_that_is_made_is_among_them() -> None:
    assert set(GESTURES.values()) == set(TYPES["button"])
    states = [RoomState(phase=phase, last_end=CallEnd(Ending.PEER_LEFT, 5.0)) for phase in Phase]
    made = {event.name for state in states for event in of_call(IDLE, state)}
    assert made == {f"call.{each}" for each in TYPES["call"]}
