"""What somebody asks of the room in a conference: from the event to the answer, and every way in which it ends."""

import math

import msgspec
import pytest

from appliance.room import actions
from appliance.room.bindings.bindings import Bindings, bind
from appliance.room.inputs import Hook, Input, Key, Pressed
from appliance.room.intents.conference import AcceptRequest, DeclineRequest
from appliance.room.local_events.conference import RequestDoubted
from appliance.room.local_events.link import Answered, LinkChanged
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.podium import Podium
from appliance.room.parts.reading import Reading
from appliance.room.parts.requests import Request, Wish
from appliance.room.reactions.requests import requests
from appliance.room.reduce.conference.requests import MOST, PATIENCE, doubted
from appliance.room.respond import respond
from appliance.room.settle import CONFIRMED
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages import Snapshot, calls, conference, decode_as, podium
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.calls import (
    AppStateChanged,
    AppStateReply,
    ConferenceCreated,
    ConferenceDeleted,
    GetAppState,
    InviteReceived,
    NewParticipant,
    ParticipantLeft,
    RejectSent,
    StopCalling,
    WaitingRoomChanged,
)
from appliance.terminal.messages.client_enums import PodiumInvitationEnd, RoleEventKind, RoleEventResult
from appliance.terminal.messages.conference import (
    JoinRequestReceived,
    PeerAccepted,
    RecordingAnswered,
    RecordingChanged,
    RecordingRequested,
)
from appliance.terminal.messages.enums import AppState, ConferenceRole, ConferenceState, ConferenceType, Side
from appliance.terminal.messages.parts import Person as Listed
from appliance.terminal.messages.podium import PodiumInvitationRemoved, PodiumRequestAnswered, RoleChanged
from tests.room.reactions.living import Living
from tests.room.rooms import ANNA, BORIS, ROOM, after, room

LECTURE = Conversation(peer=Person(ANNA), type=ConferenceType.ROLE_BASED, conf_id="3", owner=ANNA, since=1.0)
OUR_LECTURE = Conversation(type=ConferenceType.ROLE_BASED, conf_id="2", owner=ROOM, since=1.0)
INVITED = RoleChanged(
    peer_id=ROOM, role=ConferenceRole.PODIUM, kind=RoleEventKind.INQUIRY, result=RoleEventResult.COMMON, broadcast=False
)
REMARK = RoleChanged(peer_id=ROOM, role=ConferenceRole.REMARK, kind=RoleEventKind.INQUIRY)
BORIS_ASKS = msgspec.structs.replace(INVITED, peer_id=BORIS, peer_name="Boris")
JOIN = JoinRequestReceived(peer_id=BORIS, peer_name="Boris", conf_id="2")
RECORD = RecordingRequested(peer_id=BORIS, peer_name="Boris", conf_id="3")
BORIS_PERSON = Person(BORIS, "Boris")
BINDINGS = Bindings(
    buttons={name: bind(name) for name in ("accept", "answer", "decline", "hang_up", "call", "clear")}, contact=BORIS
)


def listed(**kinds: str) -> Answered:
    """What the terminal answers when it is asked what waits for an answer: who, by kind."""
    found = {kind: (Listed(peer_id=who),) for kind, who in kinds.items()}
    requests = calls.Requests(**found) if found else None
    return Answered(GetAppState(), AppStateReply(app_state=AppState.IN_CONFERENCE, requests=requests))


def theirs() -> RoomState:
    return room(Phase.IN_CALL, conversation=LECTURE)


def ours() -> RoomState:
    return room(Phase.IN_CALL, conversation=OUR_LECTURE)


def invited() -> RoomState:
    return after(theirs(), INVITED, listed(incoming_podium_invitation=ANNA))


def read_anew() -> RoomState:
    """Invited before the link was new."""
    return after(doubted(theirs(), 90.0), listed(incoming_podium_invitation=ANNA))


CASES = {
    Wish.PODIUM: invited(),
    Wish.REMARK: after(theirs(), REMARK),
    Wish.SPEAK: after(ours(), BORIS_ASKS, listed(incoming_podium_request=BORIS)),
    Wish.JOIN: after(ours(), JOIN),
    Wish.RECORD: after(theirs(), RECORD),
}
ACCEPTED: dict[Wish, Command] = {
    Wish.PODIUM: podium.AcceptPodiumInvitation(),
    Wish.REMARK: podium.StartRemark(),
    Wish.SPEAK: podium.AcceptPodiumRequest(peer_id=BORIS),
    Wish.JOIN: conference.AcceptPeer(peer_id=BORIS),
    Wish.RECORD: conference.AllowRecording(peer_id=BORIS),
}
DECLINED: dict[Wish, tuple[Command, ...]] = {
    Wish.PODIUM: (podium.RejectPodiumInvitation(),),
    Wish.REMARK: (),
    Wish.SPEAK: (podium.RejectPodiumRequest(peer_id=BORIS),),
    Wish.JOIN: (conference.RejectPeer(peer_id=BORIS),),
    Wish.RECORD: (conference.DenyRecording(peer_id=BORIS),),
}


