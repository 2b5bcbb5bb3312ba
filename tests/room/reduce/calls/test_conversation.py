from itertools import permutations

import pytest

from appliance.room.local_events.call import CallAsked
from appliance.room.parts.call import Conversation
from appliance.room.parts.person import Person
from appliance.room.reactions.second_call import RINGS, second_call
from appliance.room.reduce.calls.password import CAUSES
from appliance.room.state import Phase, RoomState
from appliance.room.texts import refusal
from appliance.terminal.messages.calls import (
    AppStateChanged,
    ConferenceCreated,
    ConferenceDeleted,
    InviteReceived,
    InviteRequestSent,
    InviteSent,
    NewParticipant,
    RejectReceived,
    RejectSent,
    StopCalling,
)
from appliance.terminal.messages.enums import AppState, ConferenceType, RejectCause, Side
from appliance.terminal.messages.people import Contact
from tests.room.reactions.living import Living
from tests.room.rooms import ANNA, BORIS, OWN_GROUP, P2P, ROOM, after, room
from tests.some import some

WAITING = AppStateChanged(app_state=AppState.WAITING)
READY = AppStateChanged(app_state=AppState.READY)
IN_CONFERENCE = AppStateChanged(app_state=AppState.IN_CONFERENCE)
CLOSING = AppStateChanged(app_state=AppState.CLOSING)
ANNA_CALLS = InviteReceived(peer_id=ANNA, peer_name="Anna", conf_id="1")
BORIS_CALLS = InviteReceived(peer_id=BORIS, peer_name="Boris", conf_id="9")
WE_CALL_ANNA = InviteSent(peer_id=ANNA, peer_name="Anna", conf_id="1")
ESTABLISHED = ConferenceCreated(conf_id="1")
DELETED = ConferenceDeleted(conf_id="1")
ANNA_PERSON = Person(ANNA, "Anna")
BORIS_WAITS = Conversation(peer=Person(BORIS, "Boris"), type=ConferenceType.POINT_TO_POINT, conf_id="9")


@pytest.mark.parametrize("events", [*permutations([WAITING, ANNA_CALLS])])
def test_an_incoming_call_rings_in_either_order(events: tuple[object, ...]) -> None:
    state = after(room(), *events)
    assert state.phase is Phase.RINGING
    assert state.conversation == Conversation(peer=ANNA_PERSON, type=ConferenceType.POINT_TO_POINT, conf_id="1")
    assert state.call_waiting is None
    assert state.surprises == 0


@pytest.mark.parametrize("events", [*permutations([WAITING, WE_CALL_ANNA])])
def test_an_outgoing_call_is_calling_in_either_order(events: tuple[object, ...]) -> None:
    state = after(room(), *events)
    assert (state.phase, some(state.conversation).peer, state.surprises) == (Phase.CALLING, ANNA_PERSON, 0)


@pytest.mark.parametrize("events", [*permutations([WAITING, InviteRequestSent(peer_id=ANNA, peer_name="Anna")])])
def test_asking_to_join_a_conference_is_calling_in_either_order(events: tuple[object, ...]) -> None:
    state = after(room(), *events)
    assert (state.phase, some(state.conversation).peer, state.surprises) == (Phase.CALLING, ANNA_PERSON, 0)


@pytest.mark.parametrize("first", [ANNA_CALLS, WE_CALL_ANNA])
@pytest.mark.parametrize("events", [*permutations([IN_CONFERENCE, ESTABLISHED])])
def test_a_call_is_established_in_either_order_and_lasts_since_the_first_of_both(
    first: object, events: tuple[object, ...]
) -> None:
    state = after(room(), first, WAITING, now=90.0)
    state = after(state, events[0], now=100.0)
    state = after(state, events[1], now=103.0)
    assert state.phase is Phase.IN_CALL
    assert state.conversation == Conversation(
        peer=ANNA_PERSON, type=ConferenceType.POINT_TO_POINT, conf_id="1", since=100.0
    )
    assert state.surprises == 0


def test_an_invitation_that_comes_after_its_call_was_established_names_the_peer() -> None:
    state = after(room(), IN_CONFERENCE, ESTABLISHED, ANNA_CALLS)
    assert (some(state.conversation).peer, state.call_waiting) == (ANNA_PERSON, None)


def test_an_invitation_between_application_state_and_establishment_is_the_same_call() -> None:
    state = after(room(), WAITING, IN_CONFERENCE, ANNA_CALLS, ESTABLISHED)
    assert (some(state.conversation).peer, state.call_waiting) == (ANNA_PERSON, None)


