"""What the configuration binds to buttons, keys, encoders and readers, and how its words become that."""

from collections.abc import Mapping

import msgspec

from appliance.room import actions
from appliance.room.actions import Action, ActionError
from appliance.room.bindings.said import Holds, How, Said, confirmed, detent, holds, meaning, unmoved
from appliance.room.decide.habits import Habits

BUTTONS = "buttons."
"""What the source of each button begins with."""


KEYPADS = "keypads."
"""What the source of each keypad's keys begins with."""


TERMINAL = "terminal"
"""The name of the terminal's own camera in the configuration."""


FAR_END = "far_end"
"""The name of the other side's camera there."""


CODE = "{code}"
"""Stands for what a reader has read."""


CHORDS = "chords."
"""What a chord of buttons is called among the buttons begins with."""


PANEL = "panel.buttons."
"""What a button of the panel is called among the buttons begins with."""


class Binding(msgspec.Struct, frozen=True):
    """What a button does when it is pressed, and after each of its holds; without one, always the same.

    `camera`: the name of the camera that it moves, of those that the appliance controls itself; empty: the terminal's.
    `double`: what it does when it is pressed twice in quick succession; None: nobody waits for a second press.
    `release`: what it does when it goes up.
    """

    press: Action = actions.Nothing()
    holds: tuple[Action, ...] = ()
    camera: str = ""
    double: Action | None = None
    release: Action | None = None

    @property
    def waits_for_release(self) -> bool:
        """Whether some press acts only when the button goes up, since it may still become something else."""
        return self._undecided and not all(first.at_once for first in actions.leading(self.press))

    def waits(self, pressed: Action) -> bool:
        """Whether this press, an action of `press`, acts only when the button goes up or later."""
        return self._undecided and not actions.leading(pressed)[0].at_once

    @property
    def actions(self) -> tuple[Action, ...]:
        """All that it may do."""
        others = (self.double, self.release)
        return (self.press, *self.holds, *(each for each in others if each is not None))

    @property
    def _undecided(self) -> bool:
        return bool(self.holds) or self.double is not None


class Chord(msgspec.Struct, frozen=True):
    """Buttons of the panel that mean something together; `holds`: seconds after which they count as held."""

    buttons: frozenset[str]
    holds: tuple[float, ...] = ()


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

    Among the `buttons` are the keys of keypads that have a meaning of their own, by `key_name`, those of the panel, by
    `panel_name`, and the `chords`, by `chord_name`. `parts`: the chords that a button is part of. A button that no
    driver times, such as one of the panel, is a chord of itself alone, whose holds are found in the room's own time.
    """

    buttons: Mapping[str, Binding] = {}
    chords: Mapping[str, Chord] = {}
    parts: Mapping[str, tuple[str, ...]] = {}
    encoders: Mapping[str, Knob] = {}
    readers: Mapping[str, Codes] = {}


def bind(
    press: Said,
    held: Holds | None = None,
    camera: str = "",
    *,
    double: Said | None = None,
    release: Said | None = None,
    confirm: How | Mapping[str, How] | None = None,
) -> Binding:
    """Returns a binding from the words of the configuration. Raises `ActionError`."""
    pressed = meaning(press)
    if confirm is not None:
        pressed = confirmed(pressed, confirm)
    return Binding(
        pressed,
        () if held is None else tuple(action for _, action in holds(held, 1.0)),
        camera,
        None if double is None else unmoved(double, "mistake.camera_double"),
        None if release is None else unmoved(release, "mistake.camera_release"),
    )


def bind_knob(clockwise: Said, counterclockwise: Said) -> Knob:
    """Returns an encoder's binding from the words of the configuration. Raises `ActionError`."""
    return Knob(*(detent(words) for words in (clockwise, counterclockwise)))


def bind_codes(codes: Mapping[str, str], other: str) -> Codes:
    """Returns a reader's binding from the words of the configuration. Raises `ActionError`."""
    unmoved(_tried(other), "mistake.camera_code")
    return Codes({code: unmoved(words, "mistake.camera_code") for code, words in codes.items()}, other)


def _tried(other: str) -> str:
    """Returns the words with a code in it that any action would take."""
    return other.replace(CODE, "1")


def button_source(button: str) -> str:
    """Returns the source of what this button does."""
    return f"{BUTTONS}{button}"


def key_source(keypad: str) -> str:
    """Returns the source of what the keys of this keypad do."""
    return f"{KEYPADS}{keypad}"


def chord_name(chord: str) -> str:
    """Returns what a chord of buttons is called among the buttons."""
    return f"{CHORDS}{chord}"


def panel_name(button: str) -> str:
    """Returns what a button of the panel is called among the buttons."""
    return f"{PANEL}{button}"


def key_name(keypad: str, key: str) -> str:
    """Returns what a key or chord of a keypad that has a binding is called among the buttons."""
    return f"{key_source(keypad)}.{key}"
