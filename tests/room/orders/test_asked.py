"""Between a press and what the terminal makes of it: asked, and never shown as done."""

from typing import Any

import msgspec
import pytest

from appliance.language.text import verbatim
from appliance.room import actions
from appliance.room.actions import Action
from appliance.room.bindings.bindings import Binding, Bindings
from appliance.room.inputs import Drive, DriveTo, Hook, Input, PresetAsked, Pressed, Released, VolumeKey
from appliance.room.intents.base import Intent
from appliance.room.intents.box import AskForUpdate, SwitchOutput
from appliance.room.intents.call import Call, ClosePassword, EditNumber, EditPassword, PutOnHold, Resume, Tone
from appliance.room.intents.camera import (
    HomeLocalCamera,
    KeepCamera,
    KeepPreset,
    LendCamera,
    Move,
    MoveLocalCamera,
    MoveTo,
)
from appliance.room.intents.closed import EditLockPin, RefuseLockPin, SetDoNotDisturb, SetLocked
from appliance.room.intents.conference import AcceptRequest, DeclineRequest, InvitePeer, MuteOthers, RemovePeer
from appliance.room.intents.inputs import AskToConfirm, ConfirmationOver, GoOn, StopRows
from appliance.room.intents.media import MuteAudio, MuteMic, MuteVideo, SetVolume
from appliance.room.intents.shown import Explain, InvitePhone, ShowAddress, ShowPassword, ShowPrompt
from appliance.room.intents.terminal import Reclaim, RestartTerminal, SendCommand, SetLayout, SetSleep, ShareContent
from appliance.room.local_events.awaited import AskedAccepted, AskedFailed, AskedOver, Unconfirmed
from appliance.room.local_events.link import LinkChanged
from appliance.room.orders.asked import PATIENCE, accepted, over, worded
from appliance.room.parts.call import Conversation, Muted
from appliance.room.parts.conference import ROOM, Company
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.shown import Notice
from appliance.room.reactions.asked import asked as watch
from appliance.room.respond import respond
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState
from appliance.room.texts import MUTE_LOCKED
from appliance.terminal.messages.calls import AppStateChanged, ConferenceCreated
from appliance.terminal.messages.devices import AudioMuted, MicMuted, PtzStop, SettingChanged, VideoMuted
from appliance.terminal.messages.enums import AppState
from appliance.terminal.messages.newer.values import NewerMatrixType
from appliance.terminal.messages.sharing import SharingStarted, SharingStopped
from appliance.terminal.messages.system import SleepModeChanged
from tests.room.reactions.living import Living
from tests.room.rooms import ANNA, CAMERA, P2P, after, looked_at, room
from tests.some import some

QUIET: dict[str, Any] = {"mic_muted": False, "audio_muted": False, "video_muted": False, "volume": 0.5}
IDLE = room(camera=CAMERA, presets={3: "17"}, **QUIET)
IN_CALL = looked_at(room(Phase.IN_CALL, conversation=P2P, camera=CAMERA, camera_wanted=(Person("b@x"),), **QUIET))
RINGING = room(Phase.RINGING, conversation=P2P, **QUIET)


def press(state: RoomState, action: Action | Input, now: float = 10.0) -> RoomState:
    given = Pressed("key") if isinstance(action, Action) else action
    press = action if isinstance(action, Action) else actions.Nothing()
    return respond(given, state, Bindings(buttons={"key": Binding(press=press)}), now)[0]


SHOWING = msgspec.structs.replace(IN_CALL, company=Company(content=frozenset({ROOM})))

