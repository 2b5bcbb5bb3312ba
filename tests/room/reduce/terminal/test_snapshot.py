from typing import Any, Literal

import msgspec
import pytest

from appliance.language.text import verbatim
from appliance.room.local_events.link import Answered
from appliance.room.parts.call import Conversation
from appliance.room.parts.person import Person
from appliance.room.parts.reading import Reading
from appliance.room.parts.shown import Notice
from appliance.room.state import Phase
from appliance.terminal.messages import Snapshot, parts
from appliance.terminal.messages.account import LoginReply
from appliance.terminal.messages.calls import AppStateReply, ConferencesReply, GetConferences, Requests
from appliance.terminal.messages.devices import GetPtzControls, GetSettings, MuteReply, PtzReply, Setting, SettingsReply
from appliance.terminal.messages.enums import AppState, CallDirection, ConferenceState, ConferenceType
from appliance.terminal.messages.people import (
    CallHistoryReply,
    ConferenceList,
    GetCallHistory,
    Meeting,
    PastCall,
)
from tests.room.rooms import ANNA, BORIS, CAMERA, P2P, ROOM, after, room
from tests.some import some

Direction = Literal["outgoing", "incoming", ""]
CallKind = Literal["p2p", "conference", ""]


def snapshot(app_state: AppState, conferences: ConferencesReply | None = None, **parts: Any) -> Snapshot:
    return Snapshot(app_state=AppStateReply(app_state=app_state), conferences=conferences, **parts)


def invitation(direction: Direction, kind: CallKind = "p2p") -> ConferencesReply:
    return ConferencesReply(
        conf_state=ConferenceState.INVITATION, direction=direction, type=kind, peer_id=ANNA, peer_name="Anna"
    )


GOING_ON = ConferencesReply(
    conf_state=ConferenceState.GOING_ON,
    conf_type=ConferenceType.ROLE_BASED,
    conf_id="7",
    conf_title="Review",
    owner=ROOM,
    duration=40,
)


def test_the_whole_picture() -> None:
    history = CallHistoryReply(calls=(PastCall(type=CallDirection.OUTGOING, peer_id=ANNA),))
    schedule = ConferenceList(conferences=(Meeting(id="1"),))
    state = after(
        room(),
        snapshot(
            AppState.READY,
            login=LoginReply(is_logged_in=True, peer_id=ROOM, peer_name="Room"),
            mic=MuteReply(mute=True),
            audio=MuteReply(mute=False),
            video=MuteReply(mute=True),
            settings=SettingsReply(settings=(Setting(name="aecEnable"), Setting(name="audioPlayLevel", value=0.4))),
            ptz=PtzReply(pan=CAMERA.pan, tilt=CAMERA.tilt, zoom=CAMERA.zoom),
            schedule=schedule,
            history=history,
        ),
    )
    assert (state.phase, state.me, state.conversation) == (Phase.IDLE, Person(ROOM, "Room"), None)
    assert (state.mic_muted, state.audio_muted, state.video_muted, state.volume) == (True, False, True, 0.4)
    assert (state.camera, state.history) == (CAMERA, history.calls)
    assert state.meetings == schedule.conferences
    assert list(state.stale) == [Reading.CONTACTS]  # the address book may be large, and is read when all else is known


def test_what_the_snapshot_leaves_out_is_unknown_whatever_was_known_before() -> None:
    before = room(Phase.IN_CALL, conversation=P2P, mic_muted=True, volume=0.5, camera=CAMERA, number="1")
    state = after(before, snapshot(AppState.READY))
    assert (state.phase, state.conversation, state.me) == (Phase.IDLE, None, None)
    assert (state.mic_muted, state.volume, state.camera, state.number) == (None, None, None, "")


def test_what_is_local_survives_a_snapshot() -> None:
    before = room(held=frozenset({"a"}), notice=Notice(verbatim("Wait"), 1.0), offline=frozenset({"k"}), halted=True)
    before = msgspec.structs.replace(before, active_at=7.0, surprises=2)
    state = after(before, snapshot(AppState.READY))
    assert (state.held, state.notice, state.offline, state.halted) == (
        {"a"},
        Notice(verbatim("Wait"), 1.0),
        {"k"},
        True,
    )
    assert (state.active_at, state.surprises) == (7.0, 2)


@pytest.mark.parametrize(("direction", "phase"), [("incoming", Phase.RINGING), ("outgoing", Phase.CALLING)])
@pytest.mark.parametrize("kind", ["p2p", "conference"])
def test_who_calls_whom_is_in_the_snapshot(direction: Direction, phase: Phase, kind: CallKind) -> None:
    state = after(room(), snapshot(AppState.WAITING, invitation(direction, kind)))
    assert (state.phase, some(state.conversation).peer) == (phase, Person(ANNA, "Anna"))
    assert (some(state.conversation).group, state.surprises) == (kind == "conference", 0)


def test_who_calls_beside_a_call_is_in_the_snapshot() -> None:
    requests = Requests(incoming_call=(parts.Person(peer_id=BORIS, peer_name="Boris"),))
    going_on = ConferencesReply(
        conf_state=ConferenceState.GOING_ON, peer_id=ANNA, conf_type=ConferenceType.POINT_TO_POINT
    )
    told = AppStateReply(app_state=AppState.IN_CONFERENCE, requests=requests)
    state = after(room(), Snapshot(app_state=told, conferences=going_on))
    assert some(state.call_waiting) == Conversation(peer=Person(BORIS, "Boris"), type=ConferenceType.POINT_TO_POINT)
    going_on = ConferencesReply(
        conf_state=ConferenceState.GOING_ON, peer_id=BORIS, conf_type=ConferenceType.POINT_TO_POINT
    )
    assert after(room(), Snapshot(app_state=told, conferences=going_on)).call_waiting is None