def test_an_outgoing_invitation_after_its_call_was_established_names_the_peer() -> None:
    state = after(room(), IN_CONFERENCE, WE_CALL_ANNA)
    assert (state.phase, some(state.conversation).peer) == (Phase.IN_CALL, ANNA_PERSON)


@pytest.mark.parametrize("events", [*permutations([CLOSING, DELETED, READY])])
def test_the_end_of_a_call_is_idle_once_the_terminal_is_ready(events: tuple[object, ...]) -> None:
    state = after(room(Phase.IN_CALL, conversation=P2P), *events, READY)
    assert (state.phase, state.conversation) == (Phase.IDLE, None)


def test_a_closing_call_keeps_its_conversation() -> None:
    state = after(room(Phase.IN_CALL, conversation=P2P), CLOSING)
    assert (state.phase, state.conversation) == (Phase.CLOSING, P2P)


def test_the_late_end_of_another_conference_does_not_end_this_one() -> None:
    state = room(Phase.IN_CALL, conversation=P2P)
    assert after(state, ConferenceDeleted(conf_id="other")) is state


def test_a_second_invitation_waits_and_the_call_goes_on() -> None:
    state = after(room(Phase.IN_CALL, conversation=P2P), BORIS_CALLS)
    assert (state.phase, state.conversation, state.call_waiting) == (Phase.IN_CALL, P2P, BORIS_WAITS)


@pytest.mark.parametrize(
    "ending",
    [
        *(StopCalling(peer_id=who, side=Side(side)) for who in (BORIS, f"{BORIS}/1f2e", ROOM) for side in (0, 1, 2)),
        RejectSent(peer_id=BORIS),
        RejectSent(),
        ConferenceDeleted(conf_id="9"),
    ],
)
def test_a_second_invitation_that_ends_leaves_the_call_alone(ending: object) -> None:
    state = after(room(Phase.IN_CALL, conversation=P2P), BORIS_CALLS, ending)
    assert (state.phase, state.conversation, state.call_waiting) == (Phase.IN_CALL, P2P, None)


@pytest.mark.parametrize("side", [0, 1, 2])
def test_somebody_else_who_does_not_answer_leaves_the_second_invitation_alone(side: int) -> None:
    """Older and newer terminals number the sides differently: 1 is the terminal here and the other side there."""
    state = after(room(Phase.IN_CALL, conversation=P2P), BORIS_CALLS, StopCalling(peer_id="c@d", side=Side(side)))
    assert state.call_waiting == BORIS_WAITS


@pytest.mark.parametrize("events", [*permutations([DELETED, ConferenceCreated(conf_id="9")])])
def test_a_second_invitation_taken_replaces_the_call_in_either_order(events: tuple[object, ...]) -> None:
    state = after(room(Phase.IN_CALL, conversation=P2P), BORIS_CALLS, *events)
    assert state.phase is Phase.IN_CALL
    assert (some(state.conversation).peer, some(state.conversation).since) == (Person(BORIS, "Boris"), 100.0)
    assert state.call_waiting is None


@pytest.mark.parametrize(
    "events",
    [
        [CLOSING, DELETED, WAITING],
        [DELETED, CLOSING, READY, WAITING],
        [CLOSING, READY, WAITING],
        [CLOSING, WAITING],
        [WAITING],
        [DELETED],
    ],
)
def test_a_second_invitation_rings_once_the_call_is_over(events: tuple[object, ...]) -> None:
    state = after(room(Phase.IN_CALL, conversation=P2P), BORIS_CALLS, *events)
    assert (state.phase, state.conversation, state.call_waiting) == (Phase.RINGING, BORIS_WAITS, None)


def test_a_second_invitation_is_forgotten_when_the_terminal_is_idle_for_good() -> None:
    state = after(room(Phase.IN_CALL, conversation=P2P), BORIS_CALLS, CLOSING, READY, WE_CALL_ANNA)
    assert (state.phase, state.call_waiting) == (Phase.CALLING, None)
    assert after(room(Phase.IN_CALL, conversation=P2P), BORIS_CALLS, READY).call_waiting is None


def idle_while_the_second_may_still_ring() -> RoomState:
    state = after(room(Phase.IN_CALL, conversation=P2P), BORIS_CALLS, CLOSING, READY)
    assert (state.phase, state.call_waiting) == (Phase.IDLE, BORIS_WAITS)
    return state


