"""`[keypads.NAME]` and `[keypads.NAME.keys]`: what keys, long presses and chords of a keypad mean."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

import msgspec

from appliance.config.tables.gestures import Confirm, check, hold_times
from appliance.language.text import Text, Unusable, said_by
from appliance.room import actions
from appliance.room.actions import Action
from appliance.room.bindings.action_of import KEYS
from appliance.room.bindings.bindings import TERMINAL, Binding, bind
from appliance.room.bindings.said import Holds, Said
from appliance.room.decide.password import BY_HOLDING
from drivers.keypad.config import KeypadConfig
from drivers.keypad.gestures import Gestures, Watched
from drivers.keypad.keys import KEYMAP, LETTERS, SYMBOLS, canonical, codes_of

LETTER_SECONDS = 0.8
"""When a digit without a binding becomes a letter in a password: long enough for no typist to get there by accident."""


class KeyBinding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a key, or a chord, does when it is pressed and (after `hold` seconds) held.

    `press`: left out, what the key does without a binding; a chord does nothing then.
    `camera`: which one it moves, as for a button.
    """

    press: Said | None = None
    held: Holds | None = None
    hold: Annotated[float, msgspec.Meta(ge=0.1, le=30)] | None = None
    double: Said | None = None
    release: Said | None = None
    confirm: Confirm | None = None
    camera: str | None = None

    def __post_init__(self) -> None:
        """Refuses words that are no action, what can never be, and a binding that says nothing."""
        if self.press is None and self.held is None and self.double is None:
            raise Unusable(Text("mistake.press_or_held"))
        check(self._press, self.held, self.hold, self.double, self.release, self.confirm)

    @property
    def _press(self) -> Said:
        return "none" if self.press is None else self.press

    def binding(self, camera: str) -> Binding:
        """What it does."""
        return bind(self._press, self.held, camera, double=self.double, release=self.release, confirm=self.confirm)

    def hold_times(self) -> tuple[float, ...]:
        """The seconds after which it counts as held."""
        return hold_times(self.held, self.hold, self.confirm)

    def __repr__(self) -> str:
        return actions.repr_of(self)


