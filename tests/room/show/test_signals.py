"""What coloured lights show: the first signal of a table that is so."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.presence import Presence
from appliance.room.show.indicators import Indicator, Pattern
from appliance.room.show.signals import VIEWS, signal, signals
from appliance.room.state import Phase, RoomState
from tests.room.rooms import room

EIGHT = datetime(2026, 11, 27, 8, tzinfo=UTC)
MEETING = Booking(title="Review", start=EIGHT, end=EIGHT + timedelta(hours=1))
ALL_DAY = Booking(title="Inventory", start=EIGHT, end=EIGHT + timedelta(days=1))
SOON = Agenda(known=True, soon=True)
ON_NOW = Agenda(known=True, now=MEETING)
NOTE = Agenda(known=True, now=ALL_DAY)
IN_CALL = room(Phase.IN_CALL, mic_muted=False)

DOOR = {
    "ended": room(halted=True),
    "unknown": room(Phase.OFFLINE),
    "busy": IN_CALL,
    "soon": room(agenda=SOON),
    "free": room(),
}
ROOM = {
    "ended": room(Phase.IN_CALL, mic_muted=True, halted=True),
    "no_link": RoomState(link=Link(LinkPhase.DOWN), mic_muted=True),
    "unknown": room(Phase.UNKNOWN),
    "muted": room(Phase.IN_CALL, mic_muted=True, call_waiting=Conversation(), agenda=SOON),
    "not_ready": room(Phase.LOGIN_NEEDED),
    "ringing": room(Phase.RINGING),
    "another_calls": room(Phase.IN_CALL, mic_muted=False, call_waiting=Conversation()),
    "calling": room(Phase.CALLING, agenda=SOON),
    "waiting_room": room(Phase.WAITING_ROOM),
    "ending": room(Phase.CLOSING),
    "in_call": msgspec.structs.replace(IN_CALL, agenda=SOON),
    "soon": room(agenda=SOON),
    "idle": room(),
}
CASES = [("door", name, state) for name, state in DOOR.items()] + [
    ("room", name, state) for name, state in ROOM.items()
]


@pytest.mark.parametrize(("view", "name", "state"), CASES, ids=lambda each: each if isinstance(each, str) else "")
def test_each_signal_has_its_room(view: str, name: str, state: RoomState) -> None:
    assert signal(view, state, 0.0).what.name == name


def test_every_signal_is_tried() -> None:
    assert (list(DOOR), list(ROOM)) == (list(signals("door")), list(signals("room")))


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (RoomState(), "unknown"),
        (room(Phase.UNKNOWN), "unknown"),
        (room(Phase.CALLING), "busy"),
        (room(Phase.WAITING_ROOM), "busy"),
        (room(Phase.CLOSING), "busy"),
        (room(Phase.RINGING), "free"),
        (room(agenda=ON_NOW), "busy"),
        (room(agenda=NOTE), "free"),
        (room(presence=Presence(somebody=True)), "busy"),
        (room(presence=Presence(somebody=False)), "free"),
        (room(Phase.IN_CALL, agenda=SOON), "busy"),
    ],
)
def test_the_door(state: RoomState, name: str) -> None:
    assert signal("door", state, 0.0).what.name == name


def test_a_call_whose_microphone_nobody_knows_is_not_shown_as_heard() -> None:
    assert signal("room", room(Phase.IN_CALL), 0.0).what.name == "unknown"


@pytest.mark.parametrize("view", VIEWS)
def test_signals_of_a_table_look_different(view: str) -> None:
    looks = [(row.signal.pattern, row.signal.colour) for row in VIEWS[view] if row.signal.pattern is not Pattern.OFF]
    assert len(set(looks)) == len(looks)


@given(
    phase=st.sampled_from(Phase),
    link=st.sampled_from(LinkPhase),
    mic=st.sampled_from([None, True, False]),
    agenda=st.sampled_from([Agenda(), SOON, ON_NOW, NOTE]),
    halted=st.booleans(),
)
def test_there_is_always_one_and_muted_is_never_hidden(
    phase: Phase, link: LinkPhase, mic: bool | None, agenda: Agenda, halted: bool
) -> None:
    state = RoomState(link=Link(link), phase=phase, mic_muted=mic, agenda=agenda, halted=halted)
    inside, outside = (signal(view, state, 0.0).what.name for view in ("room", "door"))
    known = link is LinkPhase.UP and not halted
    assert (inside == "muted") is (known and phase is Phase.IN_CALL and mic is True)
    assert known or (inside in {"ended", "no_link"} and outside in {"ended", "unknown"})


def test_an_indicator_is_shown_as_a_lamp_shows_it() -> None:
    assert signal("muted", room(mic_muted=True), 0.0).what.pattern is Pattern.ON
    assert signals(Indicator.MUTED) == tuple(Pattern)
