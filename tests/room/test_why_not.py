"""A press that means nothing now says why; a hook that goes up or down by itself does not."""

from typing import Any

import msgspec
import pytest

from appliance.room import actions
from appliance.room.actions import Action
from appliance.room.bindings.bindings import Binding, Bindings
from appliance.room.inputs import Automatic, Hook, Input, Key, Pressed
from appliance.room.parts.call import CallAsked, Ending, OnHold
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.reading import Reading
from appliance.room.parts.requests import Request, Wish
from appliance.room.respond import respond
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState
from appliance.room.texts import not_ready
from appliance.room.why_not import REASONS
from appliance.terminal.messages.newer.values import NewerMatrixType
from tests.room.rooms import ANNA, P2P, room
from tests.some import some

QUIET: dict[str, Any] = {"mic_muted": False, "audio_muted": False, "video_muted": False}
IN_CALL = room(Phase.IN_CALL, conversation=P2P, **QUIET)
CALLING = room(Phase.CALLING, conversation=P2P)
HELD_BACK = room(Phase.WAITING_ROOM, conversation=P2P)
CLOSING = room(Phase.CLOSING, conversation=P2P)
IDLE = room()
OFFLINE = room(Phase.OFFLINE)
BUSY = "There is a call already; hang up first"
SETTING_UP = "A call is being set up; hang up first"


def press(action: Action | Input, state: RoomState) -> RoomState:
    given = Pressed("key") if isinstance(action, Action) else action
    bound = action if isinstance(action, Action) else actions.Nothing()
    return respond(given, state, Bindings(buttons={"key": Binding(press=bound)}), 10.0)[0]


@pytest.mark.parametrize(
    ("action", "state", "words"),
    [
        (actions.HookOff(), IN_CALL, BUSY),
        (actions.CallPeer(ANNA), IN_CALL, BUSY),
        (actions.Join(ANNA, Secret("1A")), HELD_BACK, BUSY),
        (actions.Redial(), CALLING, SETTING_UP),
        (actions.HookOff(), CALLING, SETTING_UP),
        (actions.Answer(), IDLE, "Nobody is calling"),
        (actions.Answer(), IN_CALL, "Nobody is calling"),
        (actions.Answer(), OFFLINE, "The terminal is not connected to its server"),
        (actions.Decline(), IDLE, "Nobody is calling, and nothing is asked of the room"),
        (actions.Accept(), IN_CALL, "Nobody is calling, and nothing is asked of the room"),
        (actions.HangUp(), IDLE, "There is no call to end"),
        (actions.HangUp(), OFFLINE, "There is no call to end"),
        (actions.HangUp(), CLOSING, "The last call is still ending"),
        (actions.Hold(), IDLE, "There is no call to hold"),
        (actions.Hold(on=True), CALLING, "There is no call to hold"),
        (actions.Content(on=True), IDLE, "Only during a call"),
        (actions.Layout(NewerMatrixType.EQUAL), IDLE, "Only during a call"),
        (actions.Hold(on=False), IN_CALL, "The call is not on hold"),
        (actions.Dial("5"), CALLING, "Tones can be sent once the call is established"),
        (Key("5"), HELD_BACK, "Tones can be sent once the call is established"),
        (Key("E"), IDLE, "Only a password can have this letter"),
        (Key("backspace"), IDLE, "Nothing has been typed"),
        (Key("clear"), IN_CALL, "Nothing has been typed"),
        (actions.LendCamera(), IN_CALL, "Nobody asks to move our camera"),
        (actions.KeepCamera(), IDLE, "Nobody asks to move our camera"),
        (actions.SpeedDial(1), IDLE, "Nobody is set up for speed dial 1"),
        (actions.SpeedDial(1), IN_CALL, BUSY),
        (actions.CallBack(), IDLE, "Nobody has called"),
        (actions.CallBack(), room(stale={Reading.HISTORY: 1.0}), "The last call is not known yet"),
        (actions.CallBack(), CALLING, SETTING_UP),
        (actions.CallConference("0123"), IN_CALL, BUSY),
        (actions.JoinNext(), IDLE, "No meeting to join is on or begins soon"),
        (actions.JoinNext(), CALLING, SETTING_UP),
        (actions.Preset(3), IDLE, "The terminal has not told of any presets"),
        (actions.StorePreset(3), IDLE, "The terminal has not told of any presets"),
        (actions.Preset(3), room(presets={1: "17"}), "Nothing is stored as preset 3"),
        (actions.AllowRecording(), IN_CALL, "Nobody asks to record the room"),
        (actions.RefuseRecording(), IDLE, "Nobody asks to record the room"),
        (actions.Reclaim(), IDLE, "The terminal is in our control already"),
        # what said so before
        (actions.Redial(), IDLE, "There is no outgoing call to repeat"),
        (actions.Redial(), room(stale={Reading.HISTORY: 1.0}), "The last call is not known yet"),
        (actions.HookOff(), IDLE, "No contact is configured for the call button"),
        (actions.HookOff(), OFFLINE, "The terminal is not connected to its server"),
        (actions.HangUp(), RoomState(link=Link(LinkPhase.DOWN)), "No link to the terminal"),
        (actions.Mute(), IDLE, "The terminal has not said whether the microphone is muted"),
    ],
)
def test_a_press_that_means_nothing_says_why(action: Action | Input, state: RoomState, words: str) -> None:
    after = press(action, state)
    assert str(some(after.notice).text) == words
    assert (after.phase, after.asked, after.call_asked) == (state.phase, None, None)


