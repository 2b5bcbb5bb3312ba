"""What an input means in the state that the room is in: an action's intents, or those of a movement."""

from collections.abc import Callable, Mapping
from typing import Any

from appliance.room import actions, hold, motion
from appliance.room.bindings import local_cameras, rows
from appliance.room.bindings.action_of import Bound, bound_of, pressed
from appliance.room.bindings.bindings import BUTTONS, KEYPADS, Bindings
from appliance.room.bindings.locked import while_locked
from appliance.room.decide import camera, password
from appliance.room.decide import hold as hold_decisions
from appliance.room.inputs import (
    CameraRequestDecided,
    Doubled,
    Drive,
    DriveOther,
    DriveTo,
    Held,
    HeldCallOver,
    HomeOther,
    Hook,
    Input,
    KeyHeld,
    Misread,
    NextStep,
    PresetAsked,
    Pressed,
    Released,
    Scanned,
    SourceGone,
    Tapped,
    Unattended,
)
from appliance.room.intents.base import Intent
from appliance.room.intents.camera import KeepCamera, KeepPreset, LendCamera, Move
from appliance.room.intents.shown import Explain
from appliance.room.intents.terminal import Reclaim
from appliance.room.parts.link import LinkPhase
from appliance.room.people.who import same_peer
from appliance.room.state import RoomState
from appliance.room.texts import MISREAD, NO_LINK, UNKNOWN_CODE

_SAFE = (
    actions.HangUp(),
    actions.Mute("mic", on=True),
    actions.Mute("audio", on=True),
    actions.Mute("video", on=True),
)
_TAKE_BACK = (actions.HookOff, actions.CallPeer, actions.Join, actions.Answer, actions.HangUp, actions.Reclaim)


def resolve(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """Returns what is wanted with this input, in sequence; nothing where it means nothing in this state."""
    if isinstance(given, SourceGone) and given.source.startswith(BUTTONS):
        return _button_gone(given.source.removeprefix(BUTTONS), state, bindings)
    meant = _unlocked(given, state, bindings)
    return meant if state.locked is None else while_locked(given, meant, state.locked, state, bindings)


def _unlocked(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    if (local := _of_local_camera(given, state, bindings)) is not None:
        return local
    keypad_gone = isinstance(given, SourceGone) and given.source.startswith(KEYPADS)
    gone = local_cameras.all_let_go(state) if keypad_gone else ()
    return (*gone, *_of_terminal(given, state, bindings))


def _button_gone(name: str, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """Returns what lets go of the camera that the button moves; a press that waits for its release means nothing.

    What a release does is done if it mutes or hangs up: that is safe whether or not anybody has let go.
    """
    released = Released(name)
    bound = bound_of(released, state, bindings)
    safe = bound is not None and bound.gesture == "release" and bound.action in _SAFE
    moves = _camera_released(released, state, bindings) is not None
    return resolve(released, state, bindings) if moves or safe else ()


def _of_terminal(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    if isinstance(given, NextStep):
        return rows.next_step(given.button, state, bindings)
    bound = bound_of(given, state, bindings)
    if state.link.phase is not LinkPhase.UP and not _needs_no_link(bound):
        return _without_link(given, state, bindings)
    if (directly := _DIRECTLY.get(type(given))) is not None:
        return directly(given, state)
    if (released := _camera_released(given, state, bindings)) is not None:
        return camera.let_go(state, released.direction)
    if isinstance(given, Scanned) and bound is not None and isinstance(bound.action, actions.Nothing):
        return (Explain(UNKNOWN_CODE),)
    return () if bound is None else rows.carried_out(given, bound, state, bindings)


def _needs_no_link(bound: Bound | None) -> bool:
    """Returns whether it is something that the terminal has no part in; nothing at all is no such thing."""
    if bound is None or isinstance(bound.action, actions.Nothing):
        return False
    inner = bound.action.action if isinstance(bound.action, actions.Confirmed) else bound.action
    return all(step.without_link for step in (inner.steps if isinstance(inner, actions.Row) else (inner,)))


def held_after(given: Input, state: RoomState, bindings: Bindings) -> frozenset[str]:
    """Returns the buttons whose release means something, once this input has been resolved in this state."""
    match given:
        case Pressed(button=name) if _release_matters(name, state, bindings):
            return state.held | {name}
        case Held(button=name) if name in bindings.buttons and bindings.buttons[name].waits_for_release:
            return state.held - {name}
        case Released(button=name) | Tapped(button=name) | Doubled(button=name):
            return state.held - {name}
        case SourceGone(source=source) if source.startswith(KEYPADS):
            return frozenset(name for name in state.held if not name.startswith(f"{source}."))
        case SourceGone(source=source) if source.startswith(BUTTONS):
            return state.held - {source.removeprefix(BUTTONS)}
        case _:
            return state.held


def _release_matters(name: str, state: RoomState, bindings: Bindings) -> bool:
    bound = pressed(name, state, bindings)
    if bound is None:
        return False
    binding = bindings.buttons[name]
    return binding.release is not None or binding.waits(bound.action) or bound.action.while_down


def _without_link(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """Sends nothing and keeps nothing for later; where a person has to decide, a press takes the terminal back."""
    if isinstance(given, Unattended):
        return ()
    possible = _possible(given, state, bindings)
    evicted = state.link.phase is LinkPhase.EVICTED
    if evicted and any(isinstance(action, actions.Reclaim) for action in possible):
        return (Reclaim(),)
    takes_back = any(isinstance(action, _TAKE_BACK) for action in possible)
    if evicted and state.link.waits_for_press and takes_back and given != Hook(off=False):
        return (Reclaim(),)
    does = any(not isinstance(action, actions.Nothing) for action in possible)
    return (Explain(NO_LINK),) if does or (not possible and _asks_for_movement(given)) else ()


def _possible(given: Input, state: RoomState, bindings: Bindings) -> tuple[actions.Action, ...]:
    """Returns what an input might do with a link; of a button whose actions depend on that, all of them."""
    bound = bound_of(given, state, bindings)
    if bound is None:
        return ()
    if bound.situation and isinstance(bound.action, actions.Nothing):
        return actions.leading(bindings.buttons[bound.button].press) if bound.gesture == "press" else ()
    return actions.leading(bound.action)


def _asks_for_movement(given: Input) -> bool:
    if isinstance(given, Drive):
        return bool(given.pan or given.tilt or given.zoom)
    return isinstance(given, DriveTo)


def _of_local_camera(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...] | None:
    """Returns what is wanted of a camera that the appliance controls itself; None for any other input."""
    if isinstance(given, DriveOther | HomeOther):
        return local_cameras.asked(given)
    if not isinstance(given, Pressed | Held | Released) or given.button not in bindings.buttons:
        return None
    camera = bindings.buttons[given.button].camera
    if not camera:
        return None
    if (released := _camera_released(given, state, bindings)) is not None:
        return local_cameras.let_go(released, camera, state)
    bound = bound_of(given, state, bindings)
    return None if bound is None else local_cameras.press(bound.action, camera)


def _camera_released(given: Input, state: RoomState, bindings: Bindings) -> actions.Camera | None:
    if not isinstance(given, Released) or given.button not in state.held:
        return None
    bound = pressed(given.button, state, bindings)
    return bound.action if bound is not None and isinstance(bound.action, actions.Camera) else None


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
