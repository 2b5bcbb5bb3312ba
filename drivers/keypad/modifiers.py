"""Modifier keys of a keypad, so that a combination never types a digit that nobody meant. No I/O.

Keypads without keys of their own for # and * type Shift+3 and Shift+8, as on a keyboard of the US layout. Any other
combination with a digit, Ctrl+V or an Alt code for example, is meant for a computer and means nothing here: taken for
its plain keys it would dial a wrong number. Keys that the configuration gives a meaning of their own keep it.
"""

from collections.abc import Collection, Mapping
from typing import Final

from drivers.keypad.codes import CODES
from drivers.keypad.keys import SYMBOLS

SHIFTS: Final = frozenset(CODES[f"KEY_{side}SHIFT"] for side in ("LEFT", "RIGHT"))
OTHERS: Final = frozenset(CODES[f"KEY_{side}{key}"] for side in ("LEFT", "RIGHT") for key in ("CTRL", "ALT", "META"))
MODIFIERS: Final = SHIFTS | OTHERS
"""The codes of all modifier keys."""

_SHIFTED: Final = {CODES["KEY_3"]: CODES["KEY_NUMERIC_POUND"], CODES["KEY_8"]: CODES["KEY_NUMERIC_STAR"]}
_DIGITS: Final = frozenset("0123456789")


def reachable(codes: frozenset[int], keymap: Mapping[int, str]) -> set[str]:
    """Returns all that a device with these keys can type, also with Shift."""
    shifted = {_SHIFTED[code] for code in codes & _SHIFTED.keys()} if codes & SHIFTS else set()
    return {keymap[code] for code in codes | shifted if code in keymap}


class Modifiers:
    """Which modifier keys are down on any node of one device. `codes`: the keys that count as modifiers."""

    def __init__(self, codes: Collection[int] = ()) -> None:
        self._codes = frozenset(codes)
        self._nodes: list[set[int]] = []

    def node(self, down: Collection[int]) -> "NodeModifiers":
        """Returns the part of one node, whose keys `down` are down now."""
        held: set[int] = set()
        self._nodes.append(held)
        return NodeModifiers(self, self._codes, held, down)

    def meaning(self, code: int, keymap: Mapping[int, str]) -> str | None:
        """Returns what a key means that is pressed now; None for nothing."""
        symbol = keymap.get(code)
        down = frozenset().union(*self._nodes)
        if symbol not in SYMBOLS or not down:
            return symbol
        if down & OTHERS:
            return None
        if code in _SHIFTED:
            return keymap.get(_SHIFTED[code])
        return None if symbol in _DIGITS else symbol


class NodeModifiers:
    """The modifier keys of one node."""

    def __init__(self, all_nodes: Modifiers, codes: frozenset[int], held: set[int], down: Collection[int]) -> None:
        self._all = all_nodes
        self._codes = codes
        self._held = held
        self.reset(down)

    def reset(self, down: Collection[int]) -> None:
        """Takes note of all keys of the node that are down."""
        self._held.clear()
        self._held.update(self._codes.intersection(down))

    def move(self, code: int, *, down: bool) -> None:
        """Takes note of a key that went down or up."""
        if code in self._codes:
            (self._held.add if down else self._held.discard)(code)

    def meaning(self, code: int, keymap: Mapping[int, str]) -> str | None:
        """Returns what a key of this node means that is pressed now; None for nothing."""
        return self._all.meaning(code, keymap)
