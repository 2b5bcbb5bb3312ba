"""What inputs mean: buttons as the configuration binds them, keys, hooks and joysticks as they are known everywhere."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from appliance.room import actions, beside, camera, hold
from appliance.room.actions import Action, ActionError
from appliance.room.decisions import Habits, decide
from appliance.room.inputs import (
    Drive,
    DriveTo,
    Held,
    HeldCallOver,
    HoldKey,
    Home,
    Hook,
    Input,
    Key,
    MuteKey,
    PresetAsked,
    Pressed,
    RedialKey,
    Released,
    Scanned,
    SourceGone,
    Turned,
    VolumeKey,
)
from appliance.room.intents import Explain, Intent, KeepPreset, Move, Reclaim
from appliance.room.state import LinkPhase, RoomState
from appliance.room.texts import NO_LINK, UNKNOWN_CODE

BUTTONS = "buttons"
"""The source of what buttons do."""
KEYPADS = "keypads."
"""What the source of each keypad's keys begins with."""
TERMINAL = "terminal"
"""The name of the terminal's own camera in the configuration."""
CODE = "{code}"
"""Stands for what a reader has read."""
_NEVER_DELAYED = (actions.HangUp, actions.Mute, actions.Camera)
_TAKE_BACK = (actions.HookOff, actions.CallPeer, actions.Answer, actions.HangUp, actions.Reclaim)


class Binding(msgspec.Struct, frozen=True):
    """What a button does when it is pressed, and when it is held; `hold` None: the same however long it is down.

    `camera`: which camera beside the terminal's it moves, by name; empty: the terminal's own.
    """

    press: Action = actions.Nothing()
    hold: Action | None = None
    camera: str = ""

    @property
    def waits_for_release(self) -> bool:
        """Whether a press acts only when the button goes up, since it may still become a hold."""
        return self.hold is not None and not isinstance(self.press, _NEVER_DELAYED)

    @property
    def release_matters(self) -> bool:
        """Whether the release of the button means anything."""
        return self.waits_for_release or isinstance(self.press, actions.Camera)


class Knob(msgspec.Struct, frozen=True):
    """What each detent of a rotary encoder does."""

    clockwise: Action
    counterclockwise: Action


class Codes(msgspec.Struct, frozen=True):
    """What a reader's badges and codes do: the `known` ones, and `other` ones, where {code} is what was read."""

    known: Mapping[str, Action] = {}
    other: str = "none"

    def action(self, text: str) -> Action:
        """What this one does; nothing where that would make no sense."""
        try:
            return self.known.get(text) or actions.parse(self.other.replace(CODE, text))
        except ActionError:
            return actions.Nothing()


class Bindings(Habits, frozen=True, kw_only=True):
    """All that the configuration says about inputs; `buttons`, `encoders` and `readers` by name.

    Among the `buttons` are the keys of keypads that have a meaning of their own, by `key_name`.
    """

    buttons: Mapping[str, Binding] = {}
    encoders: Mapping[str, Knob] = {}
    readers: Mapping[str, Codes] = {}


def bind(press: str, hold: str | None = None, camera: str = "") -> Binding:
    """A binding from the words of the configuration. Raises `ActionError`."""
    held = None if hold is None else actions.parse(hold)
    if isinstance(held, actions.Camera):
        raise ActionError(f"`{hold}`: cannot be a hold action; a camera moves from the press to the release")
    return Binding(actions.parse(press), held, camera)


def bind_knob(clockwise: str, counterclockwise: str) -> Knob:
    """An encoder's binding from the words of the configuration. Raises `ActionError`."""
    acts = actions.parse(clockwise), actions.parse(counterclockwise)
    for words, act in zip((clockwise, counterclockwise), acts, strict=True):
        if isinstance(act, actions.Camera):
            raise ActionError(f"`{words}`: a detent has no end; a camera moves from a button's press to its release")
    return Knob(*acts)


def bind_codes(codes: Mapping[str, str], other: str) -> Codes:
    """A reader's binding from the words of the configuration. Raises `ActionError`."""
    known = {code: actions.parse(words) for code, words in codes.items()}
    for words, act in (*zip(codes.values(), known.values(), strict=True), (other, actions.parse(_tried(other)))):
        if isinstance(act, actions.Camera):
            raise ActionError(f"`{words}`: a code has no end; a camera moves from a button's press to its release")
    return Codes(known, other)


