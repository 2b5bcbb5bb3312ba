"""The room's own place in a role-based conference: asked for, given, refused, left, and what the owner mutes."""

import msgspec
import pytest

from appliance.language.text import Text
from appliance.room.bindings.bindings import Bindings, bind
from appliance.room.inputs import Pressed
from appliance.room.intents.shown import Explain
from appliance.room.local_events.link import Answered, LinkChanged
from appliance.room.parts.call import Muted
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.podium import Podium
from appliance.room.parts.reading import Reading
from appliance.room.parts.requests import Wish
from appliance.room.reactions.requests import requests
from appliance.room.reduce.conference.podium import LONGEST_REMARK
from appliance.room.reduce.conference.requests import PATIENCE
from appliance.room.respond import respond
from appliance.room.settle import CONFIRMED
from appliance.room.state import Phase, RoomState
from appliance.room.texts import NO_PODIUM, NOT_ON_PODIUM, ON_PODIUM, PODIUM_ASKED, podium_refused
from appliance.terminal.messages import Snapshot, podium
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.calls import (
    AppStateReply,
    ConferenceCreated,
    ConferenceDeleted,
    ConferencesReply,
    GetConferenceParticipants,
    NewParticipant,
    Participant,
    ParticipantsReply,
    Requests,
)
from appliance.terminal.messages.client_enums import RoleEventKind, RoleEventResult
from appliance.terminal.messages.devices import MicMuted, MicMutedByOwner, MuteReply, VideoMutedByOwner
from appliance.terminal.messages.enums import AppState, ConferenceRole, ConferenceState, ConferenceType
from appliance.terminal.messages.parts import Person as Listed
from appliance.terminal.messages.podium import RemarkCountDown, RoleChanged
from tests.room.reactions.living import Living
from tests.room.rooms import ANNA, BORIS, P2P, ROOM, THEIR_GROUP, after, room
from tests.room.test_requests import INVITED, OUR_LECTURE, REMARK, listed, ours, theirs
from tests.some import some

STEP_UP = RoleChanged(peer_id=ROOM, role=ConferenceRole.REPORTER, kind=RoleEventKind.NOTICE, broadcast=True)
STEP_DOWN = msgspec.structs.replace(STEP_UP, role=ConferenceRole.COMMON, broadcast=False)
ANSWER = RoleChanged(peer_id=ROOM, role=ConferenceRole.PODIUM, kind=RoleEventKind.ANSWER)
BINDINGS = Bindings(buttons={word: bind(f"podium {word}") for word in ("ask", "leave", "remark")})
COMMANDS: dict[str, Command] = {
    "ask": podium.GoToPodium(),
    "leave": podium.LeavePodium(),
    "remark": podium.StartRemark(),
}


def did(state: RoomState, word: str) -> tuple[RoomState, Command | Text]:
    """The room after this action, and what that sends or explains."""
    state, (order,) = respond(Pressed(word), state, BINDINGS, 100.0)
    return state, order.intent.text if isinstance(order.intent, Explain) else order.plan.commands[0]


def asked() -> RoomState:
    return after(did(theirs(), "ask")[0], INVITED, listed(outgoing_podium_request=ANNA))


def on_podium() -> RoomState:
    return after(theirs(), STEP_UP)


@pytest.mark.parametrize("word", COMMANDS)
def test_it_is_asked_for_and_is_pending_until_the_terminal_says_something(word: str) -> None:
    state, sent = did(theirs(), word)
    assert (sent, state.podium.pending_until) == (COMMANDS[word], 100.0 + CONFIRMED)
    assert state.podium.speaks is None
    assert respond(Pressed(word), state, BINDINGS, 101.0)[1] == ()
    living = Living(requests, state)
    living.sees(state, 105.0)
    assert after(state, *living.events).podium == Podium()


def test_the_request_is_said_to_be_made_once_the_terminal_says_so() -> None:
    state = asked()
    assert (state.podium, state.requests) == (Podium(asked=True), ())
    assert did(state, "ask")[1] == PODIUM_ASKED