@pytest.mark.parametrize("given", [Hook(off=True), Hook(off=False), Automatic(actions.Answer()), Pressed("nobody")])
@pytest.mark.parametrize("state", [IN_CALL, CLOSING])
def test_what_is_no_press_is_not_explained(given: Input, state: RoomState) -> None:
    after = press(given, state)
    if (given, state) == (Hook(off=False), IN_CALL):
        assert some(after.about_to_end).ending is Ending.HERE  # it hangs up
    elif (given, state) == (Hook(off=True), CLOSING):
        assert str(some(after.notice).text) == str(not_ready(Phase.CLOSING))  # somebody lifts it, and hears nothing
    else:
        assert after.notice is None


@pytest.mark.parametrize("again", [actions.HookOff(), actions.Accept(), actions.Clear(), actions.Decline()])
def test_a_second_press_while_an_answer_is_on_its_way_covers_nothing(again: Action) -> None:
    asked = Request(Wish.RECORD, Person(ANNA), answer=True)
    assert press(again, msgspec.structs.replace(IN_CALL, requests=(asked,))).notice is None


def test_what_the_display_says_already_is_not_said_twice() -> None:
    asked = msgspec.structs.replace(IDLE, call_asked=CallAsked(ANNA, 12.0))
    assert press(actions.CallPeer(ANNA), asked).notice is None
    assert press(actions.Nothing(), IDLE).notice is None


def test_what_means_something_is_not_explained() -> None:
    held = msgspec.structs.replace(IN_CALL, on_hold=OnHold())
    wanted = msgspec.structs.replace(IN_CALL, camera_wanted=(Person("b@x"),))
    for action, state in [
        (actions.Hold(on=False), held),
        (actions.LendCamera(), wanted),
        (actions.Answer(), room(Phase.RINGING)),
        (actions.Clear(), room(number="12")),
        (actions.HangUp(), room(number="12")),
    ]:
        assert press(action, state).notice is None


def test_every_action_has_reasons_or_always_means_something() -> None:
    explains_itself = {
        *(actions.Mute, actions.Volume, actions.VolumeStep, actions.Camera, actions.CameraHome, actions.Nothing),
        *(actions.AskForPodium, actions.LeavePodium, actions.MakeRemark),
        *(actions.AllowRecording, actions.RefuseRecording, actions.DoNotDisturb, actions.ShowAddress, actions.Lock),
        *(actions.InstallUpdate, actions.ShowPassword, actions.InvitePhone),
        *(
            actions.Sleep,
            actions.Wake,
            actions.RestartTerminal,
            actions.Switch,
            actions.SendCommand,
            actions.Preset,
            actions.StorePreset,
        ),
        *(actions.Wait, actions.MuteAll, actions.MuteOne, actions.Remove, actions.Invite),
    }
    composed = {actions.ByState, actions.Row, actions.Confirmed}  # of these; each is one of them when its time comes
    assert set(REASONS) | explains_itself | composed == set(Action.__subclasses__())
