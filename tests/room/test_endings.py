"""How a call ended, and by what: said on the display, and kept for the page."""

import msgspec
import pytest

from appliance.language.text import Text
from appliance.room import actions
from appliance.room.bindings.bindings import Binding, Bindings
from appliance.room.inputs import Pressed
from appliance.room.local_events.call import HangUpRefused, HungUp
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.call import CallEnd, Conversation, Ending
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reduce.calls.endings import SOON, label
from appliance.room.respond import respond
from appliance.room.state import Phase, RoomState
from appliance.room.texts import call_over, refusal
from appliance.terminal.messages.account import Logout
from appliance.terminal.messages.calls import (
    AppStateChanged,
    AppStateReply,
    ConferenceCreated,
    ConferenceDeleted,
    InviteReceived,
    ParticipantLeft,
    RejectReceived,
    StopCalling,
)
from appliance.terminal.messages.enums import AppState, ConferenceType, LogoutCause, RejectCause
from appliance.terminal.messages.people import Contact
from appliance.terminal.messages.snapshot import Snapshot
from tests.room.rooms import ANNA, BORIS, OWN_GROUP, P2P, ROOM, THEIR_GROUP, after, room
from tests.some import some

TALKING = room(Phase.IN_CALL, conversation=P2P)
CUT = "The call with Anna was cut: the terminal has lost its server"


def said(state: RoomState) -> str:
    return str(some(state.notice).text)


def app(state: AppState) -> AppStateChanged:
    return AppStateChanged(app_state=state)


@pytest.mark.parametrize("lost", [AppState.OFFLINE, AppState.CONNECTING])
def test_a_call_that_ends_with_the_server_says_so(lost: AppState) -> None:
    state = after(TALKING, app(lost))
    assert (said(state), str(call_over(some(state.last_end)))) == (CUT, CUT)


@pytest.mark.parametrize("last_word", [ConferenceDeleted(conf_id="1"), app(AppState.CLOSING)])
def test_so_does_one_whose_end_is_told_first(last_word: object) -> None:
    state = after(after(TALKING, last_word), app(AppState.CONNECTING), now=100.0 + SOON)
    assert said(state) == CUT


def test_the_reason_that_follows_is_kept_for_the_page() -> None:
    state = after(TALKING, ConferenceDeleted(conf_id="1"), app(AppState.CONNECTING))
    assert state.last_end == CallEnd(Ending.SERVER_LOST, 100.0, "Anna")


def test_a_server_that_is_lost_later_has_not_cut_it() -> None:
    over = after(TALKING, ConferenceDeleted(conf_id="1"))
    state = after(over, app(AppState.CONNECTING), now=101.0 + SOON)
    assert some(state.last_end).ending is Ending.UNKNOWN


@pytest.mark.parametrize("phase", [Phase.CALLING, Phase.RINGING, Phase.WAITING, Phase.WAITING_ROOM])
def test_a_call_that_is_being_set_up_is_cut_too(phase: Phase) -> None:
    state = after(room(phase, conversation=P2P), app(AppState.CONNECTING))
    assert said(state) == CUT
    told = after(room(phase, conversation=P2P), StopCalling(peer_id=ROOM), app(AppState.CONNECTING))
    assert said(told) == CUT


def test_somebody_who_leaves_is_named() -> None:
    state = after(TALKING, ParticipantLeft(peer_id=ANNA), app(AppState.CLOSING), ConferenceDeleted(conf_id="1"))
    assert said(state) == "Anna has ended the call"


def test_a_conference_whose_owner_leaves_is_over() -> None:
    state = after(
        room(Phase.IN_CALL, conversation=THEIR_GROUP), ParticipantLeft(peer_id=ANNA), ConferenceDeleted(conf_id="3")
    )
    assert said(state) == f"The conference is over: {ANNA} has left"


def test_an_owner_who_leaves_is_named_as_in_the_address_book() -> None:
    state = room(Phase.IN_CALL, conversation=THEIR_GROUP, contacts=(Contact(peer_id=ANNA, peer_name="Anna"),))
    state = after(state, ParticipantLeft(peer_id=ANNA), ConferenceDeleted(conf_id="3"))
    assert said(state) == "The conference is over: Anna has left"


def test_an_end_is_when_the_call_is_over_and_not_when_that_was_foretold() -> None:
    state = after(TALKING, ParticipantLeft(peer_id=ANNA), now=100.0)
    state = after(state, ConferenceDeleted(conf_id="1"), now=105.0)
    assert state.last_end == CallEnd(Ending.PEER_LEFT, 105.0, "Anna")


def test_one_of_many_who_leaves_ends_nothing() -> None:
    state = after(
        room(Phase.IN_CALL, conversation=THEIR_GROUP), ParticipantLeft(peer_id=BORIS), ConferenceDeleted(conf_id="3")
    )
    assert some(state.last_end).ending is Ending.UNKNOWN


