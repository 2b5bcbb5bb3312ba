"""What the owner of a conference mutes of the room: it is said who did it, since nobody here has pressed anything."""

from appliance.room.change import changed, noticed
from appliance.room.parts.call import Muted
from appliance.room.reduce.calls import hold
from appliance.room.state import RoomState
from appliance.room.texts import by_owner
from appliance.terminal.messages.devices import MicMutedByOwner, VideoMutedByOwner


def mic(state: RoomState, event: MicMutedByOwner, now: float) -> RoomState:
    """Follows the owner, who has muted or unmuted the microphone."""
    return _by_owner(state, Muted.MIC, now, mute=event.mute)


def video(state: RoomState, event: VideoMutedByOwner, now: float) -> RoomState:
    """Follows the owner, who has muted or unmuted the camera."""
    return _by_owner(state, Muted.VIDEO, now, mute=event.mute)


def over(state: RoomState) -> RoomState:
    """Forgets who has muted what: the conference is over, or another one."""
    return changed(state, muted_by_owner=frozenset())


def followed(state: RoomState) -> RoomState:
    """Returns the room without what is no longer muted, whoever unmuted it."""
    still = {Muted.MIC: state.mic_muted, Muted.AUDIO: state.audio_muted, Muted.VIDEO: state.video_muted}
    return changed(state, muted_by_owner=frozenset(each for each in state.muted_by_owner if still[each] is True))


def _by_owner(state: RoomState, device: Muted, now: float, *, mute: bool) -> RoomState:
    state = hold.confirmed_muted(state, device, mute=mute)
    theirs = state.muted_by_owner | {device} if mute else state.muted_by_owner - {device}
    return noticed(changed(state, muted_by_owner=theirs), by_owner(device, mute=mute), now)