def did(state: RoomState, given: Input, now: float = 101.0) -> tuple[RoomState, list[Command]]:
    """The room after an input, and what that sends."""
    state, orders = respond(given, state, BINDINGS, now)
    return state, [command for order in orders for command in order.plan.commands]


@pytest.mark.parametrize("wish", Wish)
def test_who_asks_what_and_how_long_they_usually_wait(wish: Wish) -> None:
    (request,) = CASES[wish].requests
    who = BORIS if wish in {Wish.SPEAK, Wish.JOIN, Wish.RECORD} else ANNA
    assert (request.wish, request.who.peer_id, request.until) == (wish, who, 100.0 + PATIENCE)


@pytest.mark.parametrize("given", [Pressed("accept"), Pressed("call"), Key("call"), Hook(off=True)])
@pytest.mark.parametrize("wish", Wish)
def test_accept_call_and_hook_accept(wish: Wish, given: Input) -> None:
    state, sent = did(CASES[wish], given)
    assert sent == [ACCEPTED[wish]]
    (request,) = state.requests
    assert (request.answer, request.answered_until) == (True, 101.0 + CONFIRMED)
    for again in (given, Pressed("decline")):
        assert did(state, again)[1] == []


@pytest.mark.parametrize("given", [Pressed("decline"), Pressed("clear"), Key("clear")])
@pytest.mark.parametrize("wish", Wish)
def test_decline_and_clear_decline(wish: Wish, given: Input) -> None:
    state, sent = did(CASES[wish], given)
    assert tuple(sent) == DECLINED[wish]
    assert [request.answer for request in state.requests] == ([] if wish is Wish.REMARK else [False])


@pytest.mark.parametrize("given", [Pressed("hang_up"), Hook(off=False)])
@pytest.mark.parametrize("wish", Wish)
def test_hanging_up_hangs_up_whatever_is_asked(wish: Wish, given: Input) -> None:
    (sent,) = did(CASES[wish], given)[1]
    assert isinstance(sent, calls.HangUp)


@pytest.mark.parametrize("given", [Key("5"), Pressed("answer")])
def test_other_inputs_are_what_they_always_are(given: Input) -> None:
    state, sent = did(invited(), given)
    assert (state.requests, sent) == (invited().requests, did(theirs(), given)[1])


ENDS = [
    (Wish.PODIUM, PodiumInvitationRemoved(reason=PodiumInvitationEnd.ACCEPTED)),
    (Wish.PODIUM, PodiumInvitationRemoved(reason=PodiumInvitationEnd.TIMED_OUT)),
    (Wish.PODIUM, RoleChanged(peer_id=ROOM, role=ConferenceRole.PODIUM, kind=RoleEventKind.ANSWER)),
    (Wish.PODIUM, RoleChanged(peer_id=ROOM, role=ConferenceRole.REPORTER, kind=RoleEventKind.NOTICE, broadcast=True)),
    (Wish.REMARK, RoleChanged(peer_id=ROOM, role=ConferenceRole.REMARK, kind=RoleEventKind.NOTICE, broadcast=True)),
    (Wish.SPEAK, PodiumRequestAnswered(peer_id=BORIS, allow=True)),
    (Wish.SPEAK, PodiumRequestAnswered(peer_id=f"{BORIS}/1", allow=False)),
    (Wish.SPEAK, RoleChanged(peer_id=BORIS, role=ConferenceRole.REPORTER, kind=RoleEventKind.NOTICE, broadcast=True)),
    (Wish.SPEAK, ParticipantLeft(peer_id=BORIS)),
    (Wish.JOIN, PeerAccepted(peer_id=BORIS)),
    (Wish.JOIN, RejectSent(peer_id=BORIS)),
    (Wish.JOIN, NewParticipant(peer_id=BORIS)),
    (Wish.RECORD, RecordingAnswered(peer_id=BORIS, allowed=False)),
    (Wish.RECORD, RecordingChanged(peer_id=BORIS, recording=True)),
    (Wish.RECORD, ParticipantLeft(peer_id=BORIS)),
]


