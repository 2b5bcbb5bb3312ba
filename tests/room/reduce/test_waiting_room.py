"""Into the waiting room of a conference, out of it, and back: a state of its own, in which no clock runs."""

import pytest

from appliance.room import actions
from appliance.room.decide.decide import decide
from appliance.room.decide.habits import Habits
from appliance.room.intents import HangUp
from appliance.room.local_events import Answered
from appliance.room.show.indicators import Indicator, Pattern, pattern
from appliance.room.state import Conversation, Phase, RoomState
from appliance.terminal.messages import decode
from appliance.terminal.messages.calls import (
    AppStateChanged,
    AppStateReply,
    ConferenceCreated,
    ConferencesReply,
    GetConferences,
    WaitingRoomChanged,
)
from appliance.terminal.messages.enums import AppState, ConferenceState, ConferenceType
from appliance.terminal.messages.snapshot import Snapshot
from tests.room.rooms import after, room

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


def test_another_conferences_waiting_room_and_one_that_says_nothing_do_not_matter() -> None:
    state = told(room(Phase.CALLING), CREATED)
    assert after(state, WaitingRoomChanged(in_waiting_room=False, conf_id="2")) is state
    assert after(state, WaitingRoomChanged(conf_id="1")) is state


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
    again = after(room(Phase.IN_CALL, conversation=Conversation(conf_id="1")), Answered(GetConferences(), going_on))
    assert again.phase is Phase.WAITING_ROOM


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