@pytest.mark.parametrize(
    ("events", "peer"),
    [
        ([ANNA_CALLS], ANNA_PERSON),
        ([ANNA_CALLS, WAITING, ESTABLISHED], ANNA_PERSON),
        ([WE_CALL_ANNA], ANNA_PERSON),
        ([ConferenceCreated(conf_id="5", peer_id=ANNA)], Person(ANNA)),
        ([IN_CONFERENCE], None),
        ([ConferenceCreated(conf_id="9")], BORIS_WAITS.peer),
    ],
)
def test_a_second_call_that_never_rang_is_no_ghost_in_the_next(events: list[object], peer: Person | None) -> None:
    state = after(idle_while_the_second_may_still_ring(), *events)
    assert (some(state.conversation).peer, state.call_waiting) == (peer, None)


def test_a_call_that_somebody_here_asks_for_is_not_taken_for_the_second_that_never_rang() -> None:
    state = after(idle_while_the_second_may_still_ring(), CallAsked(ANNA, 105.0), WAITING)
    assert (state.phase, state.conversation, state.call_waiting) == (Phase.WAITING, None, None)


def test_a_second_call_is_not_expected_for_ever() -> None:
    state = idle_while_the_second_may_still_ring()
    living = Living(second_call, state)
    assert (living.events, living.look_at) == ([], RINGS)
    living.sees(state, RINGS)
    state = after(state, *living.events)
    assert (state.phase, state.call_waiting) == (Phase.IDLE, None)
    assert after(state, WAITING).phase is Phase.WAITING


def test_of_two_who_ring_the_other_rings_on_when_one_gives_up() -> None:
    state = after(room(), ANNA_CALLS, WAITING, BORIS_CALLS)
    assert (some(state.conversation).peer, state.call_waiting) == (ANNA_PERSON, BORIS_WAITS)
    gave_up = after(state, StopCalling(peer_id=ANNA, side=Side.PEER))
    assert (gave_up.phase, gave_up.conversation, gave_up.call_waiting) == (Phase.RINGING, BORIS_WAITS, None)
    other = after(state, StopCalling(peer_id=BORIS, side=Side.PEER))
    assert (other.phase, some(other.conversation).peer, other.call_waiting) == (Phase.RINGING, ANNA_PERSON, None)


def test_an_end_without_a_name_is_that_of_the_one_who_rings() -> None:
    state = after(room(), ANNA_CALLS, WAITING, BORIS_CALLS, StopCalling(side=Side.PEER))
    assert (state.phase, state.conversation, state.call_waiting) == (Phase.RINGING, BORIS_WAITS, None)


def test_the_same_invitation_twice_is_one() -> None:
    assert after(room(), ANNA_CALLS, ANNA_CALLS).call_waiting is None


def test_an_invitation_while_calling_waits() -> None:
    state = after(room(), WE_CALL_ANNA, WAITING, BORIS_CALLS)
    assert (state.phase, some(state.conversation).peer, state.call_waiting) == (Phase.CALLING, ANNA_PERSON, BORIS_WAITS)


@pytest.mark.parametrize("cause", [*(cause for cause in RejectCause if cause not in CAUSES), RejectCause(77)])
def test_a_refusal_is_explained_for_five_seconds(cause: RejectCause) -> None:
    state = after(room(), WE_CALL_ANNA, WAITING, RejectReceived(cause=cause, peer_id=ANNA))
    assert some(state.notice).text == refusal(cause, "Anna")
    assert some(state.notice).until == 105.0
    assert state.phase is (Phase.CALLING if cause is RejectCause.JOIN_OK else Phase.IDLE)


def test_a_refusal_by_somebody_invited_to_the_conference_does_not_end_it() -> None:
    state = after(
        room(Phase.IN_CALL, conversation=OWN_GROUP),
        RejectReceived(cause=RejectCause.BUSY, peer_id="c@d", peer_name="C"),
    )
    assert (state.phase, state.conversation, str(some(state.notice).text)) == (Phase.IN_CALL, OWN_GROUP, "C is busy")


def test_a_late_refusal_of_somebody_else_does_not_end_the_calling() -> None:
    state = after(room(), WE_CALL_ANNA, WAITING, RejectReceived(cause=RejectCause.BUSY, peer_id=BORIS))
    assert state.phase is Phase.CALLING


