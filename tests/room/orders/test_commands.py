import pytest

from appliance.language.text import verbatim
from appliance.room.intents.base import Intent
from appliance.room.intents.box import AskForUpdate, SwitchOutput
from appliance.room.intents.call import (
    Answer,
    Call,
    ClosePassword,
    Decline,
    EditNumber,
    EditPassword,
    HangUp,
    PutOnHold,
    Resume,
    Tone,
)
from appliance.room.intents.camera import (
    HomeCamera,
    HomeLocalCamera,
    KeepCamera,
    KeepPreset,
    LendCamera,
    Move,
    MoveLocalCamera,
    MoveTo,
)
from appliance.room.intents.closed import EditLockPin, RefuseLockPin, SetDoNotDisturb, SetLocked
from appliance.room.intents.conference import (
    AcceptRequest,
    AskForPodium,
    DeclineRequest,
    InvitePeer,
    LeavePodium,
    MakeRemark,
    MuteOthers,
    RemovePeer,
)
from appliance.room.intents.inputs import AskToConfirm, ConfirmationOver, GoOn, StopRows
from appliance.room.intents.media import MuteAudio, MuteMic, MuteVideo, SetVolume
from appliance.room.intents.shown import Explain, InvitePhone, ShowAddress, ShowPassword, ShowPrompt
from appliance.room.intents.terminal import Reclaim, RestartTerminal, SendCommand, SetLayout, SetSleep, ShareContent
from appliance.room.orders.commands import Plan, plan
from appliance.room.parts.call import Muted
from appliance.room.parts.person import Person
from appliance.room.parts.requests import Request, Wish
from appliance.room.secret import Secret
from appliance.room.state import Phase
from appliance.terminal.messages import (
    Command,
    calls,
    conference,
    devices,
    encode,
    far_end,
    podium,
    presets,
    sharing,
    system,
)
from appliance.terminal.messages.newer.layout import SetLayoutType
from appliance.terminal.messages.newer.values import NewerMatrixType
from tests.room.rooms import ANNA, OWN_GROUP, P2P, room

JOIN = Request(Wish.JOIN, Person("a@b"))
PLANS = [
    (Call("a@b"), (calls.Call(peer_id="a@b"),), False),
    (Answer(), (calls.Accept(),), False),
    (Call("a@b", Secret("1A")), (calls.Call(peer_id="a@b", pin="1A"),), False),
    (Decline(), (calls.Reject(),), True),
    (HangUp(), (calls.HangUp(),), True),
    (HangUp(False), (calls.HangUp(for_all=False),), True),
    (HangUp(True), (calls.HangUp(for_all=True),), True),
    (MuteMic(True), (devices.SetMicMute(mute=True),), False),
    (MuteAudio(False), (devices.SetAudioMute(mute=False),), False),
    (MuteVideo(True), (devices.SetVideoMute(mute=True),), False),
    (
        PutOnHold(frozenset(Muted)),
        (devices.SetMicMute(mute=True), devices.SetVideoMute(mute=True), devices.SetAudioMute(mute=True)),
        False,
    ),
    (Resume(frozenset({Muted.AUDIO})), (devices.SetAudioMute(mute=False),), False),
    (SetVolume(0.4), (devices.SetSettings(settings={"audioPlayLevel": 0.4}),), False),
    (Tone("#"), (calls.ToneDial(symbol="#"),), False),
    (Move(pan=1), (devices.PtzRight(),), False),
    (Move(), (devices.PtzStop(),), True),
    (MoveTo(pan=0.0, zoom=2.0), (devices.SetPanPos(pos=0.0), devices.SetZoomPos(pos=2.0)), False),
    (MoveTo(tilt=3.0), (devices.SetTiltPos(pos=3.0),), False),
    (MoveTo(preset="7"), (presets.ApplyPreset(preset_id="7"),), False),
    (KeepPreset(3, there=True), (), False),
    (HomeCamera(), (devices.SetPtzDefaults(),), False),
    (LendCamera("a@b"), (far_end.AcceptCameraRequest(call_id="a@b"),), False),
    (KeepCamera("a@b"), (far_end.RejectCameraRequest(call_id="a@b"),), False),
    (AcceptRequest(JOIN), (conference.AcceptPeer(peer_id="a@b"),), False),
    (DeclineRequest(JOIN), (conference.RejectPeer(peer_id="a@b"),), False),
    (
        MuteOthers(("a@b", "c@d")),
        (conference.SetRemoteMic(peer_id="a@b", on=False), conference.SetRemoteMic(peer_id="c@d", on=False)),
        False,
    ),
    (RemovePeer("a@b"), (conference.KickPeer(peer_id="a@b"),), False),
    (InvitePeer("a@b"), (conference.InviteToConference(peer_id="a@b"),), False),
    (ShowPrompt(), (), False),
    (AskForPodium(), (podium.GoToPodium(),), False),
    (LeavePodium(), (podium.LeavePodium(),), False),
    (MakeRemark(), (podium.StartRemark(),), False),
    (SendCommand(devices.PtzStop()), (devices.PtzStop(),), False),
    (ShareContent(True), (sharing.StartSharing(capture_id=1),), False),
    (ShareContent(True, 2), (sharing.StartSharing(capture_id=2),), False),
    (ShareContent(False), (sharing.StopSharing(),), False),
    (SetLayout(NewerMatrixType.EQUAL), (SetLayoutType(matrix_type=NewerMatrixType.EQUAL),), False),
    (SetSleep(True), (system.SetSleepMode(enabled=True),), False),
    (RestartTerminal(), (system.RebootSystem(),), False),
    (SetDoNotDisturb(True), (), False),
    (ShowAddress(), (), False),
    (ShowPassword(), (), False),
    (InvitePhone(), (), False),
    (AskForUpdate("0.2.0"), (), False),
    (SetLocked(on=True), (), False),
    (EditLockPin(Secret("1")), (), False),
    (RefuseLockPin(), (), False),
    (MoveLocalCamera("back", pan=1), (), False),
    (HomeLocalCamera("back"), (), False),
    (SwitchOutput("relay lights", on=True), (), False),
    (EditNumber("1"), (), False),
    (EditPassword(Secret("1")), (), False),
    (ClosePassword(), (), False),
    (Explain(verbatim("Wait")), (), False),
    (Reclaim(), (), False),
]


