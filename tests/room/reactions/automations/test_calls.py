"""Automations about calls, each seen from outside: what it is shown, and what it says."""

import math
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from appliance.room import actions
from appliance.room.inputs import Automatic, Input
from appliance.room.local_events.closed import DisturbanceChanged
from appliance.room.parts.call import Conversation, OnHold
from appliance.room.parts.closed import Undisturbed
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.reactions.automations.after_call import after_call, restore_volume, unmute
from appliance.room.reactions.automations.auto_answer import auto_answer
from appliance.room.reactions.automations.entry import mute_on_entry
from appliance.room.reactions.automations.undisturbed import decline_undisturbed
from appliance.room.reactions.hold import SETTLED
from appliance.room.reactions.undisturbed import undisturbed
from appliance.room.state import Phase, RoomState
from tests.room.reactions.living import Living
from tests.room.rooms import ANNA, BORIS, P2P, room

QUIET: dict[str, Any] = {"mic_muted": False, "volume": 0.5}
IDLE = room(**QUIET)
RINGS = room(Phase.RINGING, conversation=P2P, **QUIET)
WAITS = room(Phase.WAITING, conversation=P2P, **QUIET)
TALKS = room(Phase.IN_CALL, conversation=P2P, **QUIET)
ANSWER = Automatic(actions.Answer())
MUTE = Automatic(actions.Mute("mic", on=True))
UNMUTE = Automatic(actions.Mute("mic", on=False))


def becomes(state: RoomState, **fields: object) -> RoomState:
    return msgspec.structs.replace(state, **fields)


def one_session(*states: RoomState) -> tuple[RoomState, ...]:
    """The states as one link has them, which is one object while a session lasts."""
    return tuple(becomes(state, link=IDLE.link) for state in states)


IDLE, RINGS, WAITS, TALKS = one_session(IDLE, RINGS, WAITS, TALKS)
LOST = becomes(IDLE, link=Link(LinkPhase.DOWN), phase=Phase.UNKNOWN)


def reconnected(state: RoomState) -> RoomState:
    return becomes(state, link=Link(LinkPhase.UP))


def test_whoever_enters_a_call_is_muted_once() -> None:
    living = Living(mute_on_entry, RINGS)
    living.sees(TALKS, 1.0)
    living.sees(becomes(TALKS, volume=0.7), 2.0)
    assert (living.inputs, living.look_at) == ([MUTE], math.inf)


def test_whoever_is_muted_already_enters_as_they_are() -> None:
    living = Living(mute_on_entry, becomes(RINGS, mic_muted=True))
    living.sees(becomes(TALKS, mic_muted=True), 1.0)
    assert living.inputs == []


def test_a_call_that_a_reconnect_finds_was_not_entered() -> None:
    living = Living(mute_on_entry, IDLE)
    living.sees(LOST, 1.0)
    living.sees(reconnected(TALKS), 2.0)
    assert living.inputs == []


def test_a_call_is_answered_when_it_has_rung_for_its_time_and_only_then() -> None:
    living = Living(auto_answer(10.0, (), mute=False), IDLE)
    living.sees(RINGS, 5.0)
    assert (living.inputs, living.look_at) == ([], 15.0)
    living.sees(becomes(RINGS, volume=0.7), 14.9)
    assert (living.inputs, living.look_at) == ([], 15.0)
    living.sees(RINGS, 15.0)
    living.sees(becomes(RINGS, volume=0.7), 16.0)  # the terminal takes its time, or refuses: it is answered once
    assert (living.inputs, living.look_at) == ([ANSWER], math.inf)


def test_the_microphone_goes_off_before_the_answer() -> None:
    living = Living(auto_answer(0.0, (), mute=True), IDLE)
    living.sees(RINGS, 5.0)
    assert living.inputs == [MUTE, ANSWER]


@pytest.mark.parametrize(
    ("allow", "answers"),
    [
        ([], True),
        ([ANNA], True),
        (["Anna@Example.org/phone"], True),
        (["*@example.org"], True),
        ([BORIS, "*@example.com"], False),
        (["*"], False),
    ],
)
def test_only_those_are_answered_who_may_be(allow: Sequence[str], answers: bool) -> None:
    living = Living(auto_answer(0.0, allow, mute=False), IDLE)
    living.sees(RINGS, 5.0)
    assert living.inputs == ([ANSWER] if answers else [])


def test_who_calls_without_a_name_is_answered_only_where_everybody_is() -> None:
    nameless = becomes(RINGS, conversation=Conversation())
    for allow, inputs in (((), [ANSWER]), ((ANNA,), [])):
        living = Living(auto_answer(0.0, allow, mute=False), IDLE)
        living.sees(nameless, 5.0)
        assert living.inputs == inputs


def test_another_caller_has_a_time_of_their_own_and_a_name_that_comes_later_none() -> None:
    living = Living(auto_answer(10.0, (), mute=False), IDLE)
    living.sees(becomes(RINGS, conversation=Conversation()), 5.0)
    living.sees(RINGS, 6.0)
    assert living.look_at == 15.0
    living.sees(becomes(RINGS, conversation=Conversation(peer=Person(BORIS))), 7.0)
    assert living.look_at == 17.0


