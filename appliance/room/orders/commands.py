"""Intents as commands of the terminal. Every command sets a state or starts something; none toggles."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from appliance.room import motion
from appliance.room.decide import presets, requests
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, Decline, HangUp, PutOnHold, Resume, Tone
from appliance.room.intents.camera import HomeCamera, KeepCamera, KeepPreset, LendCamera, Move, MoveTo
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
from appliance.room.intents.media import MuteAudio, MuteMic, MuteVideo, SetVolume
from appliance.room.intents.terminal import RestartTerminal, SendCommand, SetLayout, SetSleep, ShareContent
from appliance.room.parts.call import Muted
from appliance.room.state import RoomState
from appliance.terminal.messages import calls, conference, devices, far_end, podium, sharing, system
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.newer.layout import SetLayoutType
from appliance.terminal.messages.presets import AddPreset, ApplyPreset


class Plan(msgspec.Struct, frozen=True):
    """Commands in the order in which they must reach the terminal, and whether they must not wait for others.

    An urgent plan may overtake commands that only wait to be sent, but not commands of the same kind before it: a stop
    that overtakes the start of a movement stops nothing. `instead` is sent where the terminal refuses `commands`, which
    have something that not every terminal knows.
    """

    commands: tuple[Command, ...] = ()
    urgent: bool = False
    instead: tuple[Command, ...] = ()


def plan(intent: Intent, state: RoomState) -> Plan:
    """Returns the commands that carry out an intent; none for those that are the appliance's own."""
    handler = _PLANS.get(type(intent))
    return Plan() if handler is None else handler(intent, state)


def _call(intent: Call, _state: RoomState) -> Plan:
    pin = intent.pin.text if intent.pin else msgspec.UNSET
    return Plan((calls.Call(peer_id=intent.peer_id, pin=pin),))


def _answer(_intent: Answer, _state: RoomState) -> Plan:
    return Plan((calls.Accept(),))


def _decline(_intent: Decline, _state: RoomState) -> Plan:
    return Plan((calls.Reject(),), urgent=True)


def _hang_up(intent: HangUp, _state: RoomState) -> Plan:
    command = calls.HangUp() if intent.for_all is None else calls.HangUp(for_all=intent.for_all)
    return Plan((command,), urgent=True)


def _mute_mic(intent: MuteMic, _state: RoomState) -> Plan:
    return Plan((devices.SetMicMute(mute=intent.on),))


def _mute_audio(intent: MuteAudio, _state: RoomState) -> Plan:
    return Plan((devices.SetAudioMute(mute=intent.on),))


def _mute_video(intent: MuteVideo, _state: RoomState) -> Plan:
    return Plan((devices.SetVideoMute(mute=intent.on),))


def _put_on_hold(intent: PutOnHold, _state: RoomState) -> Plan:
    return Plan(tuple(_MUTES[each](mute=True) for each in _MUTES if each in intent.muted))


def _resume(intent: Resume, _state: RoomState) -> Plan:
    return Plan(tuple(_MUTES[each](mute=False) for each in reversed(_MUTES) if each in intent.muted))


def _set_volume(intent: SetVolume, _state: RoomState) -> Plan:
    return Plan((devices.SetSettings(settings={"audioPlayLevel": intent.level}),))


def _tone(intent: Tone, state: RoomState) -> Plan:
    """Newer terminals are told whose line gets the tone, as their vendor's clients do; an older one may refuse that."""
    plain = calls.ToneDial(symbol=intent.symbol)
    peer = state.conversation.peer if state.conversation else None
    if peer is None:
        return Plan((plain,))
    return Plan((calls.ToneDial(symbol=intent.symbol, call_id=peer.peer_id),), instead=(plain,))


def _move(intent: Move, state: RoomState) -> Plan:
    commands = motion.movement(state.motion, (intent.pan, intent.tilt, intent.zoom))
    return Plan(commands, urgent=devices.PtzStop() in commands)


def _keep_preset(intent: KeepPreset, state: RoomState) -> Plan:
    commands = presets.commands(intent, state)
    return Plan(commands, instead=(AddPreset(),) if any(isinstance(each, AddPreset) for each in commands) else ())


def _move_to(intent: MoveTo, _state: RoomState) -> Plan:
    places = ((devices.SetPanPos, intent.pan), (devices.SetTiltPos, intent.tilt), (devices.SetZoomPos, intent.zoom))
    there = tuple(command(pos=place) for command, place in places if place is not None)
    return Plan((ApplyPreset(preset_id=intent.preset),), instead=there) if intent.preset else Plan(there)


