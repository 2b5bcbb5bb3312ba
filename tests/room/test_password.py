"""A conference that wants a password: from the refusal to the call that joins it, and every way out."""

from typing import Any

import msgspec
import pytest

from appliance.room import actions
from appliance.room.bindings.bindings import Bindings, bind, bind_codes
from appliance.room.decide.dialpad import MAX_LENGTH
from appliance.room.inputs import Automatic, Hook, Input, Key, KeyHeld, Pressed, RedialKey, Scanned
from appliance.room.intents.call import Call, EditNumber, EditPassword
from appliance.room.intents.media import MuteMic
from appliance.room.intents.shown import Explain
from appliance.room.local_events.call import PasswordClosed, PasswordEdited
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.call import PasswordEntry
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.reactions.password import passwords
from appliance.room.reduce.calls.password import PATIENCE, READABLE
from appliance.room.respond import Order, respond
from appliance.room.secret import Secret
from appliance.room.show.indicators import key_tone
from appliance.room.state import Phase, RoomState
from appliance.room.texts import ONE_CALL_ALREADY, ONLY_PASSWORDS, PASSWORD_EMPTY, PASSWORD_FULL, refusal
from appliance.terminal.messages import Snapshot, calls
from appliance.terminal.messages.calls import (
    AppStateChanged,
    AppStateReply,
    ConferenceCreated,
    InviteReceived,
    InviteRequestSent,
    InviteSent,
    RejectReceived,
    StopCalling,
)
from appliance.terminal.messages.enums import AppState, CallDirection, RejectCause, Side
from appliance.terminal.messages.people import PastCall
from tests.room.reactions.living import Living
from tests.room.rooms import ANNA, BORIS, P2P, after, room
from tests.some import some

NEEDED = RejectReceived(cause=RejectCause.PASSWORD_NEEDED, peer_id=ANNA, peer_name="Anna")
WRONG = msgspec.structs.replace(NEEDED, cause=RejectCause.WRONG_PASSWORD)
REFUSED = (
    InviteRequestSent(peer_id=ANNA, peer_name="Anna"),
    NEEDED,
    StopCalling(peer_id=ANNA, side=Side.PEER),
    AppStateChanged(app_state=AppState.READY),
)
PIN = "7A*F"
BINDINGS = Bindings(
    buttons={
        "anna": bind(f"join {ANNA} {PIN}"),
        "boris": bind(f"call {BORIS}"),
        "dial": bind("dial 99"),
        "clear": bind("clear"),
        "hang_up": bind("hang_up"),
        "mute": bind("mute on"),
    },
    readers={"badge": bind_codes({"1": f"join {BORIS} {PIN}"}, "none")},
    contact=BORIS,
)


@pytest.fixture
def wanted() -> RoomState:
    """A room that Anna's conference has asked for its password."""
    return after(room(), *REFUSED)


def did(state: RoomState, *inputs: Input, now: float = 100.0) -> tuple[RoomState, list[Order]]:
    """The room after these inputs, and what the last of them wants."""
    last: tuple[Order, ...] = ()
    for given in inputs:
        state, last = respond(given, state, BINDINGS, now)
    return state, list(last)


def typed(state: RoomState, keys: str) -> RoomState:
    return did(state, *map(Key, keys))[0]


def entered(state: RoomState) -> str:
    return some(state.password).entered.text


def test_the_refusal_opens_the_entry_and_nothing_covers_it(wanted: RoomState) -> None:
    assert wanted.password == PasswordEntry(Person(ANNA, "Anna"), until=100.0 + PATIENCE)
    assert (wanted.phase, wanted.notice) == (Phase.IDLE, None)


def test_the_refusal_is_how_the_call_ended(wanted: RoomState) -> None:
    assert some(wanted.last_end).refusal == refusal(RejectCause.PASSWORD_NEEDED, "Anna")


def test_the_entry_stays_when_the_terminal_is_ready_again_and_goes_with_the_next_call(wanted: RoomState) -> None:
    waiting = msgspec.structs.replace(wanted, phase=Phase.CONNECTING)
    assert after(waiting, AppStateChanged(app_state=AppState.READY)).password == wanted.password
    assert after(wanted, AppStateChanged(app_state=AppState.WAITING)).password is None