@pytest.mark.parametrize("between", [[LOST], []])
def test_a_call_that_rang_before_the_reconnect_is_left_to_people(between: list[RoomState]) -> None:
    for found in (RINGS, WAITS):
        living = Living(auto_answer(10.0, (), mute=False), IDLE)
        again = reconnected(found)
        for now, state in enumerate((*between, again, becomes(again, phase=Phase.RINGING), again)):
            living.sees(state, float(now))
        living.sees(becomes(again, phase=Phase.RINGING), 60.0)
        assert (living.inputs, living.look_at) == ([], math.inf)


@pytest.mark.parametrize("found", [RINGS, becomes(TALKS, call_waiting=Conversation(peer=Person(BORIS)))])
def test_who_calls_a_room_that_is_not_to_be_disturbed_is_declined_once(found: RoomState) -> None:
    quiet = becomes(found, undisturbed=Undisturbed())
    before = becomes(quiet, phase=TALKS.phase if found.call_waiting else Phase.IDLE, call_waiting=None)
    living = Living(decline_undisturbed, before)
    living.sees(quiet, 1.0)
    living.sees(becomes(quiet, volume=0.7), 2.0)
    assert living.inputs == [Automatic(actions.Decline())]


def test_who_rang_already_is_not_declined_by_itself_and_nobody_is_answered_then() -> None:
    living = Living(decline_undisturbed, RINGS)
    living.sees(becomes(RINGS, undisturbed=Undisturbed()), 1.0)
    living.sees(becomes(reconnected(RINGS), undisturbed=Undisturbed()), 2.0)
    assert living.inputs == []
    living = Living(auto_answer(0.0, (), mute=False), IDLE)
    living.sees(becomes(RINGS, undisturbed=Undisturbed()), 1.0)
    assert living.inputs == []


def test_a_time_without_disturbance_ends_when_it_was_to_end() -> None:
    timed = becomes(IDLE, undisturbed=Undisturbed(60.0))
    living = Living(undisturbed, timed)
    assert (living.events, living.look_at) == ([], 60.0)
    living.sees(timed, 60.0)
    assert living.events == [DisturbanceChanged(None)]
    assert Living(undisturbed, becomes(IDLE, undisturbed=Undisturbed())).look_at == math.inf


def talked(**over: object) -> list[Input]:
    """What follows a call that was seen from beginning to end, each automation for itself."""
    found: list[Input] = []
    for what in (restore_volume(None), unmute):
        living = Living(after_call(what), RINGS)
        for now, state in enumerate((TALKS, becomes(IDLE, **over)), 1):
            living.sees(state, float(now))
        assert living.inputs == []  # a call that becomes a conference may end first
        living.sees(becomes(IDLE, **over), 2.0 + SETTLED)
        living.sees(becomes(IDLE, **over), 60.0)
        found += living.inputs
    return found


def test_after_a_call_the_volume_is_what_it_was_and_the_microphone_on() -> None:
    assert talked(volume=0.9, mic_muted=True) == [Automatic(actions.Volume(50)), UNMUTE]


def test_what_is_as_it_should_be_needs_no_command() -> None:
    assert talked() == []
    assert talked(volume=0.503) == []  # terminals round


def test_a_volume_in_percent_is_set_whatever_it_was_before() -> None:
    living = Living(after_call(restore_volume(30)), RINGS)
    living.sees(TALKS, 1.0)
    living.sees(IDLE, 2.0)
    living.sees(IDLE, 2.0 + SETTLED)
    assert living.inputs == [Automatic(actions.Volume(30))]


def test_a_microphone_that_stays_muted_for_another_reason_is_left_alone() -> None:
    assert talked(mic_muted=True, mute_locks=frozenset({"phone"})) == []
    assert talked(mic_muted=True, on_hold=OnHold()) == []


def test_a_call_that_becomes_a_conference_is_one_call() -> None:
    living = Living(after_call(restore_volume(None)), RINGS)
    seen = [TALKS, becomes(IDLE, volume=0.9), becomes(TALKS, volume=0.9), becomes(IDLE, volume=0.9)]
    for now, state in enumerate(seen, 1):
        living.sees(state, float(now))
    assert living.inputs == []
    living.sees(becomes(IDLE, volume=0.9), 4.0 + SETTLED)
    assert living.inputs == [Automatic(actions.Volume(50))]


def test_a_call_of_which_one_end_was_missed_is_followed_by_nothing() -> None:
    muted = becomes(IDLE, mic_muted=True, volume=0.9)
    for seen in ([TALKS, LOST, reconnected(muted)], [LOST, reconnected(TALKS)]):
        living = Living(after_call(unmute), IDLE)
        for now, state in enumerate(seen, 1):
            living.sees(state, float(now))
        living.sees(becomes(muted, link=seen[-1].link), 10.0)
        living.sees(becomes(muted, link=seen[-1].link), 20.0)
        assert (living.inputs, living.look_at) == ([], math.inf)
