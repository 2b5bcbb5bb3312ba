"""What an action means in the state that the room is in. The link is up: `room.bindings` sees to that."""

from collections.abc import Callable, Mapping
from typing import Any

from appliance.room import actions
from appliance.room.actions import Action
from appliance.room.decide import hold
from appliance.room.decide.calls import accept, answer, call_peer, decline, hang_up, hook_off, join, redial
from appliance.room.decide.camera_buttons import home, keep, lend, move, recall, store
from appliance.room.decide.habits import Habits
from appliance.room.decide.here import (
    do_not_disturb,
    install_update,
    invite_phone,
    lock,
    restart_terminal,
    send_command,
    show_address,
    show_password,
    sleep,
    wake,
)
from appliance.room.decide.hold import hold_or_resume
from appliance.room.decide.keys import backspace, clear, dial, letter
from appliance.room.decide.outputs import switch
from appliance.room.decide.owner import invite, mute_all, mute_one, remove
from appliance.room.decide.picture import content, layout
from appliance.room.decide.requests import (
    allow_recording,
    ask_for_podium,
    leave_podium,
    make_remark,
    refuse_recording,
)
from appliance.room.decide.shortcuts import call_back, call_conference, join_next, speed_dial
from appliance.room.decide.sound import mute, set_volume, step_volume
from appliance.room.intents.base import Intent
from appliance.room.state import RoomState


def decide(action: Action, state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    """Returns the intents of an action, in order; none where it means nothing now."""
    return hold.with_leftovers(_DECISIONS[type(action)](action, state, habits), state)


def _nothing(_action: Action, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return ()


_DECISIONS: Mapping[type[Action], Callable[[Any, RoomState, Habits], tuple[Intent, ...]]] = {
    actions.HookOff: hook_off,
    actions.CallPeer: call_peer,
    actions.Join: join,
    actions.Answer: answer,
    actions.Accept: accept,
    actions.HangUp: hang_up,
    actions.Decline: decline,
    actions.Mute: mute,
    actions.Hold: hold_or_resume,
    actions.Dial: dial,
    actions.Letter: letter,
    actions.Volume: set_volume,
    actions.VolumeStep: step_volume,
    actions.Camera: move,
    actions.CameraHome: home,
    actions.LendCamera: lend,
    actions.KeepCamera: keep,
    actions.AskForPodium: ask_for_podium,
    actions.LeavePodium: leave_podium,
    actions.MakeRemark: make_remark,
    actions.MuteAll: mute_all,
    actions.MuteOne: mute_one,
    actions.Remove: remove,
    actions.Invite: invite,
    actions.AllowRecording: allow_recording,
    actions.RefuseRecording: refuse_recording,
    actions.Redial: redial,
    actions.Switch: switch,
    actions.SpeedDial: speed_dial,
    actions.CallBack: call_back,
    actions.CallConference: call_conference,
    actions.JoinNext: join_next,
    actions.Preset: recall,
    actions.StorePreset: store,
    actions.Content: content,
    actions.Layout: layout,
    actions.SendCommand: send_command,
    actions.Sleep: sleep,
    actions.Wake: wake,
    actions.RestartTerminal: restart_terminal,
    actions.DoNotDisturb: do_not_disturb,
    actions.Lock: lock,
    actions.ShowAddress: show_address,
    actions.ShowPassword: show_password,
    actions.InvitePhone: invite_phone,
    actions.InstallUpdate: install_update,
    actions.Backspace: backspace,
    actions.Clear: clear,
    actions.Reclaim: _nothing,  # it is ours already
    actions.Wait: _nothing,
    actions.Nothing: _nothing,
}