def test_a_call_has_lasted_as_long_as_it_had_when_the_terminal_said_so() -> None:
    going_on = ConferencesReply(conf_state=ConferenceState.GOING_ON, duration=10, peer_id=ANNA)
    told = Snapshot(
        app_state=AppStateReply(app_state=AppState.IN_CONFERENCE), conferences=going_on, conferences_at=100.0
    )
    assert some(after(room(), told, now=105.0).conversation).since == 90.0  # another reply was lost, for 5 seconds


def test_waiting_without_a_direction_is_waiting() -> None:
    assert after(room(), snapshot(AppState.WAITING)).phase is Phase.WAITING
    assert after(room(), snapshot(AppState.WAITING, ConferencesReply())).phase is Phase.WAITING


def test_a_call_in_the_snapshot_has_lasted_as_long_as_the_terminal_says() -> None:
    state = after(room(), snapshot(AppState.IN_CONFERENCE, GOING_ON), now=100.0)
    assert state.conversation == Conversation(
        type=ConferenceType.ROLE_BASED, conf_id="7", title="Review", owner=ROOM, since=60.0
    )


def test_a_call_of_unknown_length_has_no_beginning() -> None:
    assert after(room(), snapshot(AppState.IN_CONFERENCE)).conversation == Conversation()


@pytest.mark.parametrize("app_state", [AppState.READY, AppState.OFFLINE, AppState.WAITING])
def test_a_conference_that_contradicts_the_application_state_does_not_count(app_state: AppState) -> None:
    state = after(room(), snapshot(app_state, GOING_ON))
    assert state.conversation is None
    assert state.phase is not Phase.IN_CALL


def test_conferences_read_again_tell_the_direction_of_a_wait() -> None:
    state = after(room(Phase.WAITING, stale={Reading.CALL: 0.0}), Answered(GetConferences(), invitation("incoming")))
    assert (state.phase, some(state.conversation).peer) == (Phase.RINGING, Person(ANNA, "Anna"))


def test_conferences_read_again_complete_a_call_and_keep_its_beginning() -> None:
    state = after(
        room(Phase.IN_CALL, conversation=Conversation(since=55.0), stale={Reading.CALL: 0.0}),
        Answered(GetConferences(), GOING_ON),
    )
    assert (some(state.conversation).title, some(state.conversation).since) == ("Review", 55.0)


def test_nobody_is_logged_in() -> None:
    assert after(room(), snapshot(AppState.READY, login=LoginReply(is_logged_in=False, peer_id=ROOM))).me is None


def test_parts_read_again() -> None:
    history = CallHistoryReply(calls=(PastCall(type=CallDirection.OUTGOING, peer_id=ANNA),))
    settings = SettingsReply(settings=(Setting(name="audioPlayLevel", value=1),))
    answers = (
        Answered(GetCallHistory(count=20), history),
        Answered(GetSettings(), settings),
        Answered(GetPtzControls(), PtzReply(pan=CAMERA.pan)),
    )
    stale = dict.fromkeys((Reading.HISTORY, Reading.SETTINGS, Reading.CAMERA), 0.0)
    state = after(room(stale=stale), *answers)
    assert state.stale == {}
    assert (state.history, state.volume, some(state.camera).pan) == (history.calls, 1.0, CAMERA.pan)


def test_who_calls_is_named_by_the_requests_where_the_conferences_do_not() -> None:
    requests = Requests(incoming_call=(parts.Person(peer_id=BORIS, peer_name="Boris"),))
    state = after(room(), Snapshot(app_state=AppStateReply(app_state=AppState.WAITING, requests=requests)))
    assert (state.phase, some(state.conversation).peer) == (Phase.RINGING, Person(BORIS, "Boris"))


def test_who_is_in_a_call_is_named_and_what_kind_it_is_stays_known() -> None:
    told = ConferencesReply(conf_state=ConferenceState.GOING_ON, peer_id=BORIS, peer_name="Boris")
    before = Conversation(type=ConferenceType.POINT_TO_POINT, since=55.0)
    state = after(room(Phase.IN_CALL, conversation=before, stale={Reading.CALL: 0.0}), Answered(GetConferences(), told))
    assert state.conversation == Conversation(Person(BORIS, "Boris"), ConferenceType.POINT_TO_POINT, since=55.0)


def test_a_direction_of_what_is_no_invitation_rings_nothing() -> None:
    told = ConferencesReply(direction="incoming", peer_id=ANNA)
    for phase in (Phase.IDLE, Phase.WAITING):
        assert after(room(phase, stale={Reading.CALL: 0.0}), Answered(GetConferences(), told)).phase is phase
    assert (
        after(room(stale={Reading.CALL: 0.0}), Answered(GetConferences(), invitation("incoming"))).phase is Phase.IDLE
    )


def test_an_invitation_has_its_title_and_its_id() -> None:
    told = ConferencesReply(
        conf_state=ConferenceState.INVITATION,
        direction="incoming",
        type="conference",
        peer_id=ANNA,
        conf_id="7",
        conf_title="Review",
    )
    state = after(room(), snapshot(AppState.WAITING, told))
    assert state.conversation == Conversation(Person(ANNA), ConferenceType.SYMMETRIC, conf_id="7", title="Review")