def test_peer_ids_are_the_same_in_any_case_and_on_any_instance() -> None:
    state = after(room(), WE_CALL_ANNA, RejectReceived(cause=RejectCause.BUSY, peer_id="Anna@Example.org/1f"))
    assert state.phase is Phase.IDLE


def test_declining_ends_the_ringing_and_says_whom() -> None:
    state = after(room(), ANNA_CALLS, WAITING, RejectSent(peer_id=ANNA, peer_name="Anna"))
    assert (state.phase, state.conversation) == (Phase.IDLE, None)
    assert str(some(state.notice).text) == "Call from Anna declined"


def test_a_late_decline_of_somebody_else_does_not_end_the_ringing() -> None:
    state = after(room(), ANNA_CALLS, WAITING)
    assert after(state, RejectSent(peer_id=BORIS)) is state


def test_declining_a_request_to_join_our_conference_changes_nothing() -> None:
    state = room(Phase.IN_CALL, conversation=OWN_GROUP)
    assert after(state, RejectSent(peer_id=BORIS)) is state


def test_calling_that_ends_without_a_call_is_idle() -> None:
    state = after(room(), WE_CALL_ANNA, WAITING, StopCalling(peer_id=ROOM))
    assert (state.phase, state.conversation) == (Phase.IDLE, None)


def test_a_group_invitation_tells_title_and_type() -> None:
    invitation = InviteReceived(peer_id=ANNA, type=ConferenceType.ROLE_BASED, conf_title="Review", conf_id="7")
    state = after(room(), invitation, WAITING)
    assert (some(state.conversation).title, some(state.conversation).group) == ("Review", True)
    state = after(state, ConferenceCreated(conf_id="7", conf_type=ConferenceType.ROLE_BASED, owner=ANNA), IN_CONFERENCE)
    assert (some(state.conversation).title, some(state.conversation).owner, some(state.conversation).type) == (
        "Review",
        ANNA,
        ConferenceType.ROLE_BASED,
    )


def test_the_other_side_of_a_conference_is_its_owner_whoever_invited_and_nobody_in_the_rooms_own() -> None:
    state = after(room(), InviteReceived(peer_id=BORIS, type=ConferenceType.SYMMETRIC, conf_id="7"))
    assert some(some(state.conversation).peer).peer_id == BORIS
    state = after(state, ConferenceCreated(conf_id="7", conf_type=ConferenceType.SYMMETRIC, owner=ANNA), IN_CONFERENCE)
    assert some(state.conversation).peer == Person(ANNA)
    calling = after(room(), InviteSent(peer_id=ANNA, conf_type=ConferenceType.SYMMETRIC, conf_id="8"))
    state = after(calling, ConferenceCreated(conf_id="8", conf_type=ConferenceType.SYMMETRIC, owner=ROOM))
    assert some(state.conversation).peer is None


def test_the_owner_in_an_application_state_tells_that_it_is_a_group() -> None:
    state = after(room(), AppStateChanged(app_state=AppState.IN_CONFERENCE, owner=ROOM))
    assert (some(state.conversation).owner, some(state.conversation).group) == (ROOM, True)


def test_a_conference_made_by_inviting_several_is_named_after_the_first() -> None:
    group = ConferenceType.SYMMETRIC
    state = after(
        room(),
        InviteSent(peer_id=ANNA, peer_name="Anna", conf_type=group, conf_id="5"),
        InviteSent(peer_id=BORIS, peer_name="Boris", conf_type=group, conf_id="5"),
    )
    assert (state.phase, some(state.conversation).peer) == (Phase.CALLING, ANNA_PERSON)


def test_a_conference_that_the_room_made_has_no_other_side() -> None:
    made = ConferenceCreated(conf_id="5", conf_type=ConferenceType.SYMMETRIC, owner=ROOM, peer_id=ROOM)
    state = after(room(), made, IN_CONFERENCE)
    assert (some(state.conversation).peer, some(state.conversation).owner, some(state.conversation).group) == (
        None,
        ROOM,
        True,
    )


def test_inviting_into_a_conference_keeps_the_call() -> None:
    state = room(Phase.IN_CALL, conversation=OWN_GROUP)
    assert after(state, InviteSent(peer_id=BORIS, conf_type=ConferenceType.SYMMETRIC)) is state


