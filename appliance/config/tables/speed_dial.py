"""Slots of the speed dial that something in a `room.toml` names, and that nobody is configured for."""

from collections.abc import Iterator
from typing import Any

from appliance.config.document import Contradiction
from appliance.config.tables.panel import GESTURES, panel_buttons
from appliance.language.text import Text

_BOUND = ("buttons", "chords", "encoders", "keypads", "readers")  # tables that have actions in them


def speed_dial_contradictions(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Yields what names a slot beyond `[room] speed_dial`, wherever actions stand."""
    room = document.get("room")
    slots = room.get("speed_dial", []) if isinstance(room, dict) else []
    there = len(slots) if isinstance(slots, list) else 0
    for key, words in bound_texts(document):
        match words.split():
            case ["speed_dial", slot] if slot.isascii() and slot.isdigit() and len(slot) < 3 and int(slot) > there:
                yield key, Text("mistake.no_speed_dial", slot=slot, there=str(there))


def bound_texts(document: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yields each text in the tables that have actions in them, and the key that it stands under."""
    for kind in _BOUND:
        yield from _texts((kind,), document.get(kind))
    for name, button in panel_buttons(document):
        for key in GESTURES:
            yield from _texts(("panel", "buttons", name, key), button.get(key))


def _texts(key: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yields each text in a part of the document, and the key that it stands under; parts of a list have the list's."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(key, each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _texts((*key, str(name)), each)