@pytest.mark.parametrize(("wish", "event"), ENDS)
def test_what_was_settled_is_asked_no_more(wish: Wish, event: object) -> None:
    assert after(CASES[wish], event).requests == ()


@pytest.mark.parametrize("wish", Wish)
@pytest.mark.parametrize(
    "event",
    [
        ConferenceDeleted(),
        ConferenceCreated(conf_id="9"),
        AppStateChanged(app_state=AppState.CLOSING),
        AppStateChanged(app_state=AppState.READY),
        WaitingRoomChanged(in_waiting_room=True),
        LinkChanged(Link(LinkPhase.DOWN)),
        Snapshot(app_state=AppStateReply(app_state=AppState.IN_CONFERENCE)),
    ],
)
def test_the_end_of_the_conference_ends_it(wish: Wish, event: object) -> None:
    state = after(CASES[wish], event)
    assert (state.requests, state.stale.get(Reading.REQUESTS)) == ((), None)


@pytest.mark.parametrize("wish", [Wish.SPEAK, Wish.JOIN, Wish.RECORD])
def test_what_somebody_else_does_ends_nothing(wish: Wish) -> None:
    for event in (ParticipantLeft(peer_id=ANNA), NewParticipant(peer_id=ANNA), RejectSent(peer_id=ANNA)):
        assert after(CASES[wish], event).requests == CASES[wish].requests


def test_who_asks_twice_is_there_once_and_a_crowd_is_bounded() -> None:
    assert len(after(ours(), JOIN, JOIN).requests) == 1
    assert len(after(ours(), *(JoinRequestReceived(peer_id=f"{each}@x") for each in range(100))).requests) == MOST


def test_what_was_asked_first_is_answered_first() -> None:
    state = after(ours(), JOIN, JoinRequestReceived(peer_id=ANNA), RECORD)
    assert did(state, Pressed("accept"))[1] == [conference.AcceptPeer(peer_id=BORIS)]
    state = after(state, PeerAccepted(peer_id=BORIS), listed(incoming_recording=BORIS, incoming_join=ANNA))
    assert [request.wish for request in state.requests] == [Wish.JOIN, Wish.RECORD]


def test_what_was_asked_while_the_room_waited_to_be_let_in_is_read_then() -> None:
    waits = after(theirs(), WaitingRoomChanged(in_waiting_room=True), RECORD)
    assert (waits.requests, waits.stale) == ((), {})
    state = after(waits, WaitingRoomChanged(in_waiting_room=False), now=130.0)
    assert state.stale[Reading.REQUESTS] == 130.0
    assert [each.wish for each in after(state, listed(incoming_recording=BORIS)).requests] == [Wish.RECORD]


def test_nothing_is_asked_outside_a_conference() -> None:
    for phase in Phase:
        if phase is not Phase.IN_CALL:
            assert after(room(phase), JOIN, RECORD, INVITED).requests == ()


# what an event does not say: whether the room is asked, or asks


def test_an_invitation_counts_once_the_terminal_has_listed_it() -> None:
    state = after(theirs(), INVITED)
    assert state.stale == {Reading.REQUESTS: 100.0}
    assert did(state, Pressed("accept"))[1] == []
    state = after(state, listed(incoming_podium_invitation=ANNA))
    assert Reading.REQUESTS not in state.stale
    assert did(state, Pressed("accept"))[1] == [podium.AcceptPodiumInvitation()]


def test_an_invitation_may_name_the_owner_who_invites() -> None:
    event = msgspec.structs.replace(INVITED, peer_id=f"{ANNA}/7", peer_name="Anna")
    (request,) = after(theirs(), event, listed()).requests
    assert (request.wish, request.who.peer_id, request.certain) == (Wish.PODIUM, ANNA, True)
    asking = msgspec.structs.replace(theirs(), podium=Podium(asked=True))
    assert after(asking, event, listed(outgoing_podium_request=ANNA)).requests == ()


def test_what_the_room_asks_itself_is_no_invitation() -> None:
    state = after(theirs(), INVITED, listed(outgoing_podium_request=ANNA))
    assert (state.requests, state.podium.asked) == ((), True)
    state = after(ours(), BORIS_ASKS, listed(outgoing_podium_invitation=BORIS))
    assert state.requests == ()


def test_a_terminal_that_lists_nothing_is_believed_by_its_events() -> None:
    state = after(theirs(), INVITED, listed())
    assert did(state, Pressed("accept"))[1] == [podium.AcceptPodiumInvitation()]


def test_a_terminal_that_has_listed_some_lists_all() -> None:
    state = after(ours(), JOIN, listed(incoming_join=BORIS))
    assert after(state, RECORD, listed(incoming_join=BORIS)).requests == state.requests
    assert after(state, JoinRequestReceived(peer_id=ANNA), listed()).requests == ()


