"""What every input does while somebody else calls: as docs/behaviour.md has it, and what comes of it."""

import re
from pathlib import Path

import pytest

from appliance.room.bindings.bindings import Bindings, bind, bind_codes
from appliance.room.inputs import (
    Drive,
    HoldKey,
    Hook,
    Input,
    Key,
    KeyHeld,
    MuteKey,
    Pressed,
    RedialKey,
    Scanned,
    VolumeKey,
)
from appliance.room.parts.call import Conversation
from appliance.room.parts.person import Person
from appliance.room.respond import respond
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages import Snapshot, calls
from appliance.terminal.messages.calls import (
    AppStateChanged,
    ConferenceCreated,
    ConferenceDeleted,
    InviteReceived,
    RejectSent,
    StopCalling,
)
from appliance.terminal.messages.enums import AppState, CallDirection, ConferenceState, ConferenceType, Side
from appliance.terminal.messages.parts import Person as Listed
from appliance.terminal.messages.people import PastCall
from tests.room.rooms import ANNA, BORIS, OWN_GROUP, P2P, THEIR_GROUP, after, looked_at, room

PAGE = Path(__file__).parents[2] / "docs" / "behaviour.md"
WORDS = ("call", "answer", "accept", "hold", "clear", "decline", "hang_up", "mute", "volume up", "redial")
BINDINGS = Bindings(
    buttons={
        **{word: bind(word) for word in WORDS},
        "peer": bind(f"call {BORIS}"),
        "join": bind(f"join {BORIS} 12"),
        "dial": bind("dial 5"),
        "right": bind("camera right"),
    },
    readers={"badge": bind_codes({"1": f"call {BORIS}", "2": "mute"}, "none")},
    contact=BORIS,
)
# every row of the table by what its first column says
INPUTS: dict[str, tuple[Input, ...]] = {
    "Call, `call`": (Key("call"), Pressed("call")),
    "hook off, the terminal's own call key": (Hook(off=True),),
    "`answer`, `accept`": (Pressed("answer"), Pressed("accept")),
    "hold, flash, `hold`": (HoldKey(), HoldKey(on=True), Pressed("hold")),
    "Clear, `clear`, `decline`": (Key("clear"), Pressed("clear"), Pressed("decline")),
    "Hang up, `hang_up`": (Pressed("hang_up"),),
    "hook on, the terminal's own hang-up key": (Hook(off=False),),
    "mute key, `mute`": (MuteKey(), MuteKey(on=True), Pressed("mute")),
    "keypad 0–9 * # A–D, `dial`": (Key("5"), Key("#"), Key("D"), Pressed("dial")),
    "keypad E F, ⌫": (Key("E"), Key("F"), Key("backspace"), KeyHeld("1")),
    "volume keys, `volume`": (VolumeKey(1), Pressed("volume up")),
    "redial, `redial`": (RedialKey(), Pressed("redial")),
    "`call PEER`, `join PEER PIN`, a badge that calls": (Pressed("peer"), Pressed("join"), Scanned("badge", "1")),
    "a badge with another action": (Scanned("badge", "2"),),
    "joystick, `camera`": (Drive(pan=1), Pressed("right")),
    "status page": (),
}
ONLY_IN_CALLS = {"hold, flash, `hold`", "keypad 0–9 * # A–D, `dial`"}
WAITING = Conversation(peer=Person(ANNA, "Anna"), type=ConferenceType.POINT_TO_POINT, conf_id="9")


def documented() -> dict[str, str]:
    """The first and the last column of the table."""
    section = PAGE.read_text().split("## A second call")[1].split("##")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    return {row[0]: row[2].strip() for row in rows}


def called(phase: Phase = Phase.IN_CALL, conversation: Conversation = P2P) -> RoomState:
    """A room in a call, whom Anna calls."""
    history = (PastCall(type=CallDirection.OUTGOING, peer_id=BORIS),)
    known = {"mic_muted": False, "audio_muted": False, "video_muted": False, "volume": 0.5}
    return looked_at(room(phase, conversation=conversation, call_waiting=WAITING, history=history, **known))


def sent(given: Input, state: RoomState, now: float = 100.0) -> list[str]:
    return [command.method for order in respond(given, state, BINDINGS, now)[1] for command in order.plan.commands]


def test_the_table_has_every_row() -> None:
    assert list(documented()) == list(INPUTS)