@pytest.mark.parametrize(("intent", "commands", "urgent"), PLANS)
def test_every_intent_has_its_commands(intent: Intent, commands: tuple[Command, ...], urgent: bool) -> None:
    assert plan(intent, room()) == Plan(commands, urgent)


def test_what_a_terminal_may_refuse_of_presets_has_a_plan_instead() -> None:
    store = plan(KeepPreset(3, there=True), room(presets={}))
    assert store == Plan((presets.AddPreset(name="VISCA 3"),), instead=(presets.AddPreset(),))
    recall = plan(MoveTo(pan=0.0, zoom=1.0, preset="7"), room())
    there = (devices.SetPanPos(pos=0.0), devices.SetZoomPos(pos=1.0))
    assert recall == Plan((presets.ApplyPreset(preset_id="7"),), instead=there)


def test_no_intent_is_forgotten() -> None:
    of_gestures = {AskToConfirm, ConfirmationOver, GoOn, StopRows}
    assert all(not plan(each, room()).commands for each in (StopRows(), ConfirmationOver()))
    assert {type(intent) for intent, _, _ in PLANS} | of_gestures == set(Intent.__subclasses__())


def test_a_camera_that_moves_is_stopped_before_it_goes_home() -> None:
    moving = room(motion=(1, 0, 0))
    assert plan(HomeCamera(), moving) == Plan((devices.PtzStop(), devices.SetPtzDefaults()), urgent=True)


def test_hanging_up_says_for_all_only_when_told_to() -> None:
    (command,) = plan(HangUp(), room()).commands
    assert encode(command, "1") == b'{"requestId":"1","method":"hangUp"}'
    (command,) = plan(HangUp(False), room()).commands
    assert encode(command, "1") == b'{"requestId":"1","method":"hangUp","forAll":false}'


def test_a_tone_names_the_line_it_is_for_and_goes_without_where_that_is_refused() -> None:
    plain = calls.ToneDial(symbol="5")
    assert plan(Tone("5"), room(Phase.IN_CALL, conversation=P2P)) == Plan(
        (calls.ToneDial(symbol="5", call_id=ANNA),), instead=(plain,)
    )
    assert plan(Tone("5"), room(Phase.IN_CALL, conversation=OWN_GROUP)) == Plan((plain,))
