"""A press answers only what the display shows, and not in the first moment: then it was meant for something else."""

import msgspec
import pytest

from appliance.language.text import verbatim
from appliance.room.bindings.bindings import Bindings, bind
from appliance.room.inputs import CameraRequestDecided, HoldKey, Hook, Input, Key, Pressed
from appliance.room.local_events.shown import NoticeExpired, NoticeShown
from appliance.room.parts.call import Muted, OnHold
from appliance.room.parts.requests import Wish
from appliance.room.parts.shown import Notice
from appliance.room.prompts import SETTLED
from appliance.room.respond import respond
from appliance.room.state import Phase, RoomState
from appliance.room.texts import camera_wanted
from appliance.terminal.messages import calls, conference, far_end
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.calls import InviteReceived, StopCalling, WaitingRoomChanged
from appliance.terminal.messages.conference import PeerAccepted
from appliance.terminal.messages.devices import MicMuted
from appliance.terminal.messages.far_end import CameraRequestReceived
from tests.room.rooms import ANNA, BORIS, P2P, after, room
from tests.room.test_requests import ACCEPTED, CASES, DECLINED, JOIN, RECORD, ours
from tests.some import some

BINDINGS = Bindings(
    buttons={
        name: bind(name)
        for name in (
            "accept",
            "answer",
            "decline",
            "call",
            "clear",
            "camera allow",
            "camera refuse",
            "mute",
            "volume up",
        )
    }
)
ACCEPTING: list[Input] = [Pressed("accept"), Pressed("call"), Key("call"), Hook(off=True)]
DECLINING: list[Input] = [Pressed("decline"), Pressed("clear"), Key("clear")]
TALKING = room(Phase.IN_CALL, conversation=P2P, mic_muted=False, audio_muted=False, video_muted=False, volume=0.5)
CALLED = after(TALKING, InviteReceived(peer_id=BORIS, conf_id="9"))
BEGAN = 100.0  # seconds: when everything in these rooms was asked
SEEN = BEGAN + SETTLED


def did(state: RoomState, given: Input, now: float) -> tuple[RoomState, list[Command]]:
    """The room after an input, and what that sends."""
    state, orders = respond(given, state, BINDINGS, now)
    return state, [command for order in orders for command in order.plan.commands]


def sent(state: RoomState, given: Input, now: float) -> list[Command]:
    return did(state, given, now)[1]


def covered(state: RoomState, until: float) -> RoomState:
    return after(state, NoticeShown(verbatim("Something else"), until))


# the first moment


@pytest.mark.parametrize("given", [*ACCEPTING, *DECLINING])
@pytest.mark.parametrize("wish", Wish)
def test_a_press_that_comes_with_the_request_does_not_answer_it(wish: Wish, given: Input) -> None:
    state, commands = did(CASES[wish], given, SEEN - 0.01)
    assert (state.requests, commands, state.notice) == (CASES[wish].requests, [], None)
    assert sent(state, given, SEEN) == ([ACCEPTED[wish]] if given in ACCEPTING else [*DECLINED[wish]])


@pytest.mark.parametrize("given", [*ACCEPTING, *DECLINING, Pressed("answer"), HoldKey()])
@pytest.mark.parametrize("state", [CALLED, msgspec.structs.replace(CALLED, phase=Phase.WAITING_ROOM)])
def test_a_press_that_comes_with_a_second_call_does_not_answer_it(state: RoomState, given: Input) -> None:
    if isinstance(given, HoldKey) and state.phase is Phase.WAITING_ROOM:
        return
    assert sent(state, given, SEEN - 0.01) == []
    assert sent(state, given, SEEN) == [calls.Reject() if given in DECLINING else calls.Accept()]


def test_nothing_is_unmuted_by_the_press_that_does_not_answer() -> None:
    left = OnHold("8", frozenset({Muted.MIC}))
    state = msgspec.structs.replace(CALLED, phase=Phase.WAITING_ROOM, mic_muted=True, on_hold=left)
    assert sent(state, Pressed("call"), BEGAN) == []


def test_the_next_request_has_a_moment_of_its_own() -> None:
    state = after(ours(), JOIN, RECORD)
    state = after(state, PeerAccepted(peer_id=BORIS), now=200.0)
    assert sent(state, Pressed("call"), 200.0 + SETTLED - 0.01) == []
    assert sent(state, Pressed("call"), 200.0 + SETTLED) == [conference.AllowRecording(peer_id=BORIS)]


def test_so_has_a_request_behind_a_second_call() -> None:
    state = after(CASES[Wish.RECORD], InviteReceived(peer_id=ANNA, conf_id="9"))
    state = after(state, StopCalling(peer_id=ANNA), now=200.0)
    assert sent(state, Pressed("call"), 200.1) == []
    assert sent(state, Pressed("call"), 200.0 + SETTLED) == [conference.AllowRecording(peer_id=BORIS)]


