"""What a button of the configuration can do: its words (`call`, `mute on`, `volume 40`) and their meaning as a value.

The words of each subject are in a module of their own, which `parse` joins; `GRAMMAR` lists them all. A new word is a
type and a `Verb` in the module of its subject, its name here, and what it means in `room/decide/`.
"""

from appliance.room.actions.action import Action, ActionError, Nothing
from appliance.room.actions.calls import (
    Accept,
    Answer,
    CallPeer,
    Decline,
    HangUp,
    Hold,
    HookOff,
    Join,
    JoinNext,
    Redial,
)
from appliance.room.actions.camera import Camera, CameraHome, Direction, KeepCamera, LendCamera
from appliance.room.actions.command import SendCommand
from appliance.room.actions.composed import LONGEST_WAIT, MOST_STEPS, ByState, Confirmed, Row, Wait, every, leading
from appliance.room.actions.keys import Backspace, Clear, Dial, Letter
from appliance.room.actions.outputs import OUTPUTS, Switch
from appliance.room.actions.owner import Invite, MuteAll, MuteOne, Remove
from appliance.room.actions.parse import GRAMMAR, parse, words_of
from appliance.room.actions.picture import LAYOUTS, Content, Layout
from appliance.room.actions.podium import AskForPodium, LeavePodium, MakeRemark
from appliance.room.actions.presets import Preset, StorePreset
from appliance.room.actions.quiet import DoNotDisturb, InstallUpdate, InvitePhone, Lock, ShowAddress, ShowPassword
from appliance.room.actions.readable import LEFT_OUT, repr_of
from appliance.room.actions.recording import AllowRecording, RefuseRecording
from appliance.room.actions.shortcuts import SLOTS, CallBack, CallConference, SpeedDial
from appliance.room.actions.sound import Device, Mute, Volume, VolumeStep
from appliance.room.actions.terminal import Reclaim, RestartTerminal, Sleep, Wake

__all__ = [
    "GRAMMAR",
    "LAYOUTS",
    "LEFT_OUT",
    "LONGEST_WAIT",
    "MOST_STEPS",
    "OUTPUTS",
    "SLOTS",
    "Accept",
    "Action",
    "ActionError",
    "AllowRecording",
    "Answer",
    "AskForPodium",
    "Backspace",
    "ByState",
    "CallBack",
    "CallConference",
    "CallPeer",
    "Camera",
    "CameraHome",
    "Clear",
    "Confirmed",
    "Content",
    "Decline",
    "Device",
    "Dial",
    "Direction",
    "DoNotDisturb",
    "HangUp",
    "Hold",
    "HookOff",
    "InstallUpdate",
    "Invite",
    "InvitePhone",
    "Join",
    "JoinNext",
    "KeepCamera",
    "Layout",
    "LeavePodium",
    "LendCamera",
    "Letter",
    "Lock",
    "MakeRemark",
    "Mute",
    "MuteAll",
    "MuteOne",
    "Nothing",
    "Preset",
    "Reclaim",
    "Redial",
    "RefuseRecording",
    "Remove",
    "RestartTerminal",
    "Row",
    "SendCommand",
    "ShowAddress",
    "ShowPassword",
    "Sleep",
    "SpeedDial",
    "StorePreset",
    "Switch",
    "Volume",
    "VolumeStep",
    "Wait",
    "Wake",
    "every",
    "leading",
    "parse",
    "repr_of",
    "words_of",
]
