"""The action `update`: asks for what is offered, and says so where nothing is."""

import msgspec
import pytest

from appliance.room import actions
from appliance.room.decide.decide import decide
from appliance.room.decide.habits import Habits
from appliance.room.intents.box import AskForUpdate
from appliance.room.intents.shown import Explain
from appliance.room.local_events.shown import NoticeShown
from appliance.room.settle import _MEMORIES
from appliance.room.state import RoomState
from appliance.room.update import Update, UpdatePhase

ROOM = RoomState(update=Update("0.1.0", "0.2.0", UpdatePhase.OFFERED))


def test_what_is_offered_is_asked_for() -> None:
    assert decide(actions.InstallUpdate(), ROOM, Habits()) == (AskForUpdate("0.2.0"),)
    told = _MEMORIES[AskForUpdate](AskForUpdate("0.2.0"), 10.0)
    assert isinstance(told, NoticeShown)
    assert str(told.text) == "Version 0.2.0 will be installed"


@pytest.mark.parametrize(
    "update",
    [
        Update(),
        Update("0.2.0"),
        *(Update("0.1.0", "0.2.0", phase) for phase in UpdatePhase if phase is not UpdatePhase.OFFERED),
    ],
)
def test_without_one_that_is_said(update: Update) -> None:
    (intent,) = decide(actions.InstallUpdate(), msgspec.structs.replace(ROOM, update=update), Habits())
    assert isinstance(intent, Explain)
    assert str(intent.text) == "There is no newer version"