@pytest.mark.parametrize("unreadable", [True, 1, "anna", [7], [{}], []])
def test_a_list_that_cannot_be_read_changes_nothing(unreadable: object) -> None:
    said = msgspec.json.encode({"result": True, "appState": 5, "requests": {"incomingPodiumInvitation": unreadable}})
    reply = decode_as(AppStateReply, said)
    state = after(theirs(), INVITED, Answered(GetAppState(), reply))
    assert state.requests == (Request(Wish.PODIUM, Person(ANNA), 100.0 + PATIENCE),)


def test_an_answer_that_is_older_than_what_was_asked_does_not_count() -> None:
    state = after(invited(), RECORD)
    old = Answered(GetAppState(), listed(incoming_podium_invitation=ANNA).reply, up_to_date=False)
    assert after(state, old).requests == state.requests


def test_until_it_is_listed_a_request_may_be_what_the_room_has_asked_of_somebody() -> None:
    state = after(ours(), BORIS_ASKS)
    assert state.requests == (Request(Wish.SPEAK, BORIS_PERSON, 100.0 + PATIENCE, certain=False),)


def test_an_application_state_lists_what_waits_for_an_answer_too() -> None:
    told = AppStateChanged(
        app_state=AppState.IN_CONFERENCE, requests=calls.Requests(incoming_podium_invitation=(Listed(peer_id=ANNA),))
    )
    assert after(theirs(), told).requests == (Request(Wish.PODIUM, Person(ANNA)),)


@pytest.mark.parametrize("wish", [Wish.JOIN, Wish.RECORD])
def test_who_asks_is_named_by_the_event_and_nobody_asks_without_an_id(wish: Wish) -> None:
    assert [request.who for request in CASES[wish].requests] == [BORIS_PERSON]
    nobody = JoinRequestReceived(peer_id="") if wish is Wish.JOIN else RecordingRequested(peer_id="")
    assert after(ours(), nobody).requests == ()


def test_a_refusal_waits_for_the_terminal_like_an_acceptance() -> None:
    (request,) = did(CASES[Wish.JOIN], Pressed("decline"))[0].requests
    assert (request.answer, request.answered_until) == (False, 101.0 + CONFIRMED)


def test_of_two_who_ask_to_speak_the_other_waits_on() -> None:
    state = after(ours(), BORIS_ASKS, msgspec.structs.replace(BORIS_ASKS, peer_id=ANNA))
    answered = msgspec.structs.replace(BORIS_ASKS, kind=RoleEventKind.NOTICE, broadcast=True)
    assert [request.who.peer_id for request in after(state, answered).requests] == [ANNA]


@pytest.mark.parametrize(
    "settled", [RecordingAnswered(peer_id=BORIS, allowed=True), RecordingChanged(peer_id=BORIS, recording=True)]
)
def test_of_two_who_ask_to_record_the_other_waits_on(settled: object) -> None:
    state = after(theirs(), RECORD, RecordingRequested(peer_id=ANNA, conf_id="3"), settled)
    assert [request.who.peer_id for request in state.requests] == [ANNA]


def test_an_invitation_of_somebody_without_an_id_has_their_name() -> None:
    told = AppStateChanged(
        app_state=AppState.IN_CONFERENCE,
        requests=calls.Requests(incoming_podium_invitation=(Listed(peer_id="", peer_name="Somebody"),)),
    )
    assert after(theirs(), told).requests == (Request(Wish.PODIUM, Person("", "Somebody")),)


def test_in_a_conference_of_which_nothing_is_known_nobody_in_particular_asks() -> None:
    (request,) = after(room(Phase.IN_CALL), INVITED).requests
    assert (request.wish, request.who) == (Wish.PODIUM, Person(""))
    assert after(room(Phase.IN_CALL), BORIS_ASKS).requests == ()


def test_others_who_ask_the_owner_do_not_concern_the_room() -> None:
    assert after(theirs(), BORIS_ASKS) == theirs()


# how it ends without an event


def test_when_terminals_usually_stop_waiting_the_terminal_is_asked() -> None:
    state = invited()
    living = Living(requests, state)
    assert living.look_at == 100.0 + PATIENCE
    assert living.sees(room(), 101.0).look_at == math.inf
    living.sees(state, 100.0 + PATIENCE)
    state = after(state, *living.events, now=130.0)
    assert state.stale == {Reading.REQUESTS: 130.0}
    assert after(state, listed(incoming_podium_invitation=ANNA)).requests == (Request(Wish.PODIUM, Person(ANNA)),)
    assert after(state, listed()).requests == ()


