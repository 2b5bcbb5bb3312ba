"""The action that an input stands for: as the configuration binds it, or as keys and hooks mean it everywhere."""

from collections.abc import Callable, Mapping
from typing import Any

from appliance.room import actions
from appliance.room.actions import Action
from appliance.room.bindings.bindings import Bindings, Codes
from appliance.room.inputs import (
    Automatic,
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
    Scanned,
    Touched,
    Turned,
    VolumeKey,
)


def action_of(given: Input, held: frozenset[str], bindings: Bindings) -> Action | None:
    """Returns the action that an input stands for; None for a joystick's, and where it stands for nothing."""
    handler = _ACTIONS.get(type(given))
    return None if handler is None else handler(given, held, bindings)


def _pressed(given: Pressed, _held: frozenset[str], bindings: Bindings) -> Action | None:
    binding = bindings.buttons.get(given.button)
    return None if binding is None or binding.waits_for_release else binding.press


def _held(given: Held, _held: frozenset[str], bindings: Bindings) -> Action | None:
    binding = bindings.buttons.get(given.button)
    return None if binding is None else binding.hold


def _released(given: Released, held: frozenset[str], bindings: Bindings) -> Action | None:
    binding = bindings.buttons.get(given.button)
    waited = binding is not None and binding.waits_for_release and given.button in held
    return binding.press if binding is not None and waited else None


def _turned(given: Turned, _held: frozenset[str], bindings: Bindings) -> Action | None:
    knob = bindings.encoders.get(given.encoder)
    if knob is None:
        return None
    return knob.clockwise if given.clockwise else knob.counterclockwise


def _scanned(given: Scanned, _held: frozenset[str], bindings: Bindings) -> Action | None:
    return bindings.readers.get(given.reader, Codes()).action(given.text)


def _key(given: Key, _held: frozenset[str], _bindings: Bindings) -> Action | None:
    return KEYS.get(given.symbol)


def _hook(given: Hook, _held: frozenset[str], _bindings: Bindings) -> Action:
    return actions.HookOff() if given.off else actions.HangUp()


def _mute_key(given: MuteKey, _held: frozenset[str], _bindings: Bindings) -> Action:
    return actions.Mute("mic", given.on)


def _hold_key(given: HoldKey, _held: frozenset[str], _bindings: Bindings) -> Action:
    return actions.Hold(given.on)


def _volume_key(given: VolumeKey, _held: frozenset[str], _bindings: Bindings) -> Action:
    return actions.VolumeStep(given.step)


def _redial_key(_given: RedialKey, _held: frozenset[str], _bindings: Bindings) -> Action:
    return actions.Redial()


def _home(_given: Home, _held: frozenset[str], _bindings: Bindings) -> Action:
    return actions.CameraHome()


def _touched(given: Touched, _held: frozenset[str], _bindings: Bindings) -> Action:
    return given.action


def _automatic(given: Automatic, _held: frozenset[str], _bindings: Bindings) -> Action:
    return given.action


KEYS: Mapping[str, Action] = {
    **{symbol: actions.Dial(symbol) for symbol in "0123456789*#ABCD"},
    **{symbol: actions.Letter(symbol) for symbol in "EF"},
    "call": actions.HookOff(),
    "backspace": actions.Backspace(),
    "clear": actions.Clear(),
}
"""What a key does by its symbol."""


_ACTIONS: Mapping[type[Input], Callable[[Any, frozenset[str], Bindings], Action | None]] = {
    Pressed: _pressed,
    Held: _held,
    Released: _released,
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
    Automatic: _automatic,
}