def test_a_wrong_password_is_said(wanted: RoomState) -> None:
    state, _ = did(typed(wanted, "1"), Key("call"))
    state = after(state, REFUSED[0], WRONG, *REFUSED[2:])
    assert some(state.password).wrong
    assert entered(state) == ""


@pytest.mark.parametrize("before", [(InviteSent(peer_id=ANNA),), (AppStateChanged(app_state=AppState.WAITING),), ()])
def test_however_the_calling_was_announced(before: tuple[object, ...]) -> None:
    assert some(after(room(), *before, NEEDED).password).whom == Person(ANNA, "Anna")


def test_the_same_refusal_twice_leaves_what_was_typed(wanted: RoomState) -> None:
    state = after(typed(wanted, "12"), NEEDED)
    assert entered(state) == "12"


@pytest.mark.parametrize(
    "state",
    [
        room(Phase.IN_CALL, conversation=P2P),
        room(Phase.RINGING, conversation=P2P),
        room(Phase.OFFLINE),
    ],
)
def test_somebody_elses_refusal_is_only_a_notice(state: RoomState) -> None:
    state = after(state, msgspec.structs.replace(NEEDED, peer_id=BORIS, peer_name="Boris"))
    assert state.password is None
    assert some(state.notice).text == refusal(RejectCause.PASSWORD_NEEDED, "Boris")


def test_the_refusal_of_another_than_the_called_one_is_only_a_notice() -> None:
    calling = after(room(), InviteSent(peer_id=BORIS))
    state = after(calling, NEEDED)
    assert (state.password, state.phase) == (None, Phase.CALLING)


def test_keys_type_into_it_and_into_nothing_else(wanted: RoomState) -> None:
    state = typed(wanted, "12*#ABCDEF")
    assert entered(state) == "12*#ABCDEF"
    assert state.number == ""
    assert entered(did(state, Key("backspace"))[0]) == "12*#ABCDE"
    assert entered(did(state, Key("clear"))[0]) == ""
    assert entered(did(state, Pressed("dial"))[0]) == "12*#ABCDEF99"


def test_e_and_f_are_no_digits_of_a_number() -> None:
    assert typed(room(), "1E2F").number == "12"
    talking = room(Phase.IN_CALL, conversation=P2P)
    assert [order.intent for order in did(talking, Key("E"))[1]] == [Explain(ONLY_PASSWORDS)]


@pytest.mark.parametrize(("digit", "letter"), list(zip("123456", "ABCDEF", strict=True)))
def test_a_key_that_is_held_makes_a_letter_of_its_digit(wanted: RoomState, digit: str, letter: str) -> None:
    state = typed(wanted, f"90{digit}")
    state, _ = did(state, KeyHeld(digit))
    assert entered(state) == f"90{letter}"


def test_a_key_that_is_held_changes_nothing_but_its_own_digit(wanted: RoomState) -> None:
    for keys, held in (("13", "1"), ("7", "7"), ("", "1")):
        state = typed(wanted, keys)
        assert entered(did(state, KeyHeld(held))[0]) == keys
    number = typed(room(), "1")
    assert did(number, KeyHeld("1"))[0].number == "1"


def test_the_last_character_can_be_read_for_a_moment(wanted: RoomState) -> None:
    state = typed(wanted, "1")
    assert some(state.password).readable_until == 100.0 + READABLE
    state, _ = did(typed(state, "2"), Key("backspace"))
    assert some(state.password).readable_until == 0.0  # what is last now was hidden already


@pytest.mark.parametrize("given", [Key("call"), Hook(off=True)])
def test_call_sends_it_to_the_same_peer(wanted: RoomState, given: Input) -> None:
    state, (order,) = did(typed(wanted, "1234"), given)
    assert order.plan.commands == (calls.Call(peer_id=ANNA, pin="1234"),)
    assert (state.password, state.number) == (None, "")


def test_call_without_a_password_says_what_is_missing(wanted: RoomState) -> None:
    state, (order,) = did(wanted, Key("call"))
    assert order.intent == Explain(PASSWORD_EMPTY)
    state = typed(state, "1")
    assert state.notice is None  # a key is answered by what it types


def test_it_has_an_end(wanted: RoomState) -> None:
    state = typed(wanted, "1" * MAX_LENGTH)
    assert did(state, Key("2"))[1][0].intent == Explain(PASSWORD_FULL)
    assert entered(did(state, Key("2"))[0]) == "1" * MAX_LENGTH


