"""`[chords.NAME]`: buttons of the panel that mean something together, and what contradicts that."""

import difflib
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec

from appliance.config.document import Contradiction, tables
from appliance.config.tables.gestures import Confirm, check, hold_times
from appliance.language.text import Text
from appliance.room import actions
from appliance.room.actions import ActionError
from appliance.room.bindings.bindings import Binding, Chord, bind
from appliance.room.bindings.said import Holds, Said, meaning, unmoved
from drivers.errors import about


class ChordConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[chords.NAME]`: two buttons or more, by name, and what they do when they are down together; as for a button."""

    buttons: Annotated[tuple[str, ...], msgspec.Meta(min_length=2, max_length=5)]
    press: Said = "none"
    held: Holds | None = None
    hold: Annotated[float, msgspec.Meta(ge=0.1, le=30)] | None = None
    confirm: Confirm | None = None

    def __post_init__(self) -> None:
        """Refuses words that are no action, and a camera, which stops with one button."""
        check(self.press, self.held, self.hold, confirm=self.confirm)
        with about("press"):
            unmoved(self.press, "mistake.camera_chord")

    def __repr__(self) -> str:
        return actions.repr_of(self)

    def binding(self) -> Binding:
        """What they do together."""
        return bind(self.press, self.held, confirm=self.confirm)

    def chord(self) -> Chord:
        """Which buttons they are."""
        return Chord(frozenset(self.buttons), hold_times(self.held, self.hold, self.confirm))


def chord_contradictions(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Chords of buttons that are not there, that nobody can tell apart, or whose buttons act before it is known."""
    buttons = dict(tables(document, "buttons"))
    seen: dict[frozenset[str], str] = {}
    for name, chord in tables(document, "chords"):
        key = ("chords", name, "buttons")
        parts = chord.get("buttons")
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            continue  # the schema says so
        yield from ((key, why) for why in _of_buttons(parts, buttons))
        these = frozenset(parts)
        for other, which in seen.items():
            if these <= other or other <= these:
                yield key, Text("mistake.part_of_chord", name=which)
        seen.setdefault(these, name)


def _of_buttons(parts: list[str], buttons: dict[str, dict[str, Any]]) -> Iterator[Text]:
    if len(set(parts)) < len(parts):
        yield Text("mistake.chord_of_one_button")
    for part in dict.fromkeys(parts):
        if part not in buttons:
            yield _no_such_button(part, buttons)
        elif why := _too_early(part, buttons[part]):
            yield why


def _no_such_button(name: str, buttons: dict[str, dict[str, Any]]) -> Text:
    close = difflib.get_close_matches(name, buttons, n=1)
    if close:
        return Text("mistake.no_such_button_like", name=name, close=close[0])
    return Text("mistake.no_such_button", name=name, known=", ".join(buttons) or "–")


def _too_early(name: str, button: dict[str, Any]) -> Text | None:
    """Returns why a button cannot be part of a chord."""
    for key in ("double", "release"):
        if key in button:
            return Text("mistake.chord_beside", name=name, key=key)
    try:
        first = next((each for each in actions.leading(meaning(button.get("press", "none"))) if each.at_once), None)
    except (ActionError, TypeError, AttributeError):
        return None  # the schema says so
    return None if first is None else Text("mistake.chord_at_once", name=name, action=actions.words_of(first))