@pytest.mark.parametrize("state", [after(invited(), RequestDoubted(invited().requests[0])), read_anew()])
def test_what_the_terminal_still_lists_is_asked_after_again_and_again(state: RoomState) -> None:
    living = Living(requests, state)
    for now in (PATIENCE, 2 * PATIENCE):
        assert living.look_at == now
        living.sees(state, now)
        state = after(state, *living.events, now=now)
        assert state.stale[Reading.REQUESTS] == now
        state = after(state, listed(incoming_podium_invitation=ANNA), now=now)
        living.events.clear()
        living.sees(state, now)
    living.sees(state, 3 * PATIENCE)
    assert after(state, *living.events, listed()).requests == ()


def test_what_the_terminal_does_not_answer_any_more_is_over() -> None:
    living = Living(requests, read_anew())
    living.sees(read_anew(), PATIENCE)
    state = after(read_anew(), *living.events, now=PATIENCE)
    living.sees(state, 2 * PATIENCE)
    assert after(state, *living.events, now=2 * PATIENCE).requests == ()


@pytest.mark.parametrize("state", [after(ours(), JOIN, listed()), CASES[Wish.REMARK]])
def test_what_no_list_tells_lasts_no_longer_than_it_usually_would(state: RoomState) -> None:
    living = Living(requests, state)
    living.sees(state, 100.0 + PATIENCE)
    assert after(state, *living.events).requests == ()


def test_an_answer_that_nothing_comes_of_may_be_given_again() -> None:
    state, _ = did(invited(), Pressed("accept"))
    living = Living(requests, state)
    assert living.look_at == 101.0 + CONFIRMED
    living.sees(state, 106.0)
    state = after(state, *living.events, now=106.0)
    assert state.stale == {Reading.REQUESTS: 106.0}
    assert did(state, Pressed("decline"))[1] == [podium.RejectPodiumInvitation()]


# after a (re)connect


def test_a_reconnect_reads_what_is_asked_and_tells_no_end() -> None:
    found = calls.Requests(
        incoming_podium_invitation=(Listed(peer_id=ANNA, peer_name="Anna"),),
        incoming_recording=(Listed(peer_id=BORIS),),
    )
    state = after(
        RoomState(),
        Snapshot(
            app_state=AppStateReply(app_state=AppState.IN_CONFERENCE, requests=found),
            conferences=calls.ConferencesReply(conf_state=ConferenceState.GOING_ON, conf_id="3", owner=ANNA),
        ),
    )
    assert state.requests == (Request(Wish.PODIUM, Person(ANNA, "Anna")), Request(Wish.RECORD, Person(BORIS)))


def test_before_a_call_nothing_is_taken_for_a_request() -> None:
    found = calls.Requests(incoming_call=(Listed(peer_id=ANNA),), incoming_recording=(Listed(peer_id=BORIS),))
    state = after(RoomState(), Snapshot(app_state=AppStateReply(app_state=AppState.WAITING, requests=found)))
    assert (state.phase, state.requests) == (Phase.RINGING, ())


# precedence against a call that comes in


def test_a_call_that_comes_in_is_answered_first() -> None:
    state = after(invited(), InviteReceived(peer_id=BORIS, conf_id="9"))
    for given, command in ((Pressed("accept"), calls.Accept()), (Pressed("decline"), calls.Reject())):
        assert did(state, given)[1] == [command]
    state = after(state, StopCalling(peer_id=BORIS, side=Side.PEER))
    assert did(state, Pressed("accept"))[1] == [podium.AcceptPodiumInvitation()]


def test_a_ringing_call_is_what_accept_and_decline_are_about() -> None:
    ringing = after(room(), InviteReceived(peer_id=BORIS))
    assert did(ringing, Pressed("accept"))[1] == [calls.Accept()]
    assert did(ringing, Pressed("decline"))[1] == [calls.Reject()]


def test_nothing_asked_nothing_answered() -> None:
    for state in (room(), theirs(), room(Phase.CALLING)):
        for words in ("accept", "decline"):
            assert did(state, Pressed(words))[1] == []


def test_the_answer_knows_whom_it_is_for() -> None:
    (request,) = invited().requests
    _, (order,) = respond(Pressed("accept"), invited(), BINDINGS, 101.0)
    assert order.intent == AcceptRequest(request)
    _, (order,) = respond(Pressed("decline"), invited(), BINDINGS, 101.0)
    assert order.intent == DeclineRequest(request)
    assert actions.parse("accept") == actions.Accept()
