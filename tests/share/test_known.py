"""The difference between what programs were told and what the terminal says after a reconnect, as its own events."""

import json

import pytest

from appliance.share.changes import known
from appliance.share.changes.known import Known
from appliance.share.events import frame_of
from appliance.terminal.messages import Snapshot
from appliance.terminal.messages.account import (
    ConnectedReply,
    Login,
    LoginReply,
    Logout,
    ServerConnected,
    ServerDisconnected,
    ServerInfo,
)
from appliance.terminal.messages.base import Event
from appliance.terminal.messages.calls import (
    AppStateChanged,
    AppStateReply,
    ConferenceCreated,
    ConferenceDeleted,
    ConferencesReply,
    InviteReceived,
    InviteSent,
    NewParticipant,
    Participant,
    ParticipantLeft,
    ParticipantsReply,
    RejectSent,
    Requests,
    StopCalling,
)
from appliance.terminal.messages.devices import MicMuted, MuteReply, Setting, SettingChanged, SettingsReply
from appliance.terminal.messages.enums import AppState, ConferenceState, ConferenceType, LoginResult, ServerState
from appliance.terminal.messages.parts import Person

READY = AppStateReply(app_state=AppState.READY)
BUSY = AppStateReply(app_state=AppState.IN_CONFERENCE)
NO_CALL = ConferencesReply()
ANNA, JOHN, ROOM = "anna@example.com", "john@example.com", "room@example.com"


def in_call(conf_id: str, *people: str) -> Snapshot:
    return Snapshot(
        app_state=BUSY,
        login=LoginReply(is_logged_in=True, peer_id=ROOM),
        conferences=ConferencesReply(conf_state=ConferenceState.GOING_ON, conf_id=conf_id, peer_id=ANNA),
        participants=ParticipantsReply(participants=tuple(Participant(peer_id=each) for each in (ROOM, *people))),
    )


def names(events: list[Event]) -> list[str]:
    return [event.event for event in events]


def after(snapshot: Snapshot, *events: Event) -> Known:
    one = Known()
    one.read(snapshot)
    for event in events:
        one.take(event)
    return one


def test_the_same_again_is_no_difference() -> None:
    assert after(in_call("1", ANNA)).read(in_call("1", ANNA)) == []


def test_what_events_told_meanwhile_is_known() -> None:
    begun = (AppStateChanged(app_state=AppState.IN_CONFERENCE), ConferenceCreated(conf_id="1"))
    one = after(Snapshot(app_state=READY, conferences=NO_CALL), *begun, NewParticipant(peer_id=ANNA))
    assert names(one.read(in_call("1", ANNA))) == ["login"]
    one.take(Logout())
    one.take(ParticipantLeft(peer_id=ANNA))
    one.take(ConferenceDeleted(conf_id="1"))
    one.take(AppStateChanged(app_state=AppState.READY))
    snapshot = Snapshot(app_state=READY, login=LoginReply(), conferences=NO_CALL)
    assert one.read(snapshot) == []


def test_who_came_and_who_left() -> None:
    events = after(in_call("1", ANNA)).read(in_call("1", JOHN))
    assert events == [ParticipantLeft(peer_id=ANNA), NewParticipant(peer_id=JOHN, conf_id="1")]


def test_one_call_is_over_and_another_goes_on() -> None:
    events = after(in_call("1", ANNA)).read(in_call("2", ANNA))
    assert names(events) == [
        *("participantLeftConference", "conferenceDeleted"),
        *("conferenceCreated", "newParticipantInConference"),
    ]


def test_an_account_and_a_server() -> None:
    here = ConnectedReply(state=ServerState.CONNECTED, server_info=ServerInfo(server="one", port=4307))
    one = after(Snapshot(app_state=READY, connected=here, login=LoginReply(is_logged_in=True, peer_id=ROOM)))
    gone = Snapshot(app_state=READY, connected=ConnectedReply(), login=LoginReply())
    assert one.read(gone) == [Logout(), ServerDisconnected(server="one", port=4307)]
    one.take(ServerConnected(server="one", port=4307))
    one.take(Login(result=LoginResult.SUCCESS, peer_id=ROOM))
    back = Snapshot(app_state=READY, connected=here, login=LoginReply(is_logged_in=True, peer_id=ROOM))
    assert one.read(back) == []
    one.take(ServerDisconnected(server="one"))
    assert names(one.read(back)) == ["serverConnected"]


@pytest.mark.parametrize("end", [StopCalling(), RejectSent(), AppStateChanged(app_state=AppState.READY)])
def test_an_invitation_that_ended_before_is_not_ended_again(end: Event) -> None:
    snapshot = Snapshot(app_state=READY, conferences=NO_CALL)
    assert after(snapshot, InviteReceived(peer_id=ANNA), end).read(snapshot) == []
    assert after(snapshot, InviteReceived(peer_id=ANNA)).read(snapshot) == [StopCalling(peer_id=ANNA)]


def test_an_invitation_beside_a_call_is_not_taken_for_the_rooms_own() -> None:
    assert after(in_call("1", ANNA), InviteSent(peer_id=JOHN)).read(in_call("1", ANNA)) == []


def test_whom_the_terminal_calls() -> None:
    asked = Requests(outgoing_conference=(Person(peer_id=JOHN, peer_name="John"),))
    calling = Snapshot(
        app_state=AppStateReply(app_state=AppState.WAITING, requests=asked),
        conferences=ConferencesReply(conf_state=ConferenceState.INVITATION, direction="outgoing", type="conference"),
    )
    events = after(Snapshot(app_state=READY, conferences=NO_CALL)).read(calling)
    sent = InviteSent(peer_id=JOHN, peer_name="John", conf_type=ConferenceType.SYMMETRIC)
    assert (names(events), events[-1]) == (["appStateChanged", "inviteSent"], sent)


def test_what_was_not_read_is_left_as_it_was() -> None:
    one = after(Snapshot(app_state=READY, mic=MuteReply(mute=True)))
    assert one.read(Snapshot(app_state=READY)) == []
    assert one.read(Snapshot(app_state=READY, mic=MuteReply(mute=False))) == [MicMuted(mute=False)]


def test_a_setting_whatever_the_case_of_its_name() -> None:
    settings = SettingsReply(settings=(Setting(name="audioPlayLevel", value=0.5),))
    one = after(Snapshot(app_state=READY, settings=settings), SettingChanged(name="AUDIOPLAYLEVEL", value=0.7))
    changed = one.read(Snapshot(app_state=READY, settings=settings))
    assert changed == [SettingChanged(name="audioPlayLevel", value=0.5)]


def test_a_terminal_that_names_people_without_end_costs_no_memory_without_end() -> None:
    one = after(Snapshot(app_state=READY))
    for number in range(known.MOST + 10):
        one.take(NewParticipant(peer_id=str(number)))
    assert len(one._facts) == known.MOST


def test_an_event_as_a_program_gets_it() -> None:
    event = ConferenceCreated(conf_id="1", conf_type=ConferenceType.POINT_TO_POINT, pinned=None)
    assert json.loads(frame_of(event)) == {
        "method": "event",
        "event": "conferenceCreated",
        "confId": "1",
        "confType": 0,
        "isInWaitingRoom": False,
    }
    told = json.loads(frame_of(AppStateChanged(app_state=AppState.READY, requests=Requests())))
    assert (told["appState"], told["requests"]["incomingP2PCall"]) == (3, [])
