"""What the room remembers of a call on hold, and how what the terminal says changes that."""

import msgspec

from appliance.room.change import changed
from appliance.room.hold import CONFIRMED, over
from appliance.room.local_events.call import CallHeld, CallNotTaken, CallResumed, CallTaken, HoldRefused, ResumeRefused
from appliance.room.parts.call import Muted, OnHold
from appliance.room.state import Phase, RoomState


def asked(state: RoomState, event: CallHeld, _now: float) -> RoomState:
    """Notes that the call was put on hold, or once more."""
    before = state.on_hold.muted if state.on_hold and not over(state) else frozenset[Muted]()
    conf_id = state.conversation.conf_id if state.conversation else ""
    return changed(state, on_hold=OnHold(conf_id, before | event.muted))


def taken(state: RoomState, _event: CallTaken, _now: float) -> RoomState:
    """Notes that somebody takes another call; when that is there, the hold is over."""
    if state.on_hold is None or state.phase is not Phase.IN_CALL:
        return state
    return changed(state, on_hold=msgspec.structs.replace(state.on_hold, answered=True))


def not_taken(state: RoomState, _event: CallNotTaken, _now: float) -> RoomState:
    """Notes that the other call was not taken after all: if it is there all the same, nobody here has taken it."""
    if state.on_hold is None:
        return state
    return changed(state, on_hold=msgspec.structs.replace(state.on_hold, answered=False))


def refused(state: RoomState, event: HoldRefused, _now: float) -> RoomState:
    """Notes what is not muted for the hold, and is therefore not given back after it."""
    return _given_back(state, event.muted)


def resume_refused(state: RoomState, event: ResumeRefused, now: float) -> RoomState:
    """Notes that the call rests on, as far as these are still muted; after it, nobody waits for them."""
    still = frozenset(each for each in event.muted if CONFIRMED[each](state) is True)
    return asked(state, CallHeld(still), now) if still and state.phase is Phase.IN_CALL else state


def ended(state: RoomState, _event: CallResumed, _now: float) -> RoomState:
    """Notes that what was muted for the hold was given back."""
    return changed(state, on_hold=None)


def confirmed_muted(state: RoomState, device: Muted, *, mute: bool) -> RoomState:
    """Follows whether a device is muted; what somebody switched on is not ours to switch on later."""
    before = CONFIRMED[device](state)
    state = changed(state, **{f"{device}_muted": mute})
    return _given_back(state, frozenset({device})) if before is True and not mute else state


def read_again(state: RoomState) -> RoomState:
    """Follows a snapshot: what is on was switched on meanwhile, or the hold never reached the terminal."""
    return _given_back(state, frozenset(each for each, muted in CONFIRMED.items() if muted(state) is False))


def _given_back(state: RoomState, devices: frozenset[Muted]) -> RoomState:
    if state.on_hold is None:
        return state
    left = state.on_hold.muted - devices
    nothing_held = not left and state.mic_muted is not True
    return changed(state, on_hold=None if nothing_held else msgspec.structs.replace(state.on_hold, muted=left))