def test_a_room_that_is_taken_out_is_told_without_guessing_by_whom() -> None:
    state = after(
        room(Phase.IN_CALL, conversation=THEIR_GROUP), ParticipantLeft(peer_id=ROOM), ConferenceDeleted(conf_id="3")
    )
    assert said(state) == "The room is out of the conference: it left, or was removed"


@pytest.mark.parametrize("cause", [RejectCause.LOGGED_OUT, RejectCause.CONFERENCE_OVER, RejectCause(77)])
def test_a_refusal_during_a_call_is_why_it_ends(cause: RejectCause) -> None:
    state = after(TALKING, RejectReceived(cause=cause, peer_id=ANNA, peer_name="Anna"))
    words = said(state)
    over = after(state, ConferenceDeleted(conf_id="1"))
    assert (said(over), str(call_over(some(over.last_end)))) == (words, words)


def test_a_call_that_is_refused_is_kept_for_the_page() -> None:
    state = after(room(Phase.CALLING, conversation=P2P), RejectReceived(cause=RejectCause.BUSY, peer_id=ANNA))
    assert str(call_over(some(state.last_end))) == said(state) == "Anna is busy"
    assert state.last_end == CallEnd(Ending.REFUSED, 100.0, "Anna", refusal(RejectCause.BUSY, "Anna"))


@pytest.mark.parametrize(
    ("cause", "why"),
    [
        (LogoutCause.LOGGED_IN_ELSEWHERE, "the account of the terminal is in use elsewhere"),
        (LogoutCause.ON_REQUEST, "the terminal was logged out of its server"),
        (LogoutCause(9), "the terminal was logged out of its server"),
    ],
)
@pytest.mark.parametrize("first", [(), (ConferenceDeleted(conf_id="1"),)])
def test_a_logout_ends_the_call_for_its_reason(cause: LogoutCause, why: str, first: tuple[object, ...]) -> None:
    state = after(TALKING, *first, Logout(cause=cause), app(AppState.LOGIN_NEEDED))
    assert said(state) == f"The call with Anna was cut: {why}"


def test_hanging_up_here_needs_no_words_on_the_display() -> None:
    bindings = Bindings(buttons={"hangup": Binding(press=actions.HangUp())})
    state, _ = respond(Pressed("hangup"), TALKING, bindings, 100.0)
    state = after(state, ParticipantLeft(peer_id=ANNA), app(AppState.CLOSING), ConferenceDeleted(conf_id="1"))
    assert state.notice is None
    assert str(call_over(some(state.last_end))) == "The call with Anna was ended here"


def test_a_hang_up_that_was_not_done_has_not_ended_what_ends_later() -> None:
    bindings = Bindings(buttons={"hangup": Binding(press=actions.HangUp())})
    state, _ = respond(Pressed("hangup"), TALKING, bindings, 100.0)
    state = after(state, ConferenceDeleted(conf_id="1"), now=200.0)
    assert said(state) == "The call with Anna has ended; the terminal has not said why"


def test_what_was_said_long_before_a_call_closes_has_not_ended_it() -> None:
    bindings = Bindings(buttons={"hangup": Binding(press=actions.HangUp())})
    state, _ = respond(Pressed("hangup"), TALKING, bindings, 100.0)
    state = after(state, app(AppState.CLOSING), ConferenceDeleted(conf_id="1"), now=3700.0)
    assert said(state) == "The call with Anna has ended; the terminal has not said why"


def test_what_was_said_just_before_a_call_closes_counts_however_long_that_takes() -> None:
    bindings = Bindings(buttons={"hangup": Binding(press=actions.HangUp())})
    state, _ = respond(Pressed("hangup"), TALKING, bindings, 100.0)
    state = after(state, app(AppState.CLOSING), now=101.0)
    state = after(state, ConferenceDeleted(conf_id="1"), now=200.0)
    assert some(state.last_end).ending is Ending.HERE


def test_an_end_without_a_reason_says_that_there_is_none() -> None:
    state = after(TALKING, ConferenceDeleted(conf_id="1"))
    assert said(state) == "The call with Anna has ended; the terminal has not said why"
    assert some(state.last_end).ending is Ending.UNKNOWN


def test_a_conference_of_our_own_has_its_title() -> None:
    state = after(room(Phase.IN_CALL, conversation=OWN_GROUP), app(AppState.CONNECTING))
    assert said(state) == f"The call with {ROOM} was cut: the terminal has lost its server"


def test_a_call_that_becomes_a_conference_has_not_ended() -> None:
    created = ConferenceCreated(conf_id="2", conf_type=ConferenceType.SYMMETRIC, owner=ROOM)
    state = after(TALKING, ConferenceDeleted(conf_id="1"), created)
    assert (state.notice, state.last_end) == (None, None)


