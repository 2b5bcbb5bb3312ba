"""Actions that switch what a `room.toml` does not have, or what follows the room."""

from collections.abc import Iterator
from typing import Any

from appliance.config.document import Contradiction, tables
from appliance.config.tables.panel import GESTURES, panel_buttons
from appliance.language.text import Text, Unusable
from appliance.room import actions

_INPUTS = ("buttons", "keypads", "encoders", "readers", "chords", "automations")
"""The tables in which actions stand."""


def output_contradictions(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Yields every action of a relay or display that is not there, or that `shows` something."""
    there = {kind: dict(tables(document, f"{kind}s")) for kind in actions.OUTPUTS}
    for key, words in _texts(document):
        action = _action(words)
        if action is None:
            continue
        outputs = there[action.kind]
        if action.name not in outputs:
            yield key, Text("mistake.no_such_output", name=action.output, known=_known(action.kind, outputs))
        elif "shows" in outputs[action.name]:
            yield key, Text("mistake.output_follows", name=action.output)


def _known(kind: str, names: dict[str, Any]) -> str:
    return ", ".join(f"{kind} {name}" for name in names) or "none"


def _texts(document: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    for table in _INPUTS:
        yield from _below((table,), document.get(table))
    for name, button in panel_buttons(document):
        for key in GESTURES:
            yield from _below(("panel", "buttons", name, key), button.get(key))


def _below(key: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yields every text below a key, with its own; those of a list have the list's."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        yield from (found for name, each in value.items() for found in _below((*key, str(name)), each))
    elif isinstance(value, list):
        yield from (found for each in value for found in _below(key, each))


def _action(words: str) -> actions.Switch | None:
    if not words.startswith(actions.OUTPUTS):  # to read every text of a file as an action would take long
        return None
    try:
        action = actions.parse(words)
    except Unusable:
        return None  # the schema says so, or it is no action at all
    return action if isinstance(action, actions.Switch) else None
