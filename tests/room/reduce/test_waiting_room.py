"""Into the waiting room of a conference, out of it, and back: a state of its own, in which no clock runs."""

import msgspec
import pytest

from appliance.room import actions
from appliance.room.decide.decide import decide
from appliance.room.decide.habits import Habits
from appliance.room.intents.call import HangUp
from appliance.room.local_events.link import Answered
from appliance.room.parts.call import Conversation
from appliance.room.parts.reading import Reading
from appliance.room.show.indicators import Indicator, Pattern, pattern
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages import decode
from appliance.terminal.messages.calls import (
    AppStateChanged,
    AppStateReply,
    ConferenceCreated,
    ConferencesReply,
    GetConferences,
    InviteReceived,
    InviteSent,
    RejectSent,
    StopCalling,
    WaitingRoomChanged,
)
from appliance.terminal.messages.enums import AppState, ConferenceState, ConferenceType, Side
from appliance.terminal.messages.snapshot import Snapshot
from tests.room.rooms import BORIS, P2P, after, room
from tests.some import some

CREATED = '{"method":"event","event":"conferenceCreated","confId":"1","confType":1,"isInWaitingRoom":true}'
IN, OUT = (
    f'{{"method":"event","event":"myStateInWaitingRoomChanged","isInWaitingRoom":{inside},"confId":"1"}}'
    for inside in ("true", "false")
)


def told(state: RoomState, *frames: str, now: float = 100.0) -> RoomState:
    return after(state, *(decode(frame) for frame in frames), now=now)


def test_a_conference_that_begins_in_the_waiting_room() -> None:
    state = told(room(Phase.CALLING, number="12"), CREATED)
    assert (state.phase, state.number, state.surprises) == (Phase.WAITING_ROOM, "", 0)
    assert state.conversation == Conversation(type=ConferenceType.SYMMETRIC, conf_id="1")
    assert pattern(Indicator.IN_CALL, state, 0.0).what is Pattern.OFF
    assert pattern(Indicator.WAITING_ROOM, state, 0.0).what is Pattern.BLINK


@pytest.mark.parametrize("before", [[], [AppStateChanged(app_state=AppState.IN_CONFERENCE)]])
def test_the_application_state_says_nothing_of_it_before_or_after(before: list[AppStateChanged]) -> None:
    state = told(after(room(Phase.CALLING), *before), CREATED)
    state = after(state, AppStateChanged(app_state=AppState.IN_CONFERENCE))
    assert (state.phase, state.conversation and state.conversation.since) == (Phase.WAITING_ROOM, None)


def test_the_clock_runs_from_when_the_room_is_let_in_and_anew_each_time() -> None:
    state = told(told(room(Phase.CALLING), CREATED), OUT, now=130.0)
    assert (state.phase, state.conversation and state.conversation.since) == (Phase.IN_CALL, 130.0)
    state = told(state, IN, now=150.0)
    assert (state.phase, state.conversation and state.conversation.since) == (Phase.WAITING_ROOM, None)
    state = told(state, OUT, now=170.0)
    assert (state.phase, state.conversation and state.conversation.since) == (Phase.IN_CALL, 170.0)


def test_another_conferences_waiting_room_does_not_matter() -> None:
    state = told(room(Phase.CALLING), CREATED)
    assert after(state, WaitingRoomChanged(in_waiting_room=False, conf_id="2")) is state


def test_where_the_terminal_says_only_that_it_has_changed_it_is_the_other_way_round() -> None:
    state = after(told(room(Phase.CALLING), CREATED), WaitingRoomChanged())
    assert (state.phase, state.conversation and state.conversation.since) == (Phase.IN_CALL, 100.0)
    assert after(state, WaitingRoomChanged()).phase is Phase.WAITING_ROOM
    assert after(room(), WaitingRoomChanged()).phase is Phase.IDLE


