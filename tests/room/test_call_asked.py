"""Between the press and the terminal's first word: the room knows what it asked, and the next press means that."""

import msgspec

from appliance.display.pages.choice import Page, page_for
from appliance.room import actions
from appliance.room.bindings.bindings import Binding, Bindings
from appliance.room.inputs import Pressed
from appliance.room.intents.call import Call, HangUp
from appliance.room.local_events.call import CallDropped
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.call import CallAsked
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reactions.call_asked import call_asked
from appliance.room.respond import respond
from appliance.room.settle import CALL_BEGINS
from appliance.room.show.indicators import Indicator, Pattern, pattern
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.calls import AppStateChanged, InviteSent, RejectReceived
from appliance.terminal.messages.enums import AppState, RejectCause
from tests.room.reactions.living import Living
from tests.room.rooms import ANNA, BORIS, after, room

BINDINGS = Bindings(
    buttons={
        "anna": Binding(press=actions.CallPeer(ANNA)),
        "boris": Binding(press=actions.CallPeer(BORIS)),
        "hangup": Binding(press=actions.HangUp()),
    }
)


def pressed(state: RoomState, button: str, now: float) -> tuple[RoomState, tuple[object, ...]]:
    state, orders = respond(Pressed(button), state, BINDINGS, now)
    return state, tuple(order.intent for order in orders)


def asked(now: float = 10.0) -> RoomState:
    state, intents = pressed(room(number="12"), "anna", now)
    assert intents == (Call(ANNA),)
    return state


def test_what_was_asked_is_remembered_and_is_no_call_yet() -> None:
    state = asked()
    assert (state.phase, state.number, state.call_asked) == (Phase.IDLE, "", CallAsked(ANNA, 10.0 + CALL_BEGINS))
    assert pattern(Indicator.CALLING, state, 10.0).what is Pattern.OFF
    assert page_for(state, 10.0) is Page.CALL_ASKED
    assert page_for(state, 10.0 + CALL_BEGINS) is Page.IDLE


def test_hanging_up_before_the_terminal_has_said_anything_hangs_up() -> None:
    state, intents = pressed(asked(), "hangup", 10.1)
    assert intents == (HangUp(),)
    assert pressed(state, "boris", 10.2)[1] == (Call(BORIS),)  # that one is no longer wanted


def test_a_second_press_calls_nobody_else_and_nobody_twice() -> None:
    assert pressed(asked(), "anna", 10.1)[1] == ()
    assert pressed(asked(), "boris", 10.1)[1] == ()


def test_a_terminal_that_says_nothing_is_asked_again_after_five_seconds() -> None:
    state, intents = pressed(asked(), "boris", 10.0 + CALL_BEGINS)
    assert intents == (Call(BORIS),)
    assert state.call_asked == CallAsked(BORIS, 10.0 + 2 * CALL_BEGINS)


def test_it_ends_with_whatever_the_terminal_says_of_the_call() -> None:
    for event in (
        InviteSent(peer_id=ANNA),
        AppStateChanged(app_state=AppState.WAITING),
        RejectReceived(cause=RejectCause.BUSY, peer_id=ANNA),
        CallDropped(),
        LinkChanged(Link(LinkPhase.DOWN)),
    ):
        assert after(asked(), event).call_asked is None


def test_news_of_a_call_that_was_given_up_before_says_nothing_of_this_one() -> None:
    state, _ = pressed(asked(), "hangup", 10.1)
    state, _ = pressed(state, "boris", 10.2)
    for late in (CallDropped(ANNA), RejectReceived(cause=RejectCause.BUSY, peer_id=ANNA)):
        assert after(state, late).call_asked == CallAsked(BORIS, 10.2 + CALL_BEGINS)
    wanted = after(state, RejectReceived(cause=RejectCause.PASSWORD_NEEDED, peer_id=ANNA))
    assert (wanted.password, wanted.call_asked) == (None, state.call_asked)


def test_a_call_that_nothing_is_said_of_is_given_up() -> None:
    living = Living(call_asked, asked())
    assert (living.events, living.look_at) == ([], 10.0 + CALL_BEGINS)
    living.sees(asked(), 10.0 + CALL_BEGINS)
    assert living.events == [CallDropped(ANNA)]


def test_what_else_the_terminal_says_leaves_it_alone() -> None:
    state = after(asked(), AppStateChanged(app_state=AppState.READY))
    assert state.call_asked is not None
    assert msgspec.structs.replace(state, call_asked=None) == room()
