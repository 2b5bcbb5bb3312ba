"""What an action means in the state that the room is in. The link is up: `bindings` sees to that."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec

from appliance.room import actions, camera, dialpad, hold
from appliance.room.actions import Action
from appliance.room.directory import same_peer
from appliance.room.intents import (
    Answer,
    Call,
    Decline,
    Explain,
    HangUp,
    HomeCamera,
    Intent,
    KeepCamera,
    LendCamera,
    MuteAudio,
    MuteMic,
    MuteVideo,
    SetVolume,
    Tone,
)
from appliance.room.state import Phase, RoomState
from appliance.room.texts import (
    AUDIO_UNKNOWN,
    MIC_UNKNOWN,
    NO_CONTACT,
    NO_OUTGOING_CALL,
    VIDEO_UNKNOWN,
    VOLUME_UNKNOWN,
    not_ready,
)
from appliance.terminal.messages.enums import CallDirection


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """What the configuration decides about actions."""

    contact: str = ""  # whom `call` calls when nothing else is meant; empty: nobody
    hang_up_for_all: bool = False  # whether hanging up ends a group conference that the room owns, for everybody
    volume_step: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.05  # of the whole range, 0.0 to 1.0


_SETTING_UP = frozenset({Phase.WAITING, Phase.CALLING, Phase.RINGING})
_OCCUPIED = _SETTING_UP | {Phase.IN_CALL}


def decide(action: Action, state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    """The intents of an action, in order; none where it means nothing now."""
    return hold.with_leftovers(_DECISIONS[type(action)](action, state, habits), state)


def _hook_off(_action: actions.HookOff, state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    if state.phase is Phase.RINGING:
        return (Answer(),)
    return _call_if_idle(state, state.number or habits.contact, NO_CONTACT)


def _call_peer(action: actions.CallPeer, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return _call_if_idle(state, action.peer_id, NO_CONTACT)


def _redial(_action: actions.Redial, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    outgoing = (past.peer_id for past in state.history if past.type is CallDirection.OUTGOING and past.peer_id)
    return _call_if_idle(state, next(outgoing, ""), NO_OUTGOING_CALL)


def _call_if_idle(state: RoomState, peer_id: str, nobody: str) -> tuple[Intent, ...]:
    if state.phase in _OCCUPIED:
        return ()
    if state.phase is not Phase.IDLE:
        return (Explain(not_ready(state.phase)),)
    return (Call(peer_id) if peer_id else Explain(nobody),)


def _answer(_action: actions.Answer, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return (Answer(),) if _somebody_calls(state) else ()


def _decline(_action: actions.Decline, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return (Decline(),) if _somebody_calls(state) else ()


def _somebody_calls(state: RoomState) -> bool:
    return state.phase is Phase.RINGING or (state.phase is Phase.IN_CALL and state.call_waiting is not None)


def _hang_up(_action: actions.HangUp, state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    match state.phase:
        case Phase.RINGING:
            return (Decline(),)
        case Phase.IN_CALL:
            return (HangUp(habits.hang_up_for_all if _owns_conference(state) else None),)
        case Phase.CALLING | Phase.UNKNOWN:
            return (HangUp(),)
        case Phase.WAITING:  # the terminal has not said which of the two it is; the other one changes nothing
            return (HangUp(), Decline())
        case Phase.CLOSING:
            return ()
        case _:
            return dialpad.clear(state.number)


def _owns_conference(state: RoomState) -> bool:
    conversation = state.conversation
    if conversation is None or not conversation.group or not conversation.owner or state.me is None:
        return False
    return same_peer(conversation.owner, state.me.peer_id)


def _mute(action: actions.Mute, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    intent, confirmed, unknown = {
        "mic": (MuteMic, state.mic_muted, MIC_UNKNOWN),
        "audio": (MuteAudio, state.audio_muted, AUDIO_UNKNOWN),
        "video": (MuteVideo, state.video_muted, VIDEO_UNKNOWN),
    }[action.device]
    if action.on is not None:
        return (intent(action.on),)
    return (Explain(unknown) if confirmed is None else intent(not confirmed),)


def _hold(action: actions.Hold, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    if state.phase is not Phase.IN_CALL:
        return () if action.on else hold.resume(state)
    if state.call_waiting is not None and action.on is not False:
        return (Answer(),)
    if hold.in_force(state) if action.on is None else not action.on:
        return hold.resume(state)
    return (Explain(MIC_UNKNOWN),) if state.mic_muted is None else (hold.put(state),)


def _dial(action: actions.Dial, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    if state.phase is Phase.IN_CALL:
        return tuple(Tone(symbol) for symbol in action.symbols)
    return () if state.phase in _SETTING_UP else dialpad.append(state.number, action.symbols)


def _backspace(_action: actions.Backspace, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return () if state.phase in _OCCUPIED else dialpad.backspace(state.number)


def _clear(_action: actions.Clear, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return () if state.phase in _OCCUPIED else dialpad.clear(state.number)


def _volume(action: actions.Volume, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return (SetVolume(action.percent / 100),)


def _volume_step(action: actions.VolumeStep, state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    if state.volume is None:
        return (Explain(VOLUME_UNKNOWN),)
    before = state.volume_asked.value if state.volume_asked else state.volume
    level = before + action.steps * habits.volume_step
    return (SetVolume(round(max(0.0, min(1.0, level)), 4)),)


def _camera(action: actions.Camera, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return camera.start(state, action.direction)


def _camera_home(_action: actions.CameraHome, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return (HomeCamera(),)


def _lend_camera(_action: actions.LendCamera, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return tuple(LendCamera(who.peer_id) for who in state.camera_wanted[:1])


def _keep_camera(_action: actions.KeepCamera, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return tuple(KeepCamera(who.peer_id) for who in state.camera_wanted[:1])


def _nothing(_action: Action, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    return ()


_DECISIONS: Mapping[type[Action], Callable[[Any, RoomState, Habits], tuple[Intent, ...]]] = {
    actions.HookOff: _hook_off,
    actions.CallPeer: _call_peer,
    actions.Answer: _answer,
    actions.HangUp: _hang_up,
    actions.Decline: _decline,
    actions.Mute: _mute,
    actions.Hold: _hold,
    actions.Dial: _dial,
    actions.Volume: _volume,
    actions.VolumeStep: _volume_step,
    actions.Camera: _camera,
    actions.CameraHome: _camera_home,
    actions.LendCamera: _lend_camera,
    actions.KeepCamera: _keep_camera,
    actions.Redial: _redial,
    actions.Backspace: _backspace,
    actions.Clear: _clear,
    actions.Reclaim: _nothing,  # it is ours already
    actions.Nothing: _nothing,
}