class Keypad(KeypadConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[keypads.NAME]`: a keypad; `keys`: what its keys and chords mean, by name (see `parts`).

    A value is the symbol that the key is to carry, words of an action, or a table.
    """

    keys: dict[str, str | KeyBinding] = msgspec.field(default_factory=dict)

    def __repr__(self) -> str:
        return actions.repr_of(self)

    def keymap(self) -> Mapping[int, str]:
        """Key code to what it is called: its symbol, or the kernel's name where the key has a meaning of its own."""
        kernel_names = {codes_of(name)[0]: name for name in self.own_names() if name not in SYMBOLS}
        return {code: name for code, name in (self._carried() | kernel_names).items() if name != "none"}

    def modifiers(self) -> frozenset[int]:
        """The modifier keys, except those that are part of a chord: there they are keys like any other."""
        chords = [parts(name) for name in self.keys if "+" in name]
        return KeypadConfig.modifiers(self) - {code for keys in chords for key in keys for code in codes_of(key)}

    def bindings(self, camera: str = TERMINAL) -> dict[str, Binding]:
        """What each key and chord with a meaning of its own does; `camera`: which one the room's buttons move."""
        carried = self._carried()
        bound = {
            name: Binding(KEYS.get(carried.get(codes_of(name)[0], ""), actions.Nothing()))
            for name in sorted(self.own_names())
        }
        for name, value in self._meanings().items():
            bound[name] = _binding(value, bound.get(name, Binding()).press, camera)
        return bound

    def hold_times(self) -> dict[str, tuple[float, ...]]:
        """The seconds after which each key and chord with a meaning of its own counts as held."""
        return {name: _hold_times(value) for name, value in self._meanings().items()}

    def gestures(self) -> Gestures:
        """What has to be watched for that."""
        meanings = self._meanings()
        watched = {
            name: _watched(_hold_times(meanings.get(name)), typed=binding.waits_for_release)
            for name, binding in self.bindings().items()
        }
        letters = {digit: Watched(LETTER_SECONDS, release=False) for digit in BY_HOLDING}
        return Gestures(letters | watched, {frozenset(parts(name)): name for name in meanings if len(parts(name)) > 1})

    def own_names(self) -> set[str]:
        """The keys that have a meaning of their own or are part of a chord."""
        return {part for name in self._meanings() for part in parts(name)}

    def _meanings(self) -> dict[str, str | KeyBinding]:
        """What does more than carry a symbol: keys and chords, by their canonical names."""
        return {"+".join(parts(name)): value for name, value in self.keys.items() if not _is_symbol(name, value)}

    def _carried(self) -> dict[int, str]:
        """Key code to the symbol that it carries; what is said of one key counts more than what is said of a symbol."""
        said = {canonical(name): str(value) for name, value in self.keys.items() if _is_symbol(name, value)}
        in_order = sorted(said.items(), key=lambda item: item[0] not in SYMBOLS)
        return {**KEYMAP, **{code: symbol for name, symbol in in_order for code in codes_of(name)}}


def parts(name: str) -> tuple[str, ...]:
    """The keys of a name of the configuration, canonical and in one order: "F1" is one, "3+1" a chord of two.

    ValueError where one of them is no key, or comes twice.
    """
    keys = sorted(map(canonical, name.split("+")))
    if len(set(keys)) < len(keys):
        raise Unusable(Text("mistake.chord_of_one_key", name=name))
    return tuple(keys)


def mistakes(keys: Mapping[str, object]) -> Iterator[tuple[str, Text]]:
    """What is wrong with `[keypads.NAME.keys]` as the file has it: key of the table, and what was expected."""
    wrong = [(name, why) for name, value in keys.items() for why in _why_not(name, value)]
    yield from wrong or _conflicts(keys)


def letters_of_auto(device: str, keys: Iterable[str]) -> Iterator[tuple[str, Text]]:
    """Keys that no device has which "auto" takes: key of the table, and what was expected."""
    for name in keys if device.strip().lower() == "auto" else ():
        if any(LETTERS.issuperset(codes_of(part)) for part in parts(name)):
            yield name, Text("mistake.letters_of_auto")


def _why_not(name: str, value: object) -> Iterator[Text]:
    try:
        parts(name)
        if isinstance(value, str):
            _action(value)
    except actions.ActionError as error:
        nearly = error.text.key == "mistake.unknown_action_like"
        yield error.text if nearly else Text("mistake.action_or_symbol", why=error.text, symbols=" ".join(SYMBOLS))
    except ValueError as error:
        yield said_by(error)


def _conflicts(keys: Mapping[str, object]) -> Iterator[tuple[str, Text]]:
    seen: dict[frozenset[str], str] = {}
    for name in keys:
        these = frozenset(parts(name))
        if these in seen:
            yield name, Text("mistake.same_key", name=seen[these])
        for other, which in seen.items():
            if len(min(these, other, key=len)) > 1 and (these < other or other < these):
                yield name, Text("mistake.part_of_chord", name=which)
        seen.setdefault(these, name)
    yield from _taken(keys)


def _taken(keys: Mapping[str, object]) -> Iterator[tuple[str, Text]]:
    """Symbols with a meaning, while one of the keys that carry them has another."""
    named = {part: name for name, value in keys.items() if not _is_symbol(name, value) for part in parts(name)}
    for key in sorted(named.keys() - set(SYMBOLS)):
        symbol = KEYMAP.get(codes_of(key)[0])
        if symbol in named:
            yield named[symbol], Text("mistake.key_taken", key=key, symbol=symbol, name=named[key])


def _is_symbol(name: str, value: object) -> bool:
    return isinstance(value, str) and "+" not in name and (value in SYMBOLS or value == "none")


def _action(words: str) -> Action:
    return KEYS.get(words) or actions.parse(words)


def _binding(value: str | KeyBinding, by_itself: Action, camera: str) -> Binding:
    own_camera = "" if isinstance(value, str) else value.camera
    camera = own_camera or camera
    camera = "" if camera == TERMINAL else camera
    if isinstance(value, str):
        return Binding(_action(value), camera=camera)
    bound = value.binding(camera)
    return bound if value.press is not None else msgspec.structs.replace(bound, press=by_itself)


def _hold_times(value: str | KeyBinding | None) -> tuple[float, ...]:
    """Seconds after which it counts as held; none where nothing comes of that."""
    return value.hold_times() if isinstance(value, KeyBinding) else ()


def _watched(holds: tuple[float, ...], *, typed: bool) -> Watched:
    return Watched(holds[0] if holds else None, typed, later=holds[1:])
