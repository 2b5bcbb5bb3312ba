"""Keys as a table for people, and as the piece of room.toml that makes them do what they shall."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from drivers.keypad.keys import KEYMAP, SYMBOLS
from drivers.keypad.learning.learner import Learned
from drivers.keypad.learning.raw import RawKey
from drivers.keypad.learning.recording import Header

NOTHING: Final = "nothing yet"
BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
"""A key of TOML that needs no quotes."""


class Piece(msgspec.Struct, frozen=True):
    """What `[keypads.NAME]` shall say: how the device is named, and what was pressed for each step."""

    name: str
    device: str
    learned: Sequence[Learned]


def rows(keys: Sequence[RawKey], header: Header) -> list[tuple[str, ...]]:
    """Returns name, code, HID usage, node and default meaning of each key, below a heading; none for no keys."""
    if not keys:
        return []
    heading = ("key", "code", "HID usage", "event node", "means")
    return [heading, *(_row(key, header) for key in keys)]


def lines_of(piece: Piece) -> Iterator[str]:
    """Yields the lines of room.toml, with a comment for what need not or cannot be written."""
    table = f"keypads.{piece.name if BARE.fullmatch(piece.name) else _quoted(piece.name)}"
    yield from (f"[{table}]", f"device = {_quoted(piece.device)}", "", f"[{table}.keys]")
    seen: dict[str, str] = {}
    for learned in piece.learned:
        yield from _line(learned, seen)


def _line(learned: Learned, seen: dict[str, str]) -> Iterator[str]:
    meaning, name = learned.step.meaning, learned.name
    if not learned.keys:
        return
    if not name:
        several = ", ".join(key.name for key in learned.keys)
        yield f"# {meaning}: one press sends {several}; such a key cannot be bound"
    elif name in seen:
        yield f"# {meaning}: {name} is {seen[name]} already"
    elif set(learned.symbols) == {meaning}:
        yield f"# {meaning}: {name} by itself"
    else:
        usage = learned.keys[-1].usage
        yield f'"{name}" = "{meaning}"' + (f"  # HID usage {usage}" if usage else "")
    seen.setdefault(name, meaning)


def _quoted(text: str) -> str:
    """Returns a string of TOML; a device may call itself anything. JSON's escapes are among TOML's."""
    return json.dumps(text)


def _row(key: RawKey, header: Header) -> tuple[str, ...]:
    node = header.nodes[key.node].name if key.node < len(header.nodes) else str(key.node)
    symbol = KEYMAP.get(key.code, "")
    meaning = f"digit {symbol}" if symbol.isdecimal() else symbol if symbol in SYMBOLS else NOTHING
    return key.name, str(key.code), key.usage or "-", node, meaning