def test_it_is_given() -> None:
    state = after(asked(), ANSWER, STEP_UP)
    assert (state.podium, state.notice) == (Podium(speaks=True), None)
    assert did(state, "ask")[1] == did(state, "remark")[1] == ON_PODIUM
    state, sent = did(state, "leave")
    assert sent == podium.LeavePodium()
    assert after(state, STEP_DOWN).podium == Podium(speaks=False)


@pytest.mark.parametrize("result", [each for each in RoleEventResult if each is not RoleEventResult.POSITIVE])
def test_a_refusal_says_why(result: RoleEventResult) -> None:
    state = after(asked(), msgspec.structs.replace(ANSWER, result=result))
    assert (state.podium.asked, some(state.notice).text) == (False, podium_refused(result))


def test_declining_an_invitation_is_no_refusal_of_ours() -> None:
    state = after(theirs(), INVITED, listed(incoming_podium_invitation=ANNA))
    assert after(state, msgspec.structs.replace(ANSWER, result=RoleEventResult.BY_PARTICIPANT)).notice is None


def test_a_request_that_is_no_longer_listed_is_over() -> None:
    state = after(asked(), INVITED)
    assert after(state, listed()).podium.asked is False


# what of all that answers our own request


@pytest.mark.parametrize("word", ["leave", "remark"])
def test_an_invitation_that_crosses_something_else_that_was_asked_is_one(word: str) -> None:
    state = after(did(theirs(), word)[0], INVITED)
    assert (state.podium.asked, [each.wish for each in state.requests]) == (False, [Wish.PODIUM])
    assert state.podium.pending_until == 100.0 + CONFIRMED


def test_being_asked_for_a_remark_is_no_answer_to_the_request_for_the_podium() -> None:
    for state in (asked(), did(theirs(), "ask")[0]):
        crossed = after(state, REMARK)
        assert [each.wish for each in crossed.requests] == [Wish.REMARK]
        assert crossed.podium == state.podium


def test_stepping_down_before_is_no_answer_to_the_request_for_the_podium() -> None:
    state = after(did(theirs(), "ask")[0], STEP_DOWN)
    assert state.podium.pending_until == 100.0 + CONFIRMED
    assert after(state, INVITED).podium.asked
    assert after(state, STEP_UP).podium == Podium(speaks=True)


def test_a_refusal_says_why_though_nothing_has_said_that_it_was_asked() -> None:
    refused = msgspec.structs.replace(ANSWER, result=RoleEventResult.ROLE_BUSY)
    state = after(did(theirs(), "ask")[0], refused)
    assert some(state.notice).text == podium_refused(RoleEventResult.ROLE_BUSY)


def test_the_answer_to_an_invitation_is_none_to_our_own_request() -> None:
    invited = after(asked(), INVITED, listed(outgoing_podium_request=ANNA, incoming_podium_invitation=ANNA))
    declined = respond(Pressed("decline"), invited, Bindings(buttons={"decline": bind("decline")}), 101.0)[0]
    state = after(declined, msgspec.structs.replace(ANSWER, result=RoleEventResult.BY_PARTICIPANT), now=101.0)
    assert (state.podium.asked, state.requests, state.notice) == (True, (), None)
    assert state.stale[Reading.REQUESTS] == 101.0


# the request that nobody answers


def watched(state: RoomState, living: Living, now: float) -> RoomState:
    """The room once the reaction has had its look."""
    living.events.clear()
    living.sees(state, now)
    return after(state, *living.events, now=now)


def test_a_request_that_the_terminal_forgets_does_not_last_for_ever() -> None:
    asking = msgspec.structs.replace(theirs(), podium=Podium(asked=True))
    living = Living(requests, asking)
    assert living.look_at == PATIENCE
    assert watched(asking, living, PATIENCE).podium == Podium()


def test_a_terminal_that_lists_requests_is_asked_again_and_again_whether_it_still_has_it() -> None:
    state, living = asked(), Living(requests, asked())
    for now in (PATIENCE, 2 * PATIENCE):
        state = watched(state, living, now)
        assert (state.podium.asked, state.stale) == (True, {Reading.REQUESTS: now})
        state = after(state, listed(outgoing_podium_request=ANNA), now=now)
        living.sees(state, now)
        assert living.look_at == now + PATIENCE
    state = watched(state, living, 3 * PATIENCE)
    assert after(state, listed()).podium == Podium()


