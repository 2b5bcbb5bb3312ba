"""The action that an input stands for: as the configuration binds it, or as keys and hooks mean it everywhere."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from appliance.room import actions
from appliance.room.actions import Action, ByState, Confirmed
from appliance.room.bindings.bindings import Binding, Bindings, Codes
from appliance.room.inputs import (
    Automatic,
    Doubled,
    Held,
    HoldKey,
    Home,
    Hook,
    Input,
    Key,
    MuteKey,
    Pressed,
    RedialKey,
    Released,
    Remote,
    Scanned,
    Tapped,
    Touched,
    Turned,
    VolumeKey,
)
from appliance.room.situation import Situation, situations
from appliance.room.state import RoomState


class Bound(NamedTuple):
    """An action, and whose it is: the button, its gesture, and by which state of the room it was chosen.

    All but the action are empty for what is no button's.
    """

    action: Action
    button: str = ""
    gesture: str = ""
    nth: int = 0
    situation: str = ""


def bound_of(given: Input, state: RoomState, bindings: Bindings) -> Bound | None:
    """Returns what an input stands for, as one action, a row of them, or one to be confirmed.

    None for a joystick's, and where it stands for nothing.
    """
    handler = _ACTIONS.get(type(given))
    if handler is not None:
        action = handler(given, bindings)
        return None if action is None else _chosen(Bound(action), state)
    gesture = _GESTURES.get(type(given))
    return None if gesture is None else gesture(given, state, bindings)


def action_of(given: Input, state: RoomState, bindings: Bindings) -> Action | None:
    """Returns the one action that an input stands for: of a row its first, of one to be confirmed the one meant."""
    bound = bound_of(given, state, bindings)
    return None if bound is None else actions.leading(bound.action)[0]


def by_gesture(binding: Binding, gesture: str, nth: int, situation: str) -> Action | None:
    """Returns what a gesture of a button does, as it was chosen by this state of the room."""
    action = {
        "press": binding.press,
        "double": binding.double,
        "release": binding.release,
        "held": binding.holds[nth] if nth < len(binding.holds) else None,
    }[gesture]
    return action.action(Situation(situation)) if isinstance(action, ByState) else action


def _chosen(bound: Bound, state: RoomState, situation: str = "") -> Bound:
    """Returns what is done in this state; `situation`: by which it was chosen already."""
    if not isinstance(bound.action, ByState):
        return bound
    chosen = Situation(situation) if situation else bound.action.situation(situations(state))
    return bound._replace(action=bound.action.action(chosen), situation=chosen)


def pressed(name: str, state: RoomState, bindings: Bindings) -> Bound | None:
    """Returns what the press of a button does, by the state of the room as it went down."""
    binding = bindings.buttons.get(name)
    if binding is None:
        return None
    known = state.presses.get(name)
    return _chosen(Bound(binding.press, name, "press"), state, known.situation if known else "")


def _at_press(given: Pressed, state: RoomState, bindings: Bindings) -> Bound | None:
    bound = pressed(given.button, state, bindings)
    return None if bound is None or bindings.buttons[given.button].waits(bound.action) else bound


def _when_held(given: Held, state: RoomState, bindings: Bindings) -> Bound | None:
    binding = bindings.buttons.get(given.button)
    if binding is None:
        return None
    if given.nth < len(binding.holds):
        return _chosen(Bound(binding.holds[given.nth], given.button, "held", given.nth), state)
    bound = pressed(given.button, state, bindings)
    return bound if bound and isinstance(bound.action, Confirmed) and bound.action.how == "hold" else None


def _when_released(given: Released, state: RoomState, bindings: Bindings) -> Bound | None:
    binding = bindings.buttons.get(given.button)
    if binding is None or given.button not in state.held:
        return None
    bound = pressed(given.button, state, bindings)
    if bound is not None and binding.waits(bound.action):
        return bound
    return None if binding.release is None else _chosen(Bound(binding.release, given.button, "release"), state)


def _when_tapped(given: Tapped, state: RoomState, bindings: Bindings) -> Bound | None:
    return pressed(given.button, state, bindings)


def _when_doubled(given: Doubled, state: RoomState, bindings: Bindings) -> Bound | None:
    double = bindings.buttons[given.button].double
    return None if double is None else _chosen(Bound(double, given.button, "double"), state)


def _turned(given: Turned, bindings: Bindings) -> Action | None:
    knob = bindings.encoders.get(given.encoder)
    if knob is None:
        return None
    return knob.clockwise if given.clockwise else knob.counterclockwise


def _scanned(given: Scanned, bindings: Bindings) -> Action | None:
    return bindings.readers.get(given.reader, Codes()).action(given.text)


def _key(given: Key, _bindings: Bindings) -> Action | None:
    return KEYS.get(given.symbol)


def _hook(given: Hook, _bindings: Bindings) -> Action:
    return actions.HookOff() if given.off else actions.HangUp()


def _mute_key(given: MuteKey, _bindings: Bindings) -> Action:
    return actions.Mute("mic", given.on)


def _hold_key(given: HoldKey, _bindings: Bindings) -> Action:
    return actions.Hold(given.on)


def _volume_key(given: VolumeKey, _bindings: Bindings) -> Action:
    return actions.VolumeStep(given.step)


def _redial_key(_given: RedialKey, _bindings: Bindings) -> Action:
    return actions.Redial()


def _home(_given: Home, _bindings: Bindings) -> Action:
    return actions.CameraHome()


def _touched(given: Touched, _bindings: Bindings) -> Action:
    return given.action


def _automatic(given: Automatic, _bindings: Bindings) -> Action:
    return given.action


KEYS: Mapping[str, Action] = {
    **{symbol: actions.Dial(symbol) for symbol in "0123456789*#ABCD"},
    **{symbol: actions.Letter(symbol) for symbol in "EF"},
    "call": actions.HookOff(),
    "backspace": actions.Backspace(),
    "clear": actions.Clear(),
}
"""What a key does by its symbol."""


_ACTIONS: Mapping[type[Input], Callable[[Any, Bindings], Action | None]] = {
    Turned: _turned,
    Scanned: _scanned,
    Key: _key,
    Hook: _hook,
    MuteKey: _mute_key,
    HoldKey: _hold_key,
    VolumeKey: _volume_key,
    RedialKey: _redial_key,
    Home: _home,
    Touched: _touched,
    Remote: _touched,
    Automatic: _automatic,
}
_GESTURES: Mapping[type[Input], Callable[[Any, RoomState, Bindings], Bound | None]] = {
    Pressed: _at_press,
    Held: _when_held,
    Released: _when_released,
    Tapped: _when_tapped,
    Doubled: _when_doubled,
}
