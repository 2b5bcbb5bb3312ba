"""What becomes stale, what no longer is, and that nothing acts on what is."""

import msgspec
import pytest

from appliance.room import actions
from appliance.room.decide.decide import decide
from appliance.room.decide.habits import Habits
from appliance.room.intents.call import Call
from appliance.room.intents.shown import Explain
from appliance.room.local_events.call import CallAsked
from appliance.room.local_events.link import Answered, LinkChanged
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.reading import Reading
from appliance.room.reduce.reduce import reduce
from appliance.room.state import Phase, RoomState
from appliance.room.texts import HISTORY_UNKNOWN
from appliance.terminal.messages.calls import (
    AppStateChanged,
    AppStateReply,
    ConferenceCreated,
    ConferencesReply,
    GetConferences,
    RejectReceived,
    StopCalling,
)
from appliance.terminal.messages.devices import GetMicMute, MuteReply
from appliance.terminal.messages.enums import AppState, CallDirection, ConferenceState, RejectCause, Side
from appliance.terminal.messages.people import (
    CallHistoryReply,
    ConferenceList,
    GetCallHistory,
    GetScheduler,
    PastCall,
    ScheduleReply,
)
from appliance.terminal.messages.snapshot import Snapshot
from tests.room.rooms import ANNA, BORIS, P2P, room

ASKED = GetCallHistory(count=20)
OLD = (PastCall(type=CallDirection.OUTGOING, peer_id=ANNA),)
NEW = (PastCall(type=CallDirection.OUTGOING, peer_id=BORIS), *OLD)


def seen(state: RoomState, *app_states: AppState, since: float = 1.0) -> RoomState:
    for place, app_state in enumerate(app_states):
        state = reduce(state, AppStateChanged(app_state=app_state), since + place)
    return state


def after_a_call() -> RoomState:
    return seen(room(Phase.IN_CALL, conversation=P2P, history=OLD), AppState.CLOSING, AppState.READY)


def redialled(state: RoomState) -> object:
    (intent,) = decide(actions.Redial(), state, Habits())
    return intent


def test_after_a_call_the_history_is_stale_until_it_was_read_and_redial_calls_nobody() -> None:
    state = after_a_call()
    assert state.stale == {Reading.HISTORY: 2.0}
    assert redialled(state) == Explain(HISTORY_UNKNOWN)
    state = reduce(state, Answered(ASKED, CallHistoryReply(calls=NEW)), 3.0)
    assert state.stale == {}
    assert redialled(state) == Call(BORIS)


def test_an_answer_that_may_be_older_than_the_change_is_taken_and_stays_stale() -> None:
    state = reduce(after_a_call(), Answered(ASKED, CallHistoryReply(calls=OLD), up_to_date=False), 3.0)
    assert state.stale == {Reading.HISTORY: 2.0}
    assert redialled(state) == Explain(HISTORY_UNKNOWN)


def test_a_call_between_two_looks_of_anybody_is_not_missed() -> None:
    before = room(history=OLD)
    state = seen(before, AppState.WAITING, AppState.IN_CONFERENCE, AppState.CLOSING, AppState.READY)
    assert (before.phase, state.phase) == (Phase.IDLE, Phase.IDLE)
    assert Reading.HISTORY in state.stale


def test_a_second_caller_who_gave_up_is_in_the_history_too() -> None:
    beside = room(Phase.IN_CALL, conversation=P2P, call_waiting=Conversation(peer=Person(BORIS)))
    state = reduce(beside, StopCalling(peer_id=BORIS, side=Side.PEER), 3.0)
    assert (state.phase, state.call_waiting, state.stale) == (Phase.IN_CALL, None, {Reading.HISTORY: 3.0})


@pytest.mark.parametrize("app_state", [AppState.OFFLINE, AppState.CONNECTING, AppState.LOGIN_NEEDED])
def test_a_call_that_ended_with_the_server_is_in_the_history_too(app_state: AppState) -> None:
    assert Reading.HISTORY in seen(room(Phase.IN_CALL, conversation=P2P, history=OLD), app_state).stale