def test_the_first_call_ends_while_another_rings() -> None:
    state = after(TALKING, InviteReceived(peer_id=BORIS, conf_id="7"), ParticipantLeft(peer_id=ANNA))
    state = after(state, ConferenceDeleted(conf_id="1"))
    assert (state.phase, some(state.last_end).ending) == (Phase.RINGING, Ending.PEER_LEFT)


def test_what_was_said_of_the_first_call_has_not_ended_the_one_in_its_place() -> None:
    first = room(Phase.IN_CALL, conversation=P2P)
    state = after(first, ParticipantLeft(peer_id=ANNA), ConferenceCreated(conf_id="9"), ConferenceDeleted(conf_id="9"))
    assert some(state.last_end).ending is Ending.UNKNOWN


def test_a_lost_link_says_that_the_call_may_go_on() -> None:
    state = after(TALKING, LinkChanged(Link(LinkPhase.DOWN)))
    assert said(state) == "The link to the terminal was lost during the call with Anna, which may go on"


def test_after_a_lost_link_an_ended_call_is_said_to_have_ended_meanwhile() -> None:
    state = after(TALKING, LinkChanged(Link(LinkPhase.DOWN)), LinkChanged(Link(LinkPhase.DOWN, Text("lost.broke"))))
    state = after(state, Snapshot(app_state=AppStateReply(app_state=AppState.READY)), now=300.0)
    assert said(state) == "The call with Anna ended while there was no link to the terminal"


def test_a_call_that_went_on_without_the_link_has_not_ended() -> None:
    state = after(TALKING, LinkChanged(Link(LinkPhase.DOWN)))
    state = after(state, Snapshot(app_state=AppStateReply(app_state=AppState.IN_CONFERENCE)), now=300.0)
    assert state.last_end is None


def test_without_a_call_nothing_has_ended() -> None:
    for events in (
        (app(AppState.CONNECTING),),
        (Logout(cause=LogoutCause.LOGGED_IN_ELSEWHERE), app(AppState.LOGIN_NEEDED)),
        (LinkChanged(Link(LinkPhase.DOWN)),),
        (ParticipantLeft(peer_id=ROOM),),
    ):
        assert after(room(), *events).last_end is None


def test_somebody_who_declines_an_invitation_to_the_conference_has_not_ended_it() -> None:
    state = after(room(Phase.IN_CALL, conversation=OWN_GROUP), RejectReceived(cause=RejectCause.BUSY, peer_id=BORIS))
    assert (said(state), state.about_to_end) == (f"{BORIS} is busy", None)


def test_a_hang_up_after_the_end_has_not_ended_it() -> None:
    bindings = Bindings(buttons={"hangup": Binding(press=actions.HangUp())})
    state, _ = respond(Pressed("hangup"), after(TALKING, ConferenceDeleted(conf_id="1")), bindings, 100.5)
    assert some(state.last_end).ending is Ending.UNKNOWN


def test_a_hang_up_that_was_refused_has_ended_nothing() -> None:
    state = after(TALKING, HungUp(), HangUpRefused())
    assert state.about_to_end is None
    state = after(state, ConferenceDeleted(conf_id="1"))
    assert some(state.last_end).ending is Ending.UNKNOWN


def test_a_call_that_closes_was_ended_though_the_hang_up_is_refused() -> None:
    state = after(TALKING, HungUp(), app(AppState.CLOSING), HangUpRefused(), ConferenceDeleted(conf_id="1"))
    assert some(state.last_end).ending is Ending.HERE


def test_a_hang_up_that_is_refused_takes_back_nothing_that_the_terminal_has_said() -> None:
    state = after(TALKING, ParticipantLeft(peer_id=ANNA), HangUpRefused())
    assert some(state.about_to_end).ending is Ending.PEER_LEFT


def test_a_hang_up_that_comes_too_late_is_no_reason() -> None:
    over = after(TALKING, ConferenceDeleted(conf_id="1"))
    assert some(after(over, HungUp()).last_end).ending is Ending.UNKNOWN


def test_a_room_is_known_as_itself_even_where_nobody_is_logged_in() -> None:
    state = msgspec.structs.replace(room(Phase.IN_CALL, conversation=THEIR_GROUP), me=None)
    state = after(state, ParticipantLeft(peer_id="#self:1"), ConferenceDeleted(conf_id="3"))
    assert some(state.last_end).ending is Ending.OUT


def test_a_call_of_which_nothing_is_known_has_no_name() -> None:
    assert label(None) == label(Conversation()) == ""
    over = after(room(Phase.CALLING), app(AppState.CONNECTING))
    assert some(over.last_end).who == ""
