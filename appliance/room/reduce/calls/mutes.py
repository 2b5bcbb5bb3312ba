"""What is muted, as the terminal confirms it."""

from appliance.room.parts.call import Muted
from appliance.room.reduce.calls import hold, owner_mutes
from appliance.room.state import RoomState
from appliance.terminal.messages import devices


def mic_muted(state: RoomState, event: devices.MicMuted, _now: float) -> RoomState:
    """The microphone, which the owner of the conference may have muted."""
    return owner_mutes.followed(hold.confirmed_muted(state, Muted.MIC, mute=event.mute))


def audio_muted(state: RoomState, event: devices.AudioMuted, _now: float) -> RoomState:
    """The loudspeaker."""
    return hold.confirmed_muted(state, Muted.AUDIO, mute=event.mute)


def video_muted(state: RoomState, event: devices.VideoMuted, _now: float) -> RoomState:
    """The camera, which the owner of the conference may have switched off."""
    return owner_mutes.followed(hold.confirmed_muted(state, Muted.VIDEO, mute=event.mute))
