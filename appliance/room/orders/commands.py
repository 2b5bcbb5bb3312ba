"""Intents as commands of the terminal. Every command sets a state or starts something; none toggles."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from appliance.room import intents, motion
from appliance.room.decide import presets, requests
from appliance.room.intents import Intent
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


def _call(intent: intents.Call, _state: RoomState) -> Plan:
    pin = intent.pin.text if intent.pin else msgspec.UNSET
    return Plan((calls.Call(peer_id=intent.peer_id, pin=pin),))


def _answer(_intent: intents.Answer, _state: RoomState) -> Plan:
    return Plan((calls.Accept(),))


def _decline(_intent: intents.Decline, _state: RoomState) -> Plan:
    return Plan((calls.Reject(),), urgent=True)


def _hang_up(intent: intents.HangUp, _state: RoomState) -> Plan:
    command = calls.HangUp() if intent.for_all is None else calls.HangUp(for_all=intent.for_all)
    return Plan((command,), urgent=True)


def _mute_mic(intent: intents.MuteMic, _state: RoomState) -> Plan:
    return Plan((devices.SetMicMute(mute=intent.on),))


def _mute_audio(intent: intents.MuteAudio, _state: RoomState) -> Plan:
    return Plan((devices.SetAudioMute(mute=intent.on),))


def _mute_video(intent: intents.MuteVideo, _state: RoomState) -> Plan:
    return Plan((devices.SetVideoMute(mute=intent.on),))


def _put_on_hold(intent: intents.PutOnHold, _state: RoomState) -> Plan:
    return Plan(tuple(_MUTES[each](mute=True) for each in _MUTES if each in intent.muted))


def _resume(intent: intents.Resume, _state: RoomState) -> Plan:
    return Plan(tuple(_MUTES[each](mute=False) for each in reversed(_MUTES) if each in intent.muted))


def _set_volume(intent: intents.SetVolume, _state: RoomState) -> Plan:
    return Plan((devices.SetSettings(settings={"audioPlayLevel": intent.level}),))


def _tone(intent: intents.Tone, state: RoomState) -> Plan:
    """Newer terminals are told whose line gets the tone, as their vendor's clients do; an older one may refuse that."""
    plain = calls.ToneDial(symbol=intent.symbol)
    peer = state.conversation.peer if state.conversation else None
    if peer is None:
        return Plan((plain,))
    return Plan((calls.ToneDial(symbol=intent.symbol, call_id=peer.peer_id),), instead=(plain,))


def _move(intent: intents.Move, state: RoomState) -> Plan:
    commands = motion.movement(state.motion, (intent.pan, intent.tilt, intent.zoom))
    return Plan(commands, urgent=devices.PtzStop() in commands)


def _keep_preset(intent: intents.KeepPreset, state: RoomState) -> Plan:
    commands = presets.commands(intent, state)
    return Plan(commands, instead=(AddPreset(),) if any(isinstance(each, AddPreset) for each in commands) else ())


def _move_to(intent: intents.MoveTo, _state: RoomState) -> Plan:
    places = ((devices.SetPanPos, intent.pan), (devices.SetTiltPos, intent.tilt), (devices.SetZoomPos, intent.zoom))
    there = tuple(command(pos=place) for command, place in places if place is not None)
    return Plan((ApplyPreset(preset_id=intent.preset),), instead=there) if intent.preset else Plan(there)


def _home_camera(_intent: intents.HomeCamera, state: RoomState) -> Plan:
    if state.motion == motion.STILL:
        return Plan((devices.SetPtzDefaults(),))
    return Plan((devices.PtzStop(), devices.SetPtzDefaults()), urgent=True)


def _lend_camera(intent: intents.LendCamera, _state: RoomState) -> Plan:
    return Plan((far_end.AcceptCameraRequest(call_id=intent.call_id),))


def _keep_camera(intent: intents.KeepCamera, _state: RoomState) -> Plan:
    return Plan((far_end.RejectCameraRequest(call_id=intent.call_id),))