def test_whom_a_call_is_with_is_stale_only_as_long_as_there_is_one_without_a_name() -> None:
    waiting = seen(room(), AppState.WAITING)
    assert waiting.stale == {Reading.CALL: 1.0}
    assert Reading.CALL not in seen(waiting, AppState.READY).stale
    assert reduce(waiting, Answered(GetConferences(), ConferencesReply()), 2.0).stale == {}


def test_a_call_of_which_nothing_is_told_but_that_it_goes_on_is_asked_about() -> None:
    nameless = seen(room(), AppState.IN_CONFERENCE)
    assert nameless.stale == {Reading.CALL: 1.0}
    owned = reduce(nameless, AppStateChanged(app_state=AppState.IN_CONFERENCE, owner=ANNA), 2.0)
    assert Reading.CALL in owned.stale  # who owns it says nothing of whom it is with
    named = reduce(nameless, ConferenceCreated(conf_id="7"), 2.0)
    assert Reading.CALL not in named.stale


def test_a_call_that_is_refused_before_it_began_is_in_the_history_too() -> None:
    asked = reduce(room(history=OLD), CallAsked(BORIS, 6.0), 1.0)
    refused = reduce(asked, RejectReceived(cause=RejectCause.BUSY, peer_id=BORIS), 2.0)
    assert refused.stale == {Reading.HISTORY: 2.0}
    assert Reading.HISTORY in seen(seen(room(), AppState.WAITING), AppState.READY, since=2.0).stale


def test_what_an_event_has_told_meanwhile_is_newer_than_an_answer() -> None:
    in_call = reduce(seen(room(), AppState.IN_CONFERENCE), ConferenceCreated(conf_id="7"), 2.0)
    late = ConferencesReply(conf_state=ConferenceState.GOING_ON, conf_id="6", in_waiting_room=True)
    assert reduce(in_call, Answered(GetConferences(), late), 3.0) is in_call


def test_a_snapshot_says_what_it_lacks() -> None:
    state = reduce(RoomState(), Snapshot(app_state=AppStateReply(app_state=AppState.READY)), 5.0)
    in_a_call = {Reading.CALL, Reading.REQUESTS, Reading.PARTICIPANTS}
    where_needed = {Reading.PRESETS, Reading.COM_PORT, Reading.SLEEP}
    assert state.stale == dict.fromkeys(set(Reading) - in_a_call - where_needed, 5.0)
    in_call = reduce(RoomState(), Snapshot(app_state=AppStateReply(app_state=AppState.IN_CONFERENCE)), 5.0)
    assert Reading.CALL in in_call.stale


def test_without_a_link_nothing_is_stale_since_nothing_is_known() -> None:
    assert reduce(after_a_call(), LinkChanged(Link(LinkPhase.DOWN)), 3.0).stale == {}


@pytest.mark.parametrize("event", [ConferenceList(), Answered(GetScheduler(), ScheduleReply(conferences=()))])
def test_the_schedule_is_known_by_event_or_by_answer(event: object) -> None:
    state = msgspec.structs.replace(room(), stale={Reading.SCHEDULE: 0.0})
    assert reduce(state, event, 1.0).stale == {}


@pytest.mark.parametrize("event", [ConferenceList(succeed=False), Answered(GetScheduler(), ScheduleReply())])
def test_a_terminal_that_says_nothing_of_the_schedule_leaves_it_unknown(event: object) -> None:
    state = msgspec.structs.replace(room(), stale={Reading.SCHEDULE: 0.0})
    assert reduce(state, event, 1.0).stale == {Reading.SCHEDULE: 0.0}


def test_a_microphone_that_was_not_known_is_what_the_answer_says() -> None:
    state = msgspec.structs.replace(room(), mic_muted=None, stale={Reading.MIC: 0.0})
    after = reduce(state, Answered(GetMicMute(), MuteReply(mute=True)), 1.0)
    assert (after.mic_muted, after.stale) == (True, {})


def test_an_answer_of_a_session_that_is_gone_says_nothing() -> None:
    gone = reduce(after_a_call(), LinkChanged(Link(LinkPhase.DOWN)), 3.0)
    assert reduce(gone, Answered(ASKED, CallHistoryReply(calls=NEW)), 4.0) is gone