PRESSES: list[tuple[str, RoomState, Action | Input]] = [
    ("Answer requested…", RINGING, actions.Answer()),
    ("Answer requested…", RINGING, Hook(off=True)),
    ("Decline requested…", RINGING, actions.Decline()),
    ("Hang-up requested…", IN_CALL, actions.HangUp()),
    ("Hang-up requested…", room(Phase.WAITING), actions.HangUp()),
    ("Mic mute requested…", IN_CALL, actions.Mute()),
    ("Mic unmute requested…", msgspec.structs.replace(IN_CALL, mic_muted=True), actions.Mute()),
    ("Sound off requested…", IDLE, actions.Mute("audio", on=True)),
    ("Sound on requested…", IDLE, actions.Mute("audio", on=False)),
    ("Camera off requested…", IDLE, actions.Mute("video", on=True)),
    ("Camera on requested…", IDLE, actions.Mute("video", on=False)),
    ("Hold requested…", IN_CALL, actions.Hold(on=True)),
    ("Vol. 55% requested…", IDLE, VolumeKey(1)),
    ("Vol. 40% requested…", IDLE, actions.Volume(40)),
    ("Tone 5 requested…", IN_CALL, actions.Dial("5")),
    ("Move requested…", IDLE, actions.Camera("left")),
    ("Move requested…", IDLE, actions.CameraHome()),
    ("Preset requested…", IDLE, DriveTo(0.5, 0.5, 0.5, preset=3)),
    ("Preset requested…", IDLE, PresetAsked(3, there=True)),
    ("Command requested…", IDLE, actions.SendCommand(PtzStop())),
    ("Preset requested…", IDLE, actions.Preset(3)),
    ("Preset requested…", IDLE, actions.StorePreset(4)),
    ("Content on requested…", IN_CALL, actions.Content(on=True)),
    ("Content off requested…", SHOWING, actions.Content(on=False)),
    ("Layout requested…", IN_CALL, actions.Layout(NewerMatrixType.EQUAL)),
    ("Sleep requested…", IDLE, actions.Sleep()),
    ("Wake requested…", IDLE, actions.Wake()),
    ("Restart requested…", IDLE, actions.RestartTerminal()),
    ("Allow: requested…", IN_CALL, actions.LendCamera()),
    ("Refuse: requested…", IN_CALL, actions.KeepCamera()),
]


@pytest.mark.parametrize(("words", "before", "action"), PRESSES)
def test_a_press_is_asked_and_changes_nothing_yet(words: str, before: RoomState, action: Action | Input) -> None:
    state = press(before, action)
    asked = some(state.asked)
    assert (str(asked.text), asked.until) == (words, 10.0 + PATIENCE)
    shown = ("phase", "conversation", "mic_muted", "audio_muted", "video_muted", "volume", "camera", "camera_wanted")
    assert [getattr(state, name) for name in shown] == [getattr(before, name) for name in shown]


def test_everything_that_goes_to_the_terminal_has_words() -> None:
    ours = {
        *(EditNumber, EditPassword, ClosePassword, Explain, Reclaim),
        ShowPrompt,
        *(MoveLocalCamera, HomeLocalCamera),
        *(SetDoNotDisturb, ShowAddress, SwitchOutput, AskForUpdate),
        *(ShowPassword, InvitePhone),
        *(SetLocked, EditLockPin, RefuseLockPin),
        *(AskToConfirm, ConfirmationOver, GoOn, StopRows),
    }
    asked_elsewhere = {Call, AcceptRequest, DeclineRequest}  # they have pages of their own
    examples: dict[type[Intent], Intent] = {
        MuteMic: MuteMic(True),
        MuteAudio: MuteAudio(True),
        MuteVideo: MuteVideo(True),
        PutOnHold: PutOnHold(frozenset({Muted.MIC})),
        Resume: Resume(frozenset()),
        SetVolume: SetVolume(0.5),
        Tone: Tone("5"),
        Move: Move(1),
        MoveTo: MoveTo(1.0, preset="17"),
        KeepPreset: KeepPreset(3, True),
        LendCamera: LendCamera(ANNA),
        ShareContent: ShareContent(True),
        SetLayout: SetLayout(NewerMatrixType.EQUAL),
        SetSleep: SetSleep(True),
        SendCommand: SendCommand(PtzStop()),
        KeepCamera: KeepCamera(ANNA),
        MuteOthers: MuteOthers((ANNA,)),
        RemovePeer: RemovePeer(ANNA),
        InvitePeer: InvitePeer(ANNA),
    }
    for kind in set(Intent.__subclasses__()) - ours - asked_elsewhere:
        assert str(worded(examples.get(kind) or kind())), kind


@pytest.mark.parametrize(
    ("before", "action", "event"),
    [
        (RINGING, actions.Answer(), AppStateChanged(app_state=AppState.IN_CONFERENCE)),
        (RINGING, actions.Decline(), AppStateChanged(app_state=AppState.READY)),
        (IN_CALL, actions.HangUp(), AppStateChanged(app_state=AppState.CLOSING)),
        (IN_CALL, actions.Mute(), MicMuted(mute=True)),
        (IDLE, actions.Mute("audio"), AudioMuted(mute=True)),
        (IDLE, actions.Mute("video"), VideoMuted(mute=True)),
        (IDLE, actions.VolumeStep(1), SettingChanged(name="audioPlayLevel", value=0.55)),
        (msgspec.structs.replace(IDLE, sleeping=False), actions.Sleep(), SleepModeChanged(enabled=True)),
        (IN_CALL, actions.Content(on=True), SharingStarted(capture_id=1)),
        (SHOWING, actions.Content(on=False), SharingStopped(capture_id=1)),
        (IDLE, actions.Mute(), LinkChanged(Link(LinkPhase.DOWN))),
    ],
)
def test_it_ends_when_the_terminal_confirms_it(before: RoomState, action: Action, event: object) -> None:
    assert after(press(before, action), event).asked is None