def _accept_request(intent: intents.AcceptRequest, _state: RoomState) -> Plan:
    command = requests.acceptance(intent.request)
    misspelt = isinstance(command, podium.AcceptPodiumInvitation)
    return Plan((command,), instead=(podium.AcceptPodiumInvitationAsPrinted(),) if misspelt else ())


def _decline_request(intent: intents.DeclineRequest, _state: RoomState) -> Plan:
    return Plan(requests.refusal(intent.request))


def _ask_for_podium(_intent: intents.AskForPodium, _state: RoomState) -> Plan:
    return Plan((podium.GoToPodium(),))


def _leave_podium(_intent: intents.LeavePodium, _state: RoomState) -> Plan:
    return Plan((podium.LeavePodium(),))


def _make_remark(_intent: intents.MakeRemark, _state: RoomState) -> Plan:
    return Plan((podium.StartRemark(),))


def _mute_others(intent: intents.MuteOthers, _state: RoomState) -> Plan:
    return Plan(tuple(conference.SetRemoteMic(peer_id=peer_id, on=False) for peer_id in intent.peer_ids))


def _remove_peer(intent: intents.RemovePeer, _state: RoomState) -> Plan:
    return Plan((conference.KickPeer(peer_id=intent.peer_id),))


def _invite_peer(intent: intents.InvitePeer, _state: RoomState) -> Plan:
    return Plan((conference.InviteToConference(peer_id=intent.peer_id),))


def _send_command(intent: intents.SendCommand, _state: RoomState) -> Plan:
    return Plan((intent.command,))


def _share_content(intent: intents.ShareContent, _state: RoomState) -> Plan:
    return Plan((sharing.StartSharing(capture_id=intent.source) if intent.on else sharing.StopSharing(),))


def _set_layout(intent: intents.SetLayout, _state: RoomState) -> Plan:
    return Plan((SetLayoutType(matrix_type=intent.kind),))


def _set_sleep(intent: intents.SetSleep, _state: RoomState) -> Plan:
    return Plan((system.SetSleepMode(enabled=intent.on),))


def _restart_terminal(_intent: intents.RestartTerminal, _state: RoomState) -> Plan:
    return Plan((system.RebootSystem(),))


# the microphone is the first to be muted and the last to be on again
_MUTES: dict[Muted, type[devices.SetMicMute | devices.SetVideoMute | devices.SetAudioMute]] = {
    Muted.MIC: devices.SetMicMute,
    Muted.VIDEO: devices.SetVideoMute,
    Muted.AUDIO: devices.SetAudioMute,
}
_PLANS: Mapping[type[Intent], Callable[[Any, RoomState], Plan]] = {
    intents.Call: _call,
    intents.Answer: _answer,
    intents.Decline: _decline,
    intents.HangUp: _hang_up,
    intents.MuteMic: _mute_mic,
    intents.MuteAudio: _mute_audio,
    intents.MuteVideo: _mute_video,
    intents.PutOnHold: _put_on_hold,
    intents.Resume: _resume,
    intents.SetVolume: _set_volume,
    intents.Tone: _tone,
    intents.Move: _move,
    intents.MoveTo: _move_to,
    intents.KeepPreset: _keep_preset,
    intents.HomeCamera: _home_camera,
    intents.LendCamera: _lend_camera,
    intents.KeepCamera: _keep_camera,
    intents.AcceptRequest: _accept_request,
    intents.DeclineRequest: _decline_request,
    intents.AskForPodium: _ask_for_podium,
    intents.LeavePodium: _leave_podium,
    intents.MakeRemark: _make_remark,
    intents.MuteOthers: _mute_others,
    intents.RemovePeer: _remove_peer,
    intents.InvitePeer: _invite_peer,
    intents.SendCommand: _send_command,
    intents.ShareContent: _share_content,
    intents.SetLayout: _set_layout,
    intents.SetSleep: _set_sleep,
    intents.RestartTerminal: _restart_terminal,
}