def _home_camera(_intent: HomeCamera, state: RoomState) -> Plan:
    if state.motion == motion.STILL:
        return Plan((devices.SetPtzDefaults(),))
    return Plan((devices.PtzStop(), devices.SetPtzDefaults()), urgent=True)


def _lend_camera(intent: LendCamera, _state: RoomState) -> Plan:
    return Plan((far_end.AcceptCameraRequest(call_id=intent.call_id),))


def _keep_camera(intent: KeepCamera, _state: RoomState) -> Plan:
    return Plan((far_end.RejectCameraRequest(call_id=intent.call_id),))


def _accept_request(intent: AcceptRequest, _state: RoomState) -> Plan:
    command = requests.acceptance(intent.request)
    misspelt = isinstance(command, podium.AcceptPodiumInvitation)
    return Plan((command,), instead=(podium.AcceptPodiumInvitationAsPrinted(),) if misspelt else ())


def _decline_request(intent: DeclineRequest, _state: RoomState) -> Plan:
    return Plan(requests.refusal(intent.request))


def _ask_for_podium(_intent: AskForPodium, _state: RoomState) -> Plan:
    return Plan((podium.GoToPodium(),))


def _leave_podium(_intent: LeavePodium, _state: RoomState) -> Plan:
    return Plan((podium.LeavePodium(),))


def _make_remark(_intent: MakeRemark, _state: RoomState) -> Plan:
    return Plan((podium.StartRemark(),))


def _mute_others(intent: MuteOthers, _state: RoomState) -> Plan:
    return Plan(tuple(conference.SetRemoteMic(peer_id=peer_id, on=False) for peer_id in intent.peer_ids))


def _remove_peer(intent: RemovePeer, _state: RoomState) -> Plan:
    return Plan((conference.KickPeer(peer_id=intent.peer_id),))


def _invite_peer(intent: InvitePeer, _state: RoomState) -> Plan:
    return Plan((conference.InviteToConference(peer_id=intent.peer_id),))


def _send_command(intent: SendCommand, _state: RoomState) -> Plan:
    return Plan((intent.command,))


def _share_content(intent: ShareContent, _state: RoomState) -> Plan:
    return Plan((sharing.StartSharing(capture_id=intent.source) if intent.on else sharing.StopSharing(),))


def _set_layout(intent: SetLayout, _state: RoomState) -> Plan:
    return Plan((SetLayoutType(matrix_type=intent.kind),))


def _set_sleep(intent: SetSleep, _state: RoomState) -> Plan:
    return Plan((system.SetSleepMode(enabled=intent.on),))


def _restart_terminal(_intent: RestartTerminal, _state: RoomState) -> Plan:
    return Plan((system.RebootSystem(),))


# the microphone is the first to be muted and the last to be on again
_MUTES: dict[Muted, type[devices.SetMicMute | devices.SetVideoMute | devices.SetAudioMute]] = {
    Muted.MIC: devices.SetMicMute,
    Muted.VIDEO: devices.SetVideoMute,
    Muted.AUDIO: devices.SetAudioMute,
}
_PLANS: Mapping[type[Intent], Callable[[Any, RoomState], Plan]] = {
    Call: _call,
    Answer: _answer,
    Decline: _decline,
    HangUp: _hang_up,
    MuteMic: _mute_mic,
    MuteAudio: _mute_audio,
    MuteVideo: _mute_video,
    PutOnHold: _put_on_hold,
    Resume: _resume,
    SetVolume: _set_volume,
    Tone: _tone,
    Move: _move,
    MoveTo: _move_to,
    KeepPreset: _keep_preset,
    HomeCamera: _home_camera,
    LendCamera: _lend_camera,
    KeepCamera: _keep_camera,
    AcceptRequest: _accept_request,
    DeclineRequest: _decline_request,
    AskForPodium: _ask_for_podium,
    LeavePodium: _leave_podium,
    MakeRemark: _make_remark,
    MuteOthers: _mute_others,
    RemovePeer: _remove_peer,
    InvitePeer: _invite_peer,
    SendCommand: _send_command,
    ShareContent: _share_content,
    SetLayout: _set_layout,
    SetSleep: _set_sleep,
    RestartTerminal: _restart_terminal,
}
