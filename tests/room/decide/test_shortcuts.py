"""Whom the shortcuts call, and how far a volume goes."""

from datetime import UTC, datetime

import pytest

from appliance.room import actions
from appliance.room.actions import Action
from appliance.room.decide.decide import decide
from appliance.room.decide.habits import Habits
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Call
from appliance.room.intents.closed import SetDoNotDisturb
from appliance.room.intents.media import SetVolume
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.closed import Undisturbed
from appliance.room.secret import Secret
from appliance.room.state import RoomState
from appliance.terminal.messages.enums import CallDirection
from appliance.terminal.messages.people import PastCall
from tests.room.rooms import ANNA, BORIS, room

HABITS = Habits(speed_dial=(ANNA, BORIS), volume_min=0.2, volume_max=0.8, volume_step=0.1)
PAST = room(
    history=(
        PastCall(type=CallDirection.OUTGOING, peer_id=BORIS),
        PastCall(type=CallDirection.MISSED),
        PastCall(type=CallDirection.MISSED, peer_id=ANNA),
        PastCall(type=CallDirection.INCOMING, peer_id=BORIS),
    )
)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOW = Booking(title="Now", start=NOON, peer_id=r"\c\1")
NEXT = Booking(title="Next", start=NOON, peer_id=r"\c\2")


@pytest.mark.parametrize(
    ("action", "state", "intents"),
    [
        (actions.SpeedDial(2), room(), [Call(BORIS)]),
        (actions.CallBack(), PAST, [Call(ANNA)]),
        (actions.CallConference("0123"), room(), [Call(r"\c\0123")]),
        (actions.CallConference("0123", Secret("1A")), room(), [Call(r"\c\0123", Secret("1A"))]),
        (actions.JoinNext(), room(agenda=Agenda(known=True, now=NOW, next=NEXT)), [Call(r"\c\1")]),
        (actions.JoinNext(), room(agenda=Agenda(known=True, now=NOW, next=NEXT, soon=True)), [Call(r"\c\2")]),
        (actions.JoinNext(), room(agenda=Agenda(known=True, next=NEXT, soon=True)), [Call(r"\c\2")]),
        (actions.DoNotDisturb(), room(), [SetDoNotDisturb(True)]),
        (actions.DoNotDisturb(), room(undisturbed=Undisturbed()), [SetDoNotDisturb(False)]),
        (actions.DoNotDisturb(on=True, minutes=5), room(undisturbed=Undisturbed()), [SetDoNotDisturb(True, 5)]),
        (actions.Volume(0), room(), [SetVolume(0.2)]),
        (actions.Volume(100), room(), [SetVolume(0.8)]),
        (actions.VolumeStep(1), room(volume=0.75), [SetVolume(0.8)]),
        (actions.VolumeStep(-1), room(volume=0.25), [SetVolume(0.2)]),
    ],
)
def test_what_a_shortcut_means(action: Action, state: RoomState, intents: list[Intent]) -> None:
    assert list(decide(action, state, HABITS)) == intents