@pytest.mark.parametrize("given", [Hook(off=False), Pressed("hang_up")])
def test_hanging_up_closes_it_and_sends_nothing(wanted: RoomState, given: Input) -> None:
    state, orders = did(typed(wanted, "12"), given)
    assert state.password is None
    assert [order.plan.commands for order in orders] == [()]


def test_clear_closes_it_once_it_is_empty(wanted: RoomState) -> None:
    state, _ = did(typed(wanted, "12"), Pressed("clear"))
    assert some(state.password).whom.peer_id == ANNA
    assert did(state, Key("clear"))[0].password is None


@pytest.mark.parametrize("given", [Pressed("boris"), Pressed("anna"), RedialKey(), Scanned("badge", "1")])
def test_another_call_closes_it(wanted: RoomState, given: Input) -> None:
    history = (PastCall(type=CallDirection.OUTGOING, peer_id=BORIS),)
    state, orders = did(after(typed(changed(wanted, history=history, stale={}), "1")), given)
    assert state.password is None
    assert isinstance(orders[0].plan.commands[0], calls.Call)


@pytest.mark.parametrize(
    "event",
    [
        InviteReceived(peer_id=BORIS),
        InviteSent(peer_id=BORIS),
        ConferenceCreated(),
        AppStateChanged(app_state=AppState.OFFLINE),
        LinkChanged(Link(LinkPhase.DOWN)),
        Snapshot(app_state=AppStateReply(app_state=AppState.READY)),
    ],
)
def test_whatever_happens_meanwhile_closes_it(wanted: RoomState, event: object) -> None:
    assert after(wanted, event).password is None


def test_other_inputs_are_what_they_always_are(wanted: RoomState) -> None:
    state, (order,) = did(typed(wanted, "1"), Pressed("mute"))
    assert order.intent == MuteMic(on=True)
    assert entered(state) == "1"


def test_a_minute_without_a_key_closes_it(wanted: RoomState) -> None:
    living = Living(passwords, wanted)
    assert living.look_at == 100.0 + PATIENCE
    state, _ = did(wanted, Key("1"), now=150.0)
    living.sees(state, 150.0)
    assert (living.look_at, living.events) == (150.0 + PATIENCE, [])
    living.sees(state, 150.0 + PATIENCE)
    assert living.events == [PasswordClosed()]
    assert after(state, *living.events).password is None


@pytest.mark.parametrize(
    "shown",
    [
        PasswordEntry(Person(ANNA), Secret(PIN)),
        room(password=PasswordEntry(Person(ANNA), Secret(PIN))),
        EditPassword(Secret(PIN)),
        Call(ANNA, Secret(PIN)),
        PasswordEdited(Secret(PIN), readable=True),
        actions.parse(f"join {ANNA} {PIN}"),
        actions.words_of(actions.parse(f"join {ANNA} {PIN}")),
        Automatic(actions.parse(f"join {ANNA} {PIN}")),
        BINDINGS.buttons["anna"],
        did(room(), Pressed("anna"))[1],
        Secret(PIN),
        f"{Secret(PIN)}",
    ],
)
def test_nothing_shows_it(shown: object) -> None:
    assert PIN not in repr(shown)
    assert PIN not in str(shown)


def test_no_encoder_takes_it_unasked() -> None:
    with pytest.raises(TypeError):
        msgspec.json.encode(room(password=PasswordEntry(Person(ANNA), Secret(PIN))))


def test_a_password_is_not_heard_as_tones(wanted: RoomState) -> None:
    assert key_tone(EditPassword(Secret("1"), readable=True), wanted) is None
    assert key_tone(EditNumber("1"), wanted) == "1"


def test_a_button_joins_with_its_password() -> None:
    _, (order,) = did(room(), Pressed("anna"))
    assert order.plan.commands == (calls.Call(peer_id=ANNA, pin=PIN),)
    (said,) = did(room(Phase.IN_CALL, conversation=P2P), Pressed("anna"))[1]
    assert (said.intent, said.plan.commands) == (Explain(ONE_CALL_ALREADY), ())


def changed(state: RoomState, **fields: Any) -> RoomState:
    return msgspec.structs.replace(state, **fields)