def test_where_the_terminal_does_not_answer_that_either_the_request_is_over() -> None:
    living = Living(requests, asked())
    state = watched(asked(), living, PATIENCE)
    assert watched(state, living, 2 * PATIENCE).podium == Podium()


def test_a_remark_counts_down_and_ends() -> None:
    state = after(theirs(), msgspec.structs.replace(STEP_UP, role=ConferenceRole.REMARK), RemarkCountDown(seconds=30))
    assert state.podium == Podium(speaks=True, remark_until=130.0)
    state = after(state, RemarkCountDown(seconds=29), now=101.2)
    assert state.podium.remark_until == pytest.approx(130.2)
    state = after(state, RemarkCountDown(seconds=0), STEP_DOWN, now=130.0)
    assert state.podium == Podium(speaks=False)


def test_there_is_no_podium_elsewhere() -> None:
    for state in (
        room(),
        room(Phase.IN_CALL, conversation=P2P),
        room(Phase.IN_CALL, conversation=THEIR_GROUP),
        room(Phase.WAITING_ROOM, conversation=THEIR_GROUP),
    ):
        for word in COMMANDS:
            assert did(state, word)[1] == NO_PODIUM


def test_who_is_not_there_cannot_leave() -> None:
    assert did(after(theirs(), STEP_DOWN), "leave")[1] == NOT_ON_PODIUM


def test_the_owner_speaks_from_the_beginning_and_may_step_down() -> None:
    leader = msgspec.structs.replace(STEP_UP, role=ConferenceRole.LEADER, broadcast=False)
    state = after(ours(), leader)
    assert state.podium.speaks is False
    assert did(state, "ask")[1] == podium.GoToPodium()
    silent = after(state, msgspec.structs.replace(leader, broadcast=None))
    assert (silent.podium.speaks, silent.stale) == (None, {Reading.PARTICIPANTS: 100.0})


def test_where_the_room_is_has_to_be_asked() -> None:
    created = ConferenceCreated(conf_id="3", conf_type=ConferenceType.ROLE_BASED, owner=ANNA)
    state = after(room(), created)
    assert state.stale == {Reading.PARTICIPANTS: 100.0}
    people = (Participant(peer_id=ANNA, broadcast=True), Participant(peer_id=f"{ROOM}/1", broadcast=False))
    state = after(state, Answered(GetConferenceParticipants(), ParticipantsReply(participants=people)))
    assert (state.podium.speaks, state.stale) == (False, {})


def test_a_terminal_that_does_not_say_is_not_asked_for_ever() -> None:
    created = ConferenceCreated(conf_id="3", conf_type=ConferenceType.ROLE_BASED, owner=ANNA)
    silent = ParticipantsReply(participants=(Participant(peer_id="#self:0", role=ConferenceRole.REPORTER),))
    state = after(room(), created, Answered(GetConferenceParticipants(), silent), MicMuted(mute=True))
    assert (state.podium.speaks, state.stale) == (None, {})


def test_coming_in_says_it_too() -> None:
    assert after(theirs(), NewParticipant(peer_id=ROOM, broadcast=False)).podium.speaks is False
    assert after(theirs(), NewParticipant(peer_id=BORIS, broadcast=True)).podium.speaks is None


def test_in_a_waiting_room_it_has_no_place_whatever_an_event_says() -> None:
    waits = msgspec.structs.replace(theirs(), phase=Phase.WAITING_ROOM)
    assert after(waits, NewParticipant(peer_id=ROOM, broadcast=True)).podium.speaks is None


def test_a_remark_of_more_seconds_than_there_are_is_long_and_nothing_more() -> None:
    state = after(theirs(), msgspec.structs.replace(STEP_UP, role=ConferenceRole.REMARK))
    state = after(state, RemarkCountDown(seconds=10**400), now=100.0)
    assert state.podium is not None
    assert state.podium.remark_until == 100.0 + LONGEST_REMARK


def test_a_remark_that_is_counted_down_after_the_call_is_none_of_the_next() -> None:
    assert after(RoomState(phase=Phase.IDLE), RemarkCountDown(seconds=30)).podium.remark_until is None