def test_what_else_happens_does_not_confirm_it() -> None:
    state = press(IN_CALL, actions.Mute())
    assert after(state, AudioMuted(mute=True), ConferenceCreated(conf_id="1")).asked is state.asked


def test_a_reply_alone_is_no_confirmation_where_an_event_follows() -> None:
    state = press(IN_CALL, actions.Mute())
    told = accepted(state, MuteMic(True))
    assert some(told.asked).accepted
    assert accepted(state, MuteAudio(True)) is state


@pytest.mark.parametrize(
    ("before", "action", "intent"),
    [
        (IDLE, actions.Camera("left"), Move(-1)),
        (IN_CALL, actions.Dial("5"), Tone("5")),
        (SHOWING, actions.Content(on=True), ShareContent(True)),
        (IN_CALL, actions.Layout(NewerMatrixType.ONE), SetLayout(NewerMatrixType.ONE)),
        (IDLE, actions.Wake(), SetSleep(False)),
        (IDLE, actions.RestartTerminal(), RestartTerminal()),
        (msgspec.structs.replace(IDLE, mic_muted=True), actions.Mute("mic", on=True), MuteMic(True)),
        (msgspec.structs.replace(IDLE, volume=1.0), actions.VolumeStep(1), SetVolume(1.0)),
    ],
)
def test_where_no_event_follows_the_reply_ends_it(before: RoomState, action: Action, intent: Intent) -> None:
    state = press(before, action)
    assert state.asked is not None
    assert accepted(state, intent).asked is None


def test_the_terminals_replies_reach_what_was_asked() -> None:
    state = press(IN_CALL, actions.Mute())
    assert some(after(state, AskedAccepted(MuteMic(True))).asked).accepted
    assert after(state, AskedFailed(MuteMic(True))).asked is None
    assert after(state, AskedFailed(MuteAudio(True))).asked is state.asked


def test_a_refusal_ends_it() -> None:
    assert over(press(IN_CALL, actions.Mute()), MuteMic(True)).asked is None


def test_what_is_accepted_and_never_confirmed_is_said() -> None:
    state = press(IN_CALL, actions.Mute())
    living = Living(watch, state)
    assert (living.events, living.look_at) == ([], 10.0 + PATIENCE)
    living.sees(state, 10.0 + PATIENCE)
    assert living.events == [AskedOver()]
    told = accepted(state, MuteMic(True))
    living = Living(watch, told)
    living.sees(told, 10.0 + PATIENCE)
    assert living.events == [Unconfirmed()]
    assert str(some(after(told, Unconfirmed()).notice).text) == "The terminal has not confirmed it"
    assert after(told, Unconfirmed()).asked is None


def test_a_press_is_not_hidden_by_what_was_said_before() -> None:
    before = msgspec.structs.replace(IDLE, notice=Notice(verbatim("Busy"), 12.0))
    assert press(before, actions.Mute()).notice is None


def test_only_a_mute_that_the_device_takes_back_is_still_told_of() -> None:
    before = msgspec.structs.replace(IDLE, notice=Notice(MUTE_LOCKED, 12.0))
    assert press(before, actions.Mute()).notice is before.notice


def test_nobody_has_pressed_what_a_joystick_or_a_release_sends() -> None:
    assert press(IDLE, Drive(pan=1)).asked is None
    assert press(IDLE, DriveTo(0.5, 0.5, 0.5)).asked is None
    moving = respond(Pressed("left"), IDLE, Bindings(buttons={"left": Binding(press=actions.Camera("left"))}), 10.0)[0]
    assert (
        respond(Released("left"), moving, Bindings(buttons={"left": Binding(press=actions.Camera("left"))}), 10.1)[
            0
        ].asked
        is moving.asked
    )


def test_a_preset_that_the_terminal_has_not_got_asks_nothing_of_it() -> None:
    assert press(msgspec.structs.replace(IDLE, presets=None), PresetAsked(3, there=True)).asked is None


def test_a_call_has_a_page_of_its_own() -> None:
    state = press(press(IDLE, actions.Mute()), actions.Join(ANNA, Secret("1A")))
    assert (some(state.call_asked).peer_id, state.asked) == (ANNA, None)


def test_a_conversation_does_not_hide_it() -> None:
    assert press(room(Phase.IN_CALL, conversation=Conversation()), actions.HangUp()).asked is not None