def _tried(other: str) -> str:
    """The words with a code in it that any action would take."""
    return other.replace(CODE, "1")


def key_source(keypad: str) -> str:
    """The source of what the keys of this keypad do."""
    return f"{KEYPADS}{keypad}"


def key_name(keypad: str, key: str) -> str:
    """What a key or chord of a keypad that has a binding is called among the buttons."""
    return f"{key_source(keypad)}.{key}"


def resolve(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """What a person wants with this input, in order; nothing where it means nothing in this state."""
    if (elsewhere := _beside(given, state, bindings)) is not None:
        return elsewhere
    gone = beside.all_let_go(state) if isinstance(given, SourceGone) and _has_buttons(given.source) else ()
    return (*gone, *_of_terminal(given, state, bindings))


def _has_buttons(source: str) -> bool:
    return source == BUTTONS or source.startswith(KEYPADS)


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


def action_of(given: Input, held: frozenset[str], bindings: Bindings) -> Action | None:
    """The action that an input stands for; None for a joystick's, and where it stands for nothing."""
    handler = _ACTIONS.get(type(given))
    return None if handler is None else handler(given, held, bindings)


def held_after(given: Input, held: frozenset[str], bindings: Bindings) -> frozenset[str]:
    """The buttons whose release means something, once this input has been resolved."""
    match given:
        case Pressed(button=name) if name in bindings.buttons and bindings.buttons[name].release_matters:
            return held | {name}
        case Held(button=name) if name in bindings.buttons and bindings.buttons[name].waits_for_release:
            return held - {name}
        case Released(button=name):
            return held - {name}
        case SourceGone(source=source) if source.startswith(KEYPADS):
            return frozenset(name for name in held if not name.startswith(f"{source}."))
        case SourceGone(source=source) if source == BUTTONS:
            return frozenset(name for name in held if name.startswith(KEYPADS))
        case _:
            return held


def _without_link(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """Nothing is sent, nothing is kept for later; where a person has to decide, a press takes the terminal back."""
    action = action_of(given, state.held, bindings)
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


def _beside(given: Input, state: RoomState, bindings: Bindings) -> tuple[Intent, ...] | None:
    """What a button wants of a camera beside the terminal's; None where the input has to do with none."""
    if not isinstance(given, Pressed | Held | Released) or given.button not in bindings.buttons:
        return None
    camera = bindings.buttons[given.button].camera
    if not camera:
        return None
    if (released := _camera_released(given, state, bindings)) is not None:
        return beside.let_go(released, camera, state)
    return beside.press(action_of(given, state.held, bindings), camera)


def _camera_released(given: Input, state: RoomState, bindings: Bindings) -> actions.Camera | None:
    if not isinstance(given, Released) or given.button not in state.held or given.button not in bindings.buttons:
        return None
    press = bindings.buttons[given.button].press
    return press if isinstance(press, actions.Camera) else None


def _source_gone(_given: SourceGone, state: RoomState) -> tuple[Intent, ...]:
    return () if state.motion == camera.STILL else (Move(),)


def _held_call_over(_given: HeldCallOver, state: RoomState) -> tuple[Intent, ...]:
    return hold.resume(state) if hold.over(state) else ()


def _drive(given: Drive, state: RoomState) -> tuple[Intent, ...]:
    return camera.drive(state, given)


def _drive_to(given: DriveTo, state: RoomState) -> tuple[Intent, ...]:
    return camera.drive_to(state, given)


def _preset_asked(given: PresetAsked, _state: RoomState) -> tuple[Intent, ...]:
    return (KeepPreset(given.number, given.there),)


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


KEYS: Mapping[str, Action] = {
    **{symbol: actions.Dial(symbol) for symbol in "0123456789*#ABCD"},
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
}
_DIRECTLY: Mapping[type[Input], Callable[[Any, RoomState], tuple[Intent, ...]]] = {
    Drive: _drive,
    DriveTo: _drive_to,
    PresetAsked: _preset_asked,
    SourceGone: _source_gone,
    HeldCallOver: _held_call_over,
}
