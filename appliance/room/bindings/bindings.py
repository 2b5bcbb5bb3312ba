"""What the configuration binds to buttons, keys, encoders and readers, and how its words become that."""

from collections.abc import Mapping

import msgspec

from appliance.language.text import Text
from appliance.room import actions
from appliance.room.actions import Action, ActionError
from appliance.room.decide.habits import Habits

BUTTONS = "buttons."
"""What the source of each button begins with."""


KEYPADS = "keypads."
"""What the source of each keypad's keys begins with."""


TERMINAL = "terminal"
"""The name of the terminal's own camera in the configuration."""


CODE = "{code}"
"""Stands for what a reader has read."""


_NEVER_DELAYED = (actions.HangUp, actions.Mute, actions.Camera)


class Binding(msgspec.Struct, frozen=True):
    """What a button does when it is pressed, and when it is held; `hold` None: the same however long it is down.

    `camera`: the name of the camera that it moves, of those that the appliance controls itself; empty: the terminal's.
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
    """What a reader's badges and codes do: `actions` by code, `other` for all others, where {code} is what was read."""

    actions: Mapping[str, Action] = {}
    other: str = "none"

    def __repr__(self) -> str:
        return actions.repr_of(self)

    def action(self, text: str) -> Action:
        """Returns the action of this code; nothing where that would make no sense."""
        if text in self.actions:
            return self.actions[text]
        if not text.isprintable():
            return actions.Nothing()  # a separator would be taken for a space, and what remains for what was read
        try:
            return actions.parse(self.other.replace(CODE, text))
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
    """Returns a binding from the words of the configuration. Raises `ActionError`."""
    held = None if hold is None else actions.parse(hold)
    if isinstance(held, actions.Camera):
        raise ActionError(Text("mistake.camera_held", action=str(hold)))
    return Binding(actions.parse(press), held, camera)


def bind_knob(clockwise: str, counterclockwise: str) -> Knob:
    """Returns an encoder's binding from the words of the configuration. Raises `ActionError`."""
    acts = actions.parse(clockwise), actions.parse(counterclockwise)
    for words, act in zip((clockwise, counterclockwise), acts, strict=True):
        if isinstance(act, actions.Camera):
            raise ActionError(Text("mistake.camera_detent", action=words))
    return Knob(*acts)


def bind_codes(codes: Mapping[str, str], other: str) -> Codes:
    """Returns a reader's binding from the words of the configuration. Raises `ActionError`."""
    bound = {code: actions.parse(words) for code, words in codes.items()}
    for words, act in (*zip(codes.values(), bound.values(), strict=True), (other, actions.parse(_tried(other)))):
        if isinstance(act, actions.Camera):
            raise ActionError(Text("mistake.camera_code", action=words))
    return Codes(bound, other)


def _tried(other: str) -> str:
    """Returns the words with a code in it that any action would take."""
    return other.replace(CODE, "1")


def button_source(button: str) -> str:
    """Returns the source of what this button does."""
    return f"{BUTTONS}{button}"


def key_source(keypad: str) -> str:
    """Returns the source of what the keys of this keypad do."""
    return f"{KEYPADS}{keypad}"


def key_name(keypad: str, key: str) -> str:
    """Returns what a key or chord of a keypad that has a binding is called among the buttons."""
    return f"{key_source(keypad)}.{key}"