def test_a_reconnect_reads_it() -> None:
    people = (Participant(peer_id="#self:0", broadcast=True), Participant(peer_id=ANNA, broadcast=True))
    own = Requests(outgoing_podium_request=(Listed(peer_id=ANNA),))
    snapshot = Snapshot(
        app_state=AppStateReply(app_state=AppState.IN_CONFERENCE, requests=own),
        conferences=ConferencesReply(
            conf_state=ConferenceState.GOING_ON, conf_type=ConferenceType.ROLE_BASED, conf_id="3", owner=ANNA
        ),
    )
    state = after(RoomState(), msgspec.structs.replace(snapshot, participants=ParticipantsReply(participants=people)))
    assert state.podium == Podium(speaks=True, asked=True)
    assert Reading.PARTICIPANTS not in state.stale
    assert Reading.PARTICIPANTS in after(RoomState(), snapshot).stale
    held_back = msgspec.structs.replace(some(snapshot.conferences), in_waiting_room=True)
    waiting = msgspec.structs.replace(
        snapshot, conferences=held_back, participants=ParticipantsReply(participants=people)
    )
    assert after(RoomState(), waiting).podium.speaks is None  # no place yet, whatever the list says


@pytest.mark.parametrize("event", [ConferenceDeleted(), ConferenceCreated(conf_id="9"), LinkChanged(Link())])
def test_it_ends_with_the_conference(event: object) -> None:
    state = after(on_podium(), MicMutedByOwner(mute=True), event)
    assert (state.podium, state.muted_by_owner) == (Podium(), frozenset())


# what the owner mutes


def test_the_owner_who_mutes_us_is_named_until_we_are_heard_again() -> None:
    state = after(theirs(), MicMutedByOwner(mute=True), VideoMutedByOwner(mute=True))
    assert state.mic_muted is state.video_muted is True
    assert state.muted_by_owner == {Muted.MIC, Muted.VIDEO}
    assert some(state.notice).text == Text("notice.camera_muted_by_owner")
    state = after(state, MicMuted(mute=True), VideoMutedByOwner(mute=False))
    assert state.muted_by_owner == {Muted.MIC}
    assert some(state.notice).text == Text("notice.camera_unmuted_by_owner")
    assert after(state, MicMuted(mute=False)).muted_by_owner == frozenset()


def test_a_reconnect_knows_that_we_are_muted_and_not_by_whom() -> None:
    muted = after(room(Phase.IN_CALL, conversation=OUR_LECTURE), MicMutedByOwner(mute=True))
    snapshot = Snapshot(app_state=AppStateReply(app_state=AppState.IN_CONFERENCE), mic=MuteReply(mute=True))
    state = after(muted, LinkChanged(Link(LinkPhase.DOWN)), snapshot)
    assert (state.mic_muted, state.muted_by_owner) == (True, frozenset())


def test_stepping_down_while_a_request_waits_asks_whether_it_still_does() -> None:
    assert after(asked(), STEP_DOWN, now=120.0).stale[Reading.REQUESTS] == 120.0


def test_a_remark_ends_no_invitation_to_the_podium() -> None:
    invited = after(theirs(), INVITED, listed(incoming_podium_invitation=ANNA), REMARK)
    remark = msgspec.structs.replace(STEP_UP, role=ConferenceRole.REMARK)
    assert [each.wish for each in after(invited, remark).requests] == [Wish.PODIUM]
    assert after(invited, STEP_UP).requests == ()


def test_a_remark_counts_down_as_long_as_it_is_one() -> None:
    remark = msgspec.structs.replace(STEP_UP, role=ConferenceRole.REMARK)
    speaking = after(theirs(), remark, RemarkCountDown(seconds=30))
    assert speaking.podium == Podium(speaks=True, remark_until=130.0)
    assert after(speaking, remark).podium.remark_until == 130.0
    assert after(speaking, STEP_UP).podium == Podium(speaks=True)


def test_a_notice_that_does_not_say_whether_the_room_speaks_settles_what_was_asked() -> None:
    state = after(did(theirs(), "ask")[0], msgspec.structs.replace(STEP_UP, broadcast=None))
    assert (state.podium.pending, state.podium.speaks) == (None, None)
    assert Reading.PARTICIPANTS in state.stale
