"""A call on hold. The terminal has no hold of its own: microphone, loudspeaker and camera are muted, and come back.

On hold is what the terminal confirmed: all three muted, in the call that was put on hold. The appliance remembers only
which of them were on before (`RoomState.on_hold`); what somebody switches on again meanwhile is theirs.
"""

from collections.abc import Callable, Mapping

from appliance.room.parts.call import Muted
from appliance.room.state import Phase, RoomState

_NO_CALL = frozenset({Phase.OFFLINE, Phase.CONNECTING, Phase.LOGIN_NEEDED, Phase.IDLE})


CONFIRMED: Mapping[Muted, Callable[[RoomState], bool | None]] = {
    Muted.MIC: lambda state: state.mic_muted,
    Muted.AUDIO: lambda state: state.audio_muted,
    Muted.VIDEO: lambda state: state.video_muted,
}


def confirmed(state: RoomState) -> bool:
    """Returns whether the call is on hold: the terminal says that nobody hears or sees the room, nor the room them."""
    on_its_way = state.phase is not Phase.IN_CALL or state.on_hold is None or over(state)
    return not on_its_way and state.mic_muted is True and False not in (state.audio_muted, state.video_muted)


def in_force(state: RoomState) -> bool:
    """Returns whether the next press of the key ends the hold: so too where the terminal refused to mute all of it."""
    return state.on_hold is not None and state.mic_muted is True


def over(state: RoomState) -> bool:
    """Returns whether the held call is no more: there is none, or another one that somebody here has taken.

    Another one that nobody here has taken may be the same call with a third person: nobody is heard for that.
    """
    if state.on_hold is None:
        return False
    ids = {state.on_hold.conf_id, state.conversation.conf_id if state.conversation else ""} - {""}
    return state.phase in _NO_CALL or (state.phase is Phase.IN_CALL and state.on_hold.answered and len(ids) > 1)