@pytest.mark.parametrize("phase", [Phase.IN_CALL, Phase.WAITING_ROOM])
def test_a_second_caller_is_the_same_in_both(phase: Phase) -> None:
    ours = Conversation(type=ConferenceType.SYMMETRIC, conf_id="1", title="Review")
    state = after(room(phase, conversation=ours), InviteReceived(peer_id=BORIS, conf_id="2"))
    assert (state.phase, state.call_waiting and state.call_waiting.conf_id) == (phase, "2")
    assert after(state, StopCalling(side=Side.TERMINAL)).call_waiting is None
    assert after(state, StopCalling()).call_waiting is None
    assert after(state, RejectSent()).call_waiting is None
    assert after(room(phase, conversation=ours), InviteReceived(peer_id=BORIS, conf_id="1")).call_waiting is None
    late = after(room(phase, conversation=ours), InviteSent(peer_id=BORIS, conf_type=ConferenceType.POINT_TO_POINT))
    assert late.conversation == ours
    owned = after(room(phase, conversation=ours), AppStateChanged(app_state=AppState.IN_CONFERENCE, owner=BORIS))
    assert owned.conversation is not None
    assert owned.conversation.owner == BORIS


def test_after_a_reconnect_it_is_the_same() -> None:
    going_on = ConferencesReply(
        conf_state=ConferenceState.GOING_ON,
        conf_type=ConferenceType.SYMMETRIC,
        conf_id="1",
        in_waiting_room=True,
        duration=40,
    )
    snapshot = Snapshot(app_state=AppStateReply(app_state=AppState.IN_CONFERENCE), conferences=going_on)
    state = after(room(), snapshot)
    assert (state.phase, state.conversation and state.conversation.since) == (Phase.WAITING_ROOM, None)
    unsure = room(Phase.IN_CALL, conversation=Conversation(conf_id="1"), stale={Reading.CALL: 0.0})
    assert after(unsure, Answered(GetConferences(), going_on)).phase is Phase.WAITING_ROOM
    let_in = msgspec.structs.replace(going_on, in_waiting_room=False)
    waiting = room(Phase.WAITING_ROOM, conversation=Conversation(conf_id="1"), stale={Reading.CALL: 0.0})
    assert after(waiting, Answered(GetConferences(), let_in)).phase is Phase.IN_CALL
    silent = msgspec.structs.replace(going_on, in_waiting_room=None)  # what the old document has
    still = after(waiting, Answered(GetConferences(), silent))
    assert (still.phase, still.conversation and still.conversation.since) == (Phase.WAITING_ROOM, None)


def test_hanging_up_leaves_and_digits_go_nowhere() -> None:
    state = told(room(Phase.CALLING), CREATED)
    assert decide(actions.HangUp(), state, Habits()) == (HangUp(None),)
    assert decide(actions.Dial("5"), state, Habits()) == ()
    assert decide(actions.HookOff(), state, Habits(contact="x")) == ()


def test_the_conference_may_end_before_anybody_was_let_in() -> None:
    state = told(told(room(Phase.CALLING), CREATED), '{"event":"conferenceDeleted","confId":"1"}')
    assert (state.phase, state.conversation) == (Phase.IDLE, None)


def test_a_conference_without_a_waiting_room_begins_at_once() -> None:
    state = after(room(Phase.CALLING), ConferenceCreated(conf_id="1", conf_type=ConferenceType.SYMMETRIC))
    assert state.phase is Phase.IN_CALL


def test_a_call_that_is_being_set_up_may_wait_to_be_let_in() -> None:
    calling = room(Phase.CALLING, conversation=P2P)
    assert after(calling, WaitingRoomChanged(in_waiting_room=True, conf_id="1")).phase is Phase.WAITING_ROOM
    assert after(calling, WaitingRoomChanged(conf_id="1")) is calling  # whatever has changed, it is not known to what


def test_a_call_that_is_found_to_have_been_let_in_lasts_from_then_on() -> None:
    told = ConferencesReply(conf_state=ConferenceState.GOING_ON, in_waiting_room=False)
    waiting = room(Phase.WAITING_ROOM, conversation=P2P, stale={Reading.CALL: 0.0})
    state = after(waiting, Answered(GetConferences(), told))
    assert (state.phase, some(state.conversation).since) == (Phase.IN_CALL, 100.0)