@pytest.mark.parametrize("conversation", [P2P, OWN_GROUP, THEIR_GROUP])
@pytest.mark.parametrize("row", INPUTS)
def test_every_input_does_as_the_table_says(row: str, conversation: Conversation) -> None:
    methods = re.findall(r"`(\w+)`", documented()[row])
    if row == "a badge with another action":
        methods = ["setMicMute"]
    for given in INPUTS[row]:
        assert sent(given, called(conversation=conversation)) == methods


@pytest.mark.parametrize("row", INPUTS)
def test_the_waiting_room_differs_in_tones_and_hold_only(row: str) -> None:
    for given in INPUTS[row]:
        expected = [] if row in ONLY_IN_CALLS else sent(given, called())
        assert sent(given, called(Phase.WAITING_ROOM)) == expected


@pytest.mark.parametrize("given", [given for row in INPUTS.values() for given in row])
def test_nothing_is_typed_and_nothing_forgotten(given: Input) -> None:
    state, _ = respond(given, called(), BINDINGS, 100.0)
    assert (state.number, state.conversation, state.call_waiting) == ("", P2P, WAITING)


def test_the_first_that_calls_is_the_one_that_waits() -> None:
    state = after(room(Phase.IN_CALL, conversation=P2P), InviteReceived(peer_id=BORIS, conf_id="9"))
    assert state.call_waiting == Conversation(Person(BORIS), ConferenceType.POINT_TO_POINT, "9")
    assert (state.phase, state.conversation) == (Phase.IN_CALL, P2P)


def test_an_answered_one_takes_the_place_of_the_first() -> None:
    state = after(
        called(),
        AppStateChanged(app_state=AppState.CLOSING),
        ConferenceDeleted(conf_id=P2P.conf_id),
        AppStateChanged(app_state=AppState.WAITING),
        ConferenceCreated(conf_id="9"),
        AppStateChanged(app_state=AppState.IN_CONFERENCE),
    )
    assert (state.phase, state.call_waiting, state.surprises) == (Phase.IN_CALL, None, 0)
    assert state.conversation is not None
    assert (state.conversation.peer, state.conversation.since) == (WAITING.peer, 100.0)


@pytest.mark.parametrize(
    "event", [RejectSent(peer_id=ANNA), StopCalling(peer_id=ANNA, side=Side.PEER), ConferenceDeleted(conf_id="9")]
)
@pytest.mark.parametrize("phase", [Phase.IN_CALL, Phase.WAITING_ROOM])
def test_one_that_is_declined_or_given_up_leaves_the_first_alone(event: object, phase: Phase) -> None:
    state = after(called(phase), event)
    assert (state.phase, state.conversation, state.call_waiting) == (phase, P2P, None)


def in_conference(peer_id: str, **requests: str) -> Snapshot:
    """What a terminal answers in a call with somebody, while these people wait for an answer."""
    found = calls.Requests(**{kind: (Listed(peer_id=who, peer_name="Anna"),) for kind, who in requests.items()})
    going_on = calls.ConferencesReply(conf_state=ConferenceState.GOING_ON, conf_id="1", peer_id=peer_id)
    state = calls.AppStateReply(app_state=AppState.IN_CONFERENCE, requests=found)
    return Snapshot(app_state=state, conferences=going_on)


@pytest.mark.parametrize("kind", ["incoming_call", "incoming_conference"])
def test_a_reconnect_reads_who_waits(kind: str) -> None:
    state = after(called(), in_conference(BORIS, **{kind: ANNA}))
    assert state.phase is Phase.IN_CALL
    assert state.call_waiting is not None
    assert state.call_waiting.peer == WAITING.peer
    assert sent(Key("call"), state, 101.0) == ["accept"]


def test_whom_the_room_talks_to_or_calls_itself_does_not_wait() -> None:
    assert after(called(), in_conference(ANNA, incoming_call=ANNA)).call_waiting is None
    assert after(called(), in_conference(BORIS, outgoing_call=ANNA)).call_waiting is None
    assert after(called(), in_conference(BORIS)).call_waiting is None


def test_after_the_first_the_second_rings() -> None:
    state = after(called(), AppStateChanged(app_state=AppState.CLOSING), ConferenceDeleted(conf_id=P2P.conf_id))
    assert (state.phase, state.conversation, state.call_waiting) == (Phase.RINGING, WAITING, None)
    assert sent(Key("call"), state) == ["accept"]
    assert sent(Hook(off=False), state) == ["reject"]
