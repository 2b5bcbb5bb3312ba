"""The button that joins a meeting is one whose press would, and only while it would."""

from datetime import UTC, datetime

import pytest

from appliance.room.bindings.bindings import Bindings, bind
from appliance.room.bindings.joins import joins
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.state import Phase, RoomState
from tests.room.rooms import room

MEETING = Booking(title="Review", start=datetime(2026, 11, 27, 9, tzinfo=UTC), peer_id="\\c\\1")
NOWHERE = Booking(title="Lunch", start=MEETING.start)
BINDINGS = Bindings(buttons={"mute": bind("mute"), "join": bind("join next"), "also": bind("join next")})


@pytest.mark.parametrize(
    ("state", "button"),
    [
        (room(agenda=Agenda(now=MEETING)), "join"),
        (room(agenda=Agenda(next=MEETING, soon=True)), "join"),
        (room(agenda=Agenda(next=MEETING)), ""),
        (room(agenda=Agenda(now=NOWHERE)), ""),
        (room(agenda=Agenda()), ""),
        (room(Phase.CALLING, agenda=Agenda(now=MEETING)), ""),
        (RoomState(agenda=Agenda(now=MEETING)), ""),
    ],
)
def test_which_button_joins(state: RoomState, button: str) -> None:
    assert joins(BINDINGS.buttons, BINDINGS, state) == button


def test_no_other_button_does() -> None:
    assert joins(["mute"], BINDINGS, room(agenda=Agenda(now=MEETING))) == ""
