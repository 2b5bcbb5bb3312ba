"""A call on hold. The terminal has no hold of its own: microphone, loudspeaker and camera are muted, and come back.

On hold is what the terminal confirmed: all three muted, in the call that was put on hold. The appliance remembers only
which of them were on before (`RoomState.on_hold`); what somebody switches on again meanwhile is theirs.
"""

from collections.abc import Callable, Mapping

import msgspec

from appliance.room.change import changed
from appliance.room.intents import Answer, Call, Intent, PutOnHold, Resume
from appliance.room.local import CallHeld, CallResumed, CallTaken
from appliance.room.state import Muted, OnHold, Phase, RoomState

_NO_CALL = frozenset({Phase.OFFLINE, Phase.CONNECTING, Phase.LOGIN_NEEDED, Phase.IDLE})
_CONFIRMED: Mapping[Muted, Callable[[RoomState], bool | None]] = {
    Muted.MIC: lambda state: state.mic_muted,
    Muted.AUDIO: lambda state: state.audio_muted,
    Muted.VIDEO: lambda state: state.video_muted,
}


def put(state: RoomState) -> PutOnHold:
    """What puts the call on hold: mutes what is on. What is not known stays as it is: it could not be given back."""
    return PutOnHold(frozenset(each for each, muted in _CONFIRMED.items() if muted(state) is False))


def resume(state: RoomState) -> tuple[Resume, ...]:
    """What ends the hold: nothing where there is none."""
    return (Resume(state.on_hold.muted),) if state.on_hold else ()


def confirmed(state: RoomState) -> bool:
    """Whether the call is on hold: the terminal says that nobody hears or sees the room, nor the room them."""
    on_its_way = state.phase is not Phase.IN_CALL or state.on_hold is None or over(state)
    return not on_its_way and state.mic_muted is True and False not in (state.audio_muted, state.video_muted)


def in_force(state: RoomState) -> bool:
    """Whether the next press of the key ends the hold: so too where the terminal refused to mute all of it."""
    return state.on_hold is not None and state.mic_muted is True


def over(state: RoomState) -> bool:
    """Whether the call that was put on hold is no more: there is none now, or another one that somebody here has taken.

    Another one that nobody here has taken may be the same call with a third person: nobody is heard for that.
    """
    if state.on_hold is None:
        return False
    ids = {state.on_hold.conf_id, state.conversation.conf_id if state.conversation else ""} - {""}
    return state.phase in _NO_CALL or (state.phase is Phase.IN_CALL and state.on_hold.answered and len(ids) > 1)


def with_leftovers(wanted: tuple[Intent, ...], state: RoomState) -> tuple[Intent, ...]:
    """A new call begins with what a hold before it had muted: its end was missed, say while there was no link."""
    begins = state.phase is not Phase.IN_CALL and any(isinstance(each, Call | Answer) for each in wanted)
    return (*wanted, *resume(state)) if begins else wanted


def asked(state: RoomState, event: CallHeld, _now: float) -> RoomState:
    """The call was put on hold, or once more."""
    before = state.on_hold.muted if state.on_hold and not over(state) else frozenset[Muted]()
    conf_id = state.conversation.conf_id if state.conversation else ""
    return changed(state, on_hold=OnHold(conf_id, before | event.muted))


def taken(state: RoomState, _event: CallTaken, _now: float) -> RoomState:
    """Somebody takes another call; when it is there, the hold is over."""
    if state.on_hold is None or state.phase is not Phase.IN_CALL:
        return state
    return changed(state, on_hold=msgspec.structs.replace(state.on_hold, answered=True))


def ended(state: RoomState, _event: CallResumed, _now: float) -> RoomState:
    """What was muted for the hold was given back."""
    return changed(state, on_hold=None)


def confirmed_muted(state: RoomState, device: Muted, *, mute: bool) -> RoomState:
    """The terminal says whether a device is muted; one that somebody switched on is not ours to switch on later."""
    before = _CONFIRMED[device](state)
    state = changed(state, **{f"{device}_muted": mute})
    return _given_back(state, frozenset({device})) if before is True and not mute else state


def read_again(state: RoomState) -> RoomState:
    """The whole picture was read: what is on was switched on meanwhile, or the hold never reached the terminal."""
    return _given_back(state, frozenset(each for each, muted in _CONFIRMED.items() if muted(state) is False))


def _given_back(state: RoomState, devices: frozenset[Muted]) -> RoomState:
    if state.on_hold is None:
        return state
    left = state.on_hold.muted - devices
    nothing_held = not left and state.mic_muted is not True
    return changed(state, on_hold=None if nothing_held else msgspec.structs.replace(state.on_hold, muted=left))
