import pytest

from appliance.language.text import verbatim
from appliance.room import intents
from appliance.room.intents import Intent
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
    (intents.Call("a@b"), (calls.Call(peer_id="a@b"),), False),
    (intents.Answer(), (calls.Accept(),), False),
    (intents.Call("a@b", Secret("1A")), (calls.Call(peer_id="a@b", pin="1A"),), False),
    (intents.Decline(), (calls.Reject(),), True),
    (intents.HangUp(), (calls.HangUp(),), True),
    (intents.HangUp(False), (calls.HangUp(for_all=False),), True),
    (intents.HangUp(True), (calls.HangUp(for_all=True),), True),
    (intents.MuteMic(True), (devices.SetMicMute(mute=True),), False),
    (intents.MuteAudio(False), (devices.SetAudioMute(mute=False),), False),
    (intents.MuteVideo(True), (devices.SetVideoMute(mute=True),), False),
    (
        intents.PutOnHold(frozenset(Muted)),
        (devices.SetMicMute(mute=True), devices.SetVideoMute(mute=True), devices.SetAudioMute(mute=True)),
        False,
    ),
    (intents.Resume(frozenset({Muted.AUDIO})), (devices.SetAudioMute(mute=False),), False),
    (intents.SetVolume(0.4), (devices.SetSettings(settings={"audioPlayLevel": 0.4}),), False),
    (intents.Tone("#"), (calls.ToneDial(symbol="#"),), False),
    (intents.Move(pan=1), (devices.PtzRight(),), False),
    (intents.Move(), (devices.PtzStop(),), True),
    (intents.MoveTo(pan=0.0, zoom=2.0), (devices.SetPanPos(pos=0.0), devices.SetZoomPos(pos=2.0)), False),
    (intents.MoveTo(tilt=3.0), (devices.SetTiltPos(pos=3.0),), False),
    (intents.MoveTo(preset="7"), (presets.ApplyPreset(preset_id="7"),), False),
    (intents.KeepPreset(3, there=True), (), False),
    (intents.HomeCamera(), (devices.SetPtzDefaults(),), False),
    (intents.LendCamera("a@b"), (far_end.AcceptCameraRequest(call_id="a@b"),), False),
    (intents.KeepCamera("a@b"), (far_end.RejectCameraRequest(call_id="a@b"),), False),
    (intents.AcceptRequest(JOIN), (conference.AcceptPeer(peer_id="a@b"),), False),
    (intents.DeclineRequest(JOIN), (conference.RejectPeer(peer_id="a@b"),), False),
    (
        intents.MuteOthers(("a@b", "c@d")),
        (conference.SetRemoteMic(peer_id="a@b", on=False), conference.SetRemoteMic(peer_id="c@d", on=False)),
        False,
    ),
    (intents.RemovePeer("a@b"), (conference.KickPeer(peer_id="a@b"),), False),
    (intents.InvitePeer("a@b"), (conference.InviteToConference(peer_id="a@b"),), False),
    (intents.ShowPrompt(), (), False),
    (intents.AskForPodium(), (podium.GoToPodium(),), False),
    (intents.LeavePodium(), (podium.LeavePodium(),), False),
    (intents.MakeRemark(), (podium.StartRemark(),), False),
    (intents.SendCommand(devices.PtzStop()), (devices.PtzStop(),), False),
    (intents.ShareContent(True), (sharing.StartSharing(capture_id=1),), False),
    (intents.ShareContent(True, 2), (sharing.StartSharing(capture_id=2),), False),
    (intents.ShareContent(False), (sharing.StopSharing(),), False),
    (intents.SetLayout(NewerMatrixType.EQUAL), (SetLayoutType(matrix_type=NewerMatrixType.EQUAL),), False),
    (intents.SetSleep(True), (system.SetSleepMode(enabled=True),), False),
    (intents.RestartTerminal(), (system.RebootSystem(),), False),
    (intents.SetDoNotDisturb(True), (), False),
    (intents.ShowAddress(), (), False),
    (intents.ShowPassword(), (), False),
    (intents.InvitePhone(), (), False),
    (intents.AskForUpdate("0.2.0"), (), False),
    (intents.SetLocked(on=True), (), False),
    (intents.EditLockPin(Secret("1")), (), False),
    (intents.RefuseLockPin(), (), False),
    (intents.MoveLocalCamera("back", pan=1), (), False),
    (intents.HomeLocalCamera("back"), (), False),
    (intents.SwitchOutput("relay lights", on=True), (), False),
    (intents.EditNumber("1"), (), False),
    (intents.EditPassword(Secret("1")), (), False),
    (intents.ClosePassword(), (), False),
    (intents.Explain(verbatim("Wait")), (), False),
    (intents.Reclaim(), (), False),
]


@pytest.mark.parametrize(("intent", "commands", "urgent"), PLANS)
def test_every_intent_has_its_commands(intent: Intent, commands: tuple[Command, ...], urgent: bool) -> None:
    assert plan(intent, room()) == Plan(commands, urgent)


def test_what_a_terminal_may_refuse_of_presets_has_a_plan_instead() -> None:
    store = plan(intents.KeepPreset(3, there=True), room(presets={}))
    assert store == Plan((presets.AddPreset(name="VISCA 3"),), instead=(presets.AddPreset(),))
    recall = plan(intents.MoveTo(pan=0.0, zoom=1.0, preset="7"), room())
    there = (devices.SetPanPos(pos=0.0), devices.SetZoomPos(pos=1.0))
    assert recall == Plan((presets.ApplyPreset(preset_id="7"),), instead=there)


def test_no_intent_is_forgotten() -> None:
    of_gestures = {intents.AskToConfirm, intents.ConfirmationOver, intents.GoOn, intents.StopRows}
    assert all(not plan(each, room()).commands for each in (intents.StopRows(), intents.ConfirmationOver()))
    assert {type(intent) for intent, _, _ in PLANS} | of_gestures == set(Intent.__subclasses__())


def test_a_camera_that_moves_is_stopped_before_it_goes_home() -> None:
    moving = room(motion=(1, 0, 0))
    assert plan(intents.HomeCamera(), moving) == Plan((devices.PtzStop(), devices.SetPtzDefaults()), urgent=True)


def test_hanging_up_says_for_all_only_when_told_to() -> None:
    (command,) = plan(intents.HangUp(), room()).commands
    assert encode(command, "1") == b'{"requestId":"1","method":"hangUp"}'
    (command,) = plan(intents.HangUp(False), room()).commands
    assert encode(command, "1") == b'{"requestId":"1","method":"hangUp","forAll":false}'


def test_a_tone_names_the_line_it_is_for_and_goes_without_where_that_is_refused() -> None:
    plain = calls.ToneDial(symbol="5")
    assert plan(intents.Tone("5"), room(Phase.IN_CALL, conversation=P2P)) == Plan(
        (calls.ToneDial(symbol="5", call_id=ANNA),), instead=(plain,)
    )
    assert plan(intents.Tone("5"), room(Phase.IN_CALL, conversation=OWN_GROUP)) == Plan((plain,))
