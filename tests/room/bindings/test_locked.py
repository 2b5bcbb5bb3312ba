"""A locked room: the PIN that ends it, and what people may do meanwhile."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room import actions
from appliance.room.bindings.bindings import Bindings, bind, bind_knob
from appliance.room.inputs import (
    Automatic,
    Drive,
    DriveTo,
    Held,
    HoldKey,
    Home,
    Hook,
    Input,
    Key,
    KeyHeld,
    Misread,
    MuteKey,
    PresetAsked,
    Pressed,
    RedialKey,
    Released,
    Scanned,
    Tapped,
    Touched,
    Turned,
    VolumeKey,
)
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.call import Conversation
from appliance.room.parts.closed import Locked
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.reactions.locked import locked
from appliance.room.respond import respond
from appliance.room.secret import NO_SECRET, Secret
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages import Command
from appliance.terminal.messages.calls import Accept, HangUp, Reject
from appliance.terminal.messages.devices import PtzStop, SetAudioMute, SetMicMute, SetVideoMute
from tests.room.reactions.living import Living
from tests.room.rooms import CAMERA, P2P, after, room

PIN = "4711"
BINDINGS = Bindings(
    lock_pin=Secret(PIN),
    contact="100@x",
    speed_dial=("101@x",),
    buttons={
        "lock": bind("lock"),
        "call": bind("call"),
        "mute": bind("mute", held="hang_up"),
        "left": bind("camera left"),
        "row": bind(["call 100@x", "hang_up"]),
        "off": bind(["hang_up", "wait 2", "call 100@x"]),
        "sure": bind("hang_up", confirm="twice"),
        "relay": bind("relay lights on"),
        "talk": bind("mute off", release="mute on"),
    },
    encoders={"knob": bind_knob("volume up", "volume down")},
)
LOCKED = Locked()


def does(state: RoomState, *inputs: Input, now: float = 1.0) -> tuple[RoomState, list[Command]]:
    """The room after these inputs, and the commands that they were worth."""
    sent: list[Command] = []
    for each in inputs:
        state, orders = respond(each, state, BINDINGS, now)
        sent += [command for order in orders for command in order.plan.commands]
    return state, sent


def typed(state: RoomState, digits: str, now: float = 1.0) -> RoomState:
    state, sent = does(state, *map(Key, digits), now=now)
    assert not sent
    return state


def says(state: RoomState) -> str:
    return state.notice.text.key if state.notice else ""


def test_it_locks_and_the_pin_unlocks_it() -> None:
    state, sent = does(room(number="12"), Pressed("lock"))
    assert (state.locked, state.number, says(state), sent) == (LOCKED, "", "notice.locked", [])
    state = typed(state, "471")
    assert state.locked == Locked(Secret("471"), until=31.0)
    assert (says(state), "471" in repr(state)) == ("", False)
    state = typed(state, "1")
    assert (state.locked, says(state)) == (None, "notice.unlocked")


def test_without_a_pin_nobody_can_lock_it() -> None:
    nobody = msgspec.structs.replace(BINDINGS, lock_pin=NO_SECRET)
    state, _ = respond(Pressed("lock"), room(), nobody, 1.0)
    assert (state.locked, says(state)) == (None, "notice.no_lock_pin")


def test_five_wrong_pins_in_a_row_make_it_wait() -> None:
    state = room(locked=LOCKED)
    for _ in range(4):
        state = typed(state, "0000")
        assert says(state) == "notice.wrong_lock_pin"
    state = typed(state, "0000")
    assert (says(state), state.locked) == ("notice.lock_paused", Locked(paused=True, until=61.0))
    assert typed(state, PIN, 60.9).locked == state.locked
    assert typed(state, PIN, 61.0).locked is None


def test_what_was_typed_is_forgotten_and_can_be_taken_back() -> None:
    state = typed(room(locked=LOCKED), "47")
    living = Living(locked, state)
    assert living.look_at == 31.0
    assert typed(state, "11", 31.0).locked == Locked(Secret("11"), until=61.0)
    assert does(state, Key("backspace"))[0].locked == Locked(Secret("4"), until=31.0)
    assert does(state, Key("clear"))[0].locked == LOCKED
    assert does(state, Touched(actions.Dial("11")))[0].locked is None


@pytest.mark.parametrize(
    ("before", "given", "sent"),
    [
        (room(Phase.RINGING, conversation=P2P), Pressed("call"), Accept),
        (room(Phase.RINGING, conversation=P2P), Hook(off=True), Accept),
        (room(Phase.RINGING, conversation=P2P), Hook(off=False), Reject),
        (room(Phase.IN_CALL, conversation=P2P), Hook(off=False), HangUp),
        (room(Phase.IN_CALL, conversation=P2P), Pressed("off"), HangUp),
        (room(Phase.IN_CALL, conversation=P2P, mic_muted=False), Tapped("mute"), SetMicMute),
        (room(Phase.IN_CALL, conversation=P2P, mic_muted=False), MuteKey(), SetMicMute),
        (room(Phase.IN_CALL, conversation=P2P), Touched(actions.HangUp()), HangUp),
        (room(Phase.IN_CALL, conversation=P2P), Held("mute"), HangUp),
        (room(Phase.IN_CALL, motion=(-1, 0, 0), camera=CAMERA, held=frozenset({"left"})), Released("left"), PtzStop),
    ],
)
def test_what_is_safe_is_done(before: RoomState, given: Input, sent: type[Command]) -> None:
    _, commands = does(msgspec.structs.replace(before, locked=LOCKED), given)
    assert [type(each) for each in commands] == [sent]


def test_what_is_safe_may_have_to_be_confirmed() -> None:
    before = room(Phase.IN_CALL, conversation=P2P, locked=LOCKED)
    state, sent = does(before, Pressed("sure"))
    assert (sent, state.confirming is not None) == ([], True)
    state, sent = does(state, Pressed("sure"), now=2.0)
    assert ([type(each) for each in sent], state.confirming) == ([HangUp], None)


@pytest.mark.parametrize("name", ["call", "row", "relay", "left", "lock"])
def test_all_else_says_that_it_is_locked(name: str) -> None:
    state, sent = does(room(camera=CAMERA, locked=LOCKED), Pressed(name))
    assert (says(state), sent) == ("notice.locked", [])


def test_a_hook_that_goes_down_by_itself_says_nothing() -> None:
    assert does(room(locked=LOCKED), Hook(off=False)) == (room(locked=LOCKED), [])


def test_automations_go_on() -> None:
    _, sent = does(room(locked=LOCKED), Automatic(actions.CallPeer("100@x")))
    assert [each.method for each in sent] == ["call"]


def test_it_survives_a_lost_link_during_which_the_pin_unlocks_it() -> None:
    state = after(room(locked=LOCKED), LinkChanged(Link(LinkPhase.DOWN)))
    assert state.locked == LOCKED
    assert typed(state, PIN).locked is None


names = st.sampled_from([*BINDINGS.buttons, "unknown"])
flags = st.sampled_from([None, True, False])
sides = st.sampled_from([None, -1, 0, 1])
TOUCHES = """
call, hang_up, mute, mute off, mute video, volume up, redial, speed_dial 1, join a@x 1, camera left, camera home, hold,
preset 1, dial 5, dial #, clear, decline, answer, accept, podium ask, sleep, restart_terminal, reclaim, lock
"""
touches = st.sampled_from([actions.parse(words) for words in TOUCHES.split(",")]).map(Touched)
inputs: st.SearchStrategy[Any] = st.one_of(
    *(st.builds(each, names) for each in (Pressed, Held, Released, Tapped)),
    st.builds(Turned, st.just("knob"), st.booleans()),
    st.builds(Scanned, st.just("reader"), st.text(max_size=5)),
    st.builds(Key, st.sampled_from([*"0123*#AEF", "call", "backspace", "clear"])),
    st.builds(KeyHeld, st.sampled_from("12")),
    st.builds(Hook, st.booleans()),
    st.builds(MuteKey, flags),
    st.builds(HoldKey, flags),
    st.builds(VolumeKey, st.sampled_from([-1, 1])),
    st.builds(Drive, sides, sides, sides),
    st.builds(DriveTo, st.sampled_from([None, 0.5])),
    st.builds(PresetAsked, st.integers(0, 9), st.booleans()),
    touches,
    st.sampled_from([RedialKey(), Home(), Misread("reader")]),
)
rooms = st.builds(
    room,
    st.sampled_from(Phase),
    conversation=st.sampled_from([None, P2P]),
    call_waiting=st.sampled_from([None, Conversation(peer=Person("b@x"))]),
    mic_muted=flags,
    audio_muted=flags,
    video_muted=flags,
    volume=st.sampled_from([None, 0.5]),
    camera=st.sampled_from([None, CAMERA]),
    camera_wanted=st.sampled_from([(), (Person("b@x"),)]),
    presets=st.just({1: "p"}),
    held=st.frozensets(names),
    motion=st.sampled_from([(0, 0, 0), (1, 0, 0)]),
    locked=st.just(LOCKED),
)


def is_safe(command: Command, before: RoomState) -> bool:
    match command:
        case HangUp() | PtzStop():
            return True
        case SetMicMute(mute=mute) | SetAudioMute(mute=mute) | SetVideoMute(mute=mute):
            return mute
        case Accept():
            return before.phase is Phase.RINGING
        case Reject():
            return before.phase in {Phase.RINGING, Phase.WAITING}
        case _:
            return False


@given(rooms, st.lists(inputs, max_size=8))
def test_nothing_but_what_is_safe_reaches_the_terminal(state: RoomState, given_inputs: list[Input]) -> None:
    for now, each in enumerate(given_inputs):
        before = state
        state, sent = does(state, each, now=float(now))
        assert all(is_safe(command, before) for command in sent), (each, sent)
        assert state.locked is not None  # no 4 or 7 is typed