def test_a_call_that_rings_is_answered_at_once_as_on_any_telephone() -> None:
    assert sent(after(room(), InviteReceived(peer_id=BORIS)), Hook(off=True), BEGAN) == [calls.Accept()]


# what covers it


@pytest.mark.parametrize("given", [*ACCEPTING, *DECLINING])
@pytest.mark.parametrize("state", [*CASES.values(), CALLED])
def test_a_press_uncovers_what_a_notice_covers_and_answers_it_only_then(state: RoomState, given: Input) -> None:
    shown, commands = did(covered(state, 110.0), given, 105.0)
    assert (shown.requests, shown.call_waiting, shown.notice, commands) == (
        state.requests,
        state.call_waiting,
        None,
        [],
    )
    assert sent(shown, given, 105.0 + SETTLED - 0.01) == []
    assert sent(shown, given, 105.0 + SETTLED) == sent(state, given, SEEN)


@pytest.mark.parametrize("end", [[], [NoticeExpired()]])
def test_when_a_notice_ends_by_itself_the_moment_begins(end: list[object]) -> None:
    state = after(covered(CASES[Wish.RECORD], 110.0), *end, now=110.2)
    assert sent(state, Pressed("call"), 110.0 + SETTLED - 0.01) == []
    assert sent(state, Pressed("call"), 110.0 + SETTLED) == [conference.AllowRecording(peer_id=BORIS)]


@pytest.mark.parametrize("state", [msgspec.structs.replace(CASES[Wish.RECORD], volume=0.5), CALLED])
def test_the_volume_covers_it_too(state: RoomState) -> None:
    turned, _ = did(state, Pressed("volume up"), 105.0)
    shown, commands = did(turned, Pressed("call"), 106.0)
    assert (commands, shown.volume_shown_until, shown.asked) == ([], 0.0, None)
    assert sent(shown, Pressed("call"), 106.0 + SETTLED) == sent(state, Pressed("call"), SEEN)


@pytest.mark.parametrize("came", [RECORD, InviteReceived(peer_id=BORIS, conf_id="9")])
def test_what_comes_up_beneath_something_that_was_asked_of_the_terminal_is_not_seen(came: object) -> None:
    asked, _ = did(TALKING, Pressed("mute"), 99.0)
    shown, commands = did(after(asked, came), Pressed("call"), 101.0)
    assert (commands, shown.asked) == ([], None)
    assert sent(shown, Pressed("call"), 101.0 + SETTLED - 0.01) == []
    assert len(sent(shown, Pressed("call"), 101.0 + SETTLED)) == 1
    confirmed = after(asked, came, MicMuted(mute=True))
    assert len(sent(confirmed, Pressed("call"), SEEN)) == 1


def test_what_has_been_seen_is_still_known_when_something_else_is_asked() -> None:
    answered, commands = did(CALLED, Pressed("call"), 105.0)
    assert commands == [calls.Accept()]
    assert sent(answered, Pressed("decline"), 105.1) == [calls.Reject()]


# the camera


def wanted() -> RoomState:
    return after(TALKING, CameraRequestReceived(call_id=BORIS))


@pytest.mark.parametrize("words", ["camera allow", "camera refuse"])
def test_who_wants_the_camera_is_answered_once_the_display_says_so(words: str) -> None:
    command = far_end.AcceptCameraRequest if words == "camera allow" else far_end.RejectCameraRequest
    asked = NoticeShown(camera_wanted(BORIS), 105.0)
    for state in (wanted(), after(wanted(), asked)):
        assert sent(state, Pressed(words), SEEN - 0.01) == []
        assert sent(state, Pressed(words), SEEN) == [command(call_id=BORIS)]


@pytest.mark.parametrize("words", ["camera allow", "camera refuse"])
@pytest.mark.parametrize(
    "other",
    [
        NoticeShown(verbatim("Something else"), 120.0),
        NoticeShown(camera_wanted(ANNA), 120.0),
        RECORD,
        InviteReceived(peer_id=ANNA, conf_id="9"),
    ],
)
def test_a_press_says_who_wants_the_camera_where_the_display_does_not(words: str, other: object) -> None:
    state, commands = did(after(wanted(), other), Pressed(words), 110.0)
    assert (commands, some(state.notice)) == ([], Notice(camera_wanted(BORIS), 115.0))
    assert sent(state, Pressed(words), 110.0 + SETTLED - 0.01) == []
    assert len(sent(state, Pressed(words), 110.0 + SETTLED)) == 1


def test_the_configuration_decides_about_the_camera_at_once() -> None:
    decided = CameraRequestDecided(BORIS, lend=True)
    assert sent(covered(wanted(), 110.0), decided, BEGAN) == [far_end.AcceptCameraRequest(call_id=BORIS)]


def test_nobody_wants_the_camera_any_more_once_the_room_is_held_back() -> None:
    state = after(wanted(), WaitingRoomChanged(in_waiting_room=True))
    assert (state.camera_prompt, state.prompt) == (None, None)
