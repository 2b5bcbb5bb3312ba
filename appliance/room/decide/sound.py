"""Muting and the volume: what is not known is explained, never guessed."""

from appliance.room import actions
from appliance.room.decide.habits import Habits
from appliance.room.intents.base import Intent
from appliance.room.intents.media import MuteAudio, MuteMic, MuteVideo, SetVolume
from appliance.room.intents.shown import Explain
from appliance.room.state import RoomState
from appliance.room.texts import (
    AUDIO_UNKNOWN,
    MIC_UNKNOWN,
    VIDEO_UNKNOWN,
    VOLUME_UNKNOWN,
)


def mute(action: actions.Mute, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Mutes or unmutes a device; the other of what the terminal confirmed where it was not said which."""
    intent, confirmed, unknown = {
        "mic": (MuteMic, state.mic_muted, MIC_UNKNOWN),
        "audio": (MuteAudio, state.audio_muted, AUDIO_UNKNOWN),
        "video": (MuteVideo, state.video_muted, VIDEO_UNKNOWN),
    }[action.device]
    if action.on is not None:
        return (intent(action.on),)
    return (Explain(unknown) if confirmed is None else intent(not confirmed),)


def set_volume(action: actions.Volume, _state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    """Sets the volume, within the limits of the configuration."""
    return (SetVolume(_within(action.percent / 100, habits)),)


def step_volume(action: actions.VolumeStep, state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    """Turns the volume up or down by steps, from what was asked last or confirmed."""
    if state.volume is None:
        return (Explain(VOLUME_UNKNOWN),)
    before = state.volume_asked.value if state.volume_asked else state.volume
    level = before + action.steps * habits.volume_step
    return (SetVolume(round(_within(level, habits), 4)),)


def _within(level: float, habits: Habits) -> float:
    return max(habits.volume_min, min(habits.volume_max, level))
