"""What an input means in the state that the room is in: an action's intents, or those of a movement."""

from collections.abc import Callable, Mapping
from typing import Any

from appliance.room import actions, hold, motion
from appliance.room.bindings import local_cameras
from appliance.room.bindings.action_of import action_of
from appliance.room.bindings.bindings import BUTTONS, KEYPADS, Bindings
from appliance.room.decide import camera, outputs, password
from appliance.room.decide import hold as hold_decisions
from appliance.room.decide.decide import decide
from appliance.room.inputs import (
    CameraRequestDecided,
    Drive,
    DriveTo,
    Held,
    HeldCallOver,
    Hook,
    Input,
    KeyHeld,
    Misread,
    PresetAsked,
    Pressed,
    Released,
    Scanned,
    SourceGone,
    Unattended,
)
from appliance.room.intents import Explain, Intent, KeepCamera, KeepPreset, LendCamera, Move, Reclaim
from appliance.room.people import same_peer
from appliance.room.show.texts import MISREAD, NO_LINK, UNKNOWN_CODE
from appliance.room.state import LinkPhase, RoomState

_TAKE_BACK = (actions.HookOff, actions.CallPeer, actions.Join, actions.Answer, actions.HangUp, actions.Reclaim)


def resolve(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """Returns what is wanted with this input, in sequence; nothing where it means nothing in this state."""
    if isinstance(given, SourceGone) and given.source.startswith(BUTTONS):
        return _button_gone(given.source.removeprefix(BUTTONS), state, bindings)
    if (local := _of_local_camera(given, state, bindings)) is not None:
        return local
    keypad_gone = isinstance(given, SourceGone) and given.source.startswith(KEYPADS)
    gone = local_cameras.all_let_go(state) if keypad_gone else ()
    return (*gone, *_of_terminal(given, state, bindings))


def _button_gone(name: str, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """Returns what lets go of the camera that the button moves; a press that waits for its release means nothing."""
    released = Released(name)
    moves = _camera_released(released, state, bindings) is not None
    return resolve(released, state, bindings) if moves else ()


def _of_terminal(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    if state.link.phase is not LinkPhase.UP:
        return _without_link(given, state, bindings)
    if (directly := _DIRECTLY.get(type(given))) is not None:
        return directly(given, state)
    if (released := _camera_released(given, state, bindings)) is not None:
        return camera.let_go(state, released.direction)
    action = action_of(given, state.held, bindings)
    if isinstance(given, Scanned) and isinstance(action, actions.Nothing):
        return (Explain(UNKNOWN_CODE),)
    return () if action is None else decide(action, state, bindings)


def held_after(given: Input, held: frozenset[str], bindings: Bindings) -> frozenset[str]:
    """Returns the buttons whose release means something, once this input has been resolved."""
    match given:
        case Pressed(button=name) if name in bindings.buttons and bindings.buttons[name].release_matters:
            return held | {name}
        case Held(button=name) if name in bindings.buttons and bindings.buttons[name].waits_for_release:
            return held - {name}
        case Released(button=name):
            return held - {name}
        case SourceGone(source=source) if source.startswith(KEYPADS):
            return frozenset(name for name in held if not name.startswith(f"{source}."))
        case SourceGone(source=source) if source.startswith(BUTTONS):
            return held - {source.removeprefix(BUTTONS)}
        case _:
            return held


def _without_link(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """Sends nothing and keeps nothing for later; where a person has to decide, a press takes the terminal back."""
    action = action_of(given, state.held, bindings)
    if isinstance(action, actions.Switch):
        return outputs.switch(action, state, bindings)
    if isinstance(given, Unattended):
        return ()
    evicted = state.link.phase is LinkPhase.EVICTED
    if evicted and isinstance(action, actions.Reclaim):
        return (Reclaim(),)
    if evicted and state.link.waits_for_press and isinstance(action, _TAKE_BACK) and given != Hook(off=False):
        return (Reclaim(),)
    asks = not isinstance(action, actions.Nothing) if action else _asks_for_movement(given)
    return (Explain(NO_LINK),) if asks else ()


def _asks_for_movement(given: Input) -> bool:
    if isinstance(given, Drive):
        return bool(given.pan or given.tilt or given.zoom)
    return isinstance(given, DriveTo)


def _of_local_camera(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...] | None:
    """Returns what a button wants of a camera that the appliance controls itself; None for any other input."""
    if not isinstance(given, Pressed | Held | Released) or given.button not in bindings.buttons:
        return None
    camera = bindings.buttons[given.button].camera
    if not camera:
        return None
    if (released := _camera_released(given, state, bindings)) is not None:
        return local_cameras.let_go(released, camera, state)
    return local_cameras.press(action_of(given, state.held, bindings), camera)


def _camera_released(given: Input, state: RoomState, bindings: Bindings) -> actions.Camera | None:
    if not isinstance(given, Released) or given.button not in state.held or given.button not in bindings.buttons:
        return None
    press = bindings.buttons[given.button].press
    return press if isinstance(press, actions.Camera) else None


def _source_gone(_given: SourceGone, state: RoomState) -> tuple[Intent, ...]:
    return () if state.motion == motion.STILL else (Move(),)


def _held_call_over(_given: HeldCallOver, state: RoomState) -> tuple[Intent, ...]:
    return hold_decisions.resume(state) if hold.over(state) else ()


def _camera_request_decided(given: CameraRequestDecided, state: RoomState) -> tuple[Intent, ...]:
    if not any(same_peer(who.peer_id, given.call_id) for who in state.camera_wanted):
        return ()
    return ((LendCamera if given.lend else KeepCamera)(given.call_id),)


def _misread(_given: Misread, _state: RoomState) -> tuple[Intent, ...]:
    return (Explain(MISREAD),)


def _key_held(given: KeyHeld, state: RoomState) -> tuple[Intent, ...]:
    return password.lettered(state, given.symbol)


def _drive(given: Drive, state: RoomState) -> tuple[Intent, ...]:
    return camera.drive(state, given)


def _drive_to(given: DriveTo, state: RoomState) -> tuple[Intent, ...]:
    return camera.drive_to(state, given)


def _preset_asked(given: PresetAsked, _state: RoomState) -> tuple[Intent, ...]:
    return (KeepPreset(given.number, given.there),)


_DIRECTLY: Mapping[type[Input], Callable[[Any, RoomState], tuple[Intent, ...]]] = {
    Drive: _drive,
    DriveTo: _drive_to,
    PresetAsked: _preset_asked,
    Misread: _misread,
    KeyHeld: _key_held,
    SourceGone: _source_gone,
    HeldCallOver: _held_call_over,
    CameraRequestDecided: _camera_request_decided,
}