def test_another_conference_without_an_invitation_begins_anew() -> None:
    state = after(
        room(Phase.IN_CALL, conversation=P2P),
        ConferenceCreated(conf_id="8", conf_type=ConferenceType.SYMMETRIC, owner=ANNA),
    )
    assert (some(state.conversation).conf_id, some(state.conversation).peer, some(state.conversation).since) == (
        "8",
        Person(ANNA),
        100.0,
    )


def test_the_same_conference_announced_again_changes_nothing() -> None:
    state = room(Phase.IN_CALL, conversation=P2P)
    assert after(state, ConferenceCreated(conf_id="1", peer_id=ANNA), IN_CONFERENCE) is state


def test_the_address_book_names_a_caller_who_does_not() -> None:
    contacts = (Contact(peer_id="ANNA@example.org", peer_name="Anna K."),)
    state = after(room(contacts=contacts), InviteReceived(peer_id=ANNA))
    assert some(some(state.conversation).peer).label == "Anna K."


def test_the_one_who_comes_in_is_the_peer_of_a_call_that_has_none() -> None:
    state = after(room(), IN_CONFERENCE, ESTABLISHED, NewParticipant(peer_id=ROOM), NewParticipant(peer_id="#self:0"))
    assert some(state.conversation).peer is None
    state = after(state, NewParticipant(peer_id=ANNA, peer_name="Anna"), NewParticipant(peer_id=BORIS))
    assert some(state.conversation).peer == ANNA_PERSON


def test_a_call_drops_the_number_that_was_typed() -> None:
    assert after(room(number="123"), ANNA_CALLS).number == "123"
    assert after(room(number="123"), ANNA_CALLS, ESTABLISHED).number == ""


def test_surprises_are_followed_counted_and_named() -> None:
    state = after(room(Phase.OFFLINE), ESTABLISHED)
    assert (state.phase, state.surprises, state.surprise) == (Phase.IN_CALL, 1, "conferenceCreated while offline")
    state = after(state, AppStateChanged(app_state=AppState(9)))
    assert (state.phase, state.surprises, state.surprise) == (Phase.UNKNOWN, 2, "appState other while in_call")


def test_a_call_between_two_that_is_made_anew_is_with_the_same_person() -> None:
    state = after(room(Phase.IN_CALL, conversation=P2P), ConferenceCreated(conf_id="8"))
    assert (some(state.conversation).peer, some(state.conversation).conf_id) == (ANNA_PERSON, "8")


def test_a_refusal_of_nobody_knows_whom_names_nobody() -> None:
    state = after(room(), WAITING, RejectReceived(cause=RejectCause.BUSY))
    assert some(state.notice).text == refusal(RejectCause.BUSY, "")


def test_who_was_declined_is_named_by_the_event_or_by_the_call() -> None:
    nameless = after(
        room(), InviteReceived(peer_id=ANNA, conf_id="1"), WAITING, RejectSent(peer_id=ANNA, peer_name="A")
    )
    named = after(room(), ANNA_CALLS, WAITING, RejectSent(peer_id=ANNA))
    assert (str(some(nameless.notice).text), str(some(named.notice).text)) == (
        "Call from A declined",
        "Call from Anna declined",
    )


def test_declining_somebody_else_leaves_the_second_invitation_alone() -> None:
    state = after(room(Phase.IN_CALL, conversation=P2P), BORIS_CALLS, RejectSent(peer_id="c@d"))
    assert state.call_waiting == BORIS_WAITS


def test_a_call_has_the_kind_that_was_asked_for() -> None:
    state = after(room(), InviteSent(peer_id=ANNA, conf_type=ConferenceType.SYMMETRIC, conf_id="8"))
    assert state.conversation == Conversation(peer=Person(ANNA), type=ConferenceType.SYMMETRIC, conf_id="8")


def test_a_late_refusal_of_a_call_that_was_given_up_is_said_and_ends_nothing() -> None:
    state = after(
        room(), CallAsked(BORIS, 105.0), RejectReceived(cause=RejectCause.BUSY, peer_id=ANNA, peer_name="Anna")
    )
    assert some(state.notice).text == refusal(RejectCause.BUSY, "Anna")
    assert some(state.call_asked).peer_id == BORIS


def test_a_call_that_waits_while_another_is_made_waits_on_when_that_becomes_another_one() -> None:
    state = after(room(), WE_CALL_ANNA, WAITING, BORIS_CALLS, InviteSent(peer_id="c@d", conf_id="5"))
    assert (some(state.conversation).conf_id, state.call_waiting) == ("5", BORIS_WAITS)
