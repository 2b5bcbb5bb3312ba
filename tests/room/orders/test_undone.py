"""What the room takes back when nothing comes of what it wanted."""

import pytest

from appliance.room.intents import call
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, PutOnHold, Resume
from appliance.room.intents.camera import Move
from appliance.room.intents.conference import AcceptRequest, AskForPodium, DeclineRequest, LeavePodium, MakeRemark
from appliance.room.intents.media import MuteMic, SetVolume
from appliance.room.local_events.awaited import VolumeDropped
from appliance.room.local_events.base import LocalEvent
from appliance.room.local_events.call import CallDropped, CallNotTaken, HangUpRefused, HoldRefused, ResumeRefused
from appliance.room.local_events.conference import AnswerDropped, PodiumSettled
from appliance.room.orders.undone import unanswered, undone
from appliance.room.parts.call import Muted
from appliance.room.parts.person import Person
from appliance.room.parts.requests import Request, Wish
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.calls import HangUp
from appliance.terminal.messages.devices import SetAudioMute, SetMicMute, SetVideoMute
from tests.room.rooms import ANNA

ASKED = Request(Wish.JOIN, Person(ANNA))
MIC, VIDEO, AUDIO = SetMicMute(mute=True), SetVideoMute(mute=True), SetAudioMute(mute=True)
EITHER_WAY: list[tuple[Intent, LocalEvent | None]] = [
    (Call(ANNA), CallDropped(ANNA)),
    (AcceptRequest(ASKED), AnswerDropped(ASKED)),
    (DeclineRequest(ASKED), AnswerDropped(ASKED)),
    (AskForPodium(), PodiumSettled()),
    (LeavePodium(), PodiumSettled()),
    (MakeRemark(), PodiumSettled()),
    (SetVolume(0.5), VolumeDropped(0.5)),
    (Move(1), None),  # whatever began it also stops it
    (MuteMic(True), None),
]
CERTAIN: list[tuple[Intent, LocalEvent]] = [
    (call.HangUp(), HangUpRefused()),
    (Answer(), CallNotTaken()),
    (PutOnHold(frozenset(Muted)), HoldRefused(frozenset({Muted.MIC, Muted.AUDIO}))),
    (Resume(frozenset(Muted)), ResumeRefused(frozenset({Muted.MIC, Muted.AUDIO}))),
]


@pytest.mark.parametrize(("intent", "event"), EITHER_WAY)
def test_what_helps_a_person_to_act_again_is_taken_back_either_way(intent: Intent, event: LocalEvent | None) -> None:
    assert unanswered(intent) == undone(intent, ()) == event


@pytest.mark.parametrize(("intent", "event"), CERTAIN)
def test_what_counts_later_is_taken_back_only_where_nothing_was_done(intent: Intent, event: LocalEvent) -> None:
    assert unanswered(intent) is None
    assert undone(intent, (MIC, HangUp(), AUDIO)) == event


@pytest.mark.parametrize(("command", "device"), [(MIC, Muted.MIC), (VIDEO, Muted.VIDEO), (AUDIO, Muted.AUDIO)])
def test_of_a_hold_only_what_was_not_muted_is_taken_back(command: Command, device: Muted) -> None:
    assert undone(PutOnHold(frozenset(Muted)), [command]) == HoldRefused(frozenset({device}))
