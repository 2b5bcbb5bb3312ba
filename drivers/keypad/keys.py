"""Which key means which symbol, by the kernel's key codes (linux/input-event-codes.h).

A keypad sends KEY_KP7 whatever Num Lock says, as long as the system interprets it. Some translate in their own firmware
and send KEY_HOME instead: both mean "7". What no keypad agrees on is decided here and can be changed by configuration:

- few keypads have a "#": the "/" key is "#", beside the "*" as on a telephone;
- "." and Delete are one key in two Num Lock states: both clear, as Esc does; "-" takes the last digit back;
- A to D are the fourth column of a telephone's keys; E and F, which only whole keyboards have, make passwords complete;
- "+", "=", "00", Tab and Num Lock mean nothing. A "000" key sends three zeros and is three zeros.
"""

import difflib
from collections.abc import Mapping
from typing import Final, Literal, get_args

from drivers.keypad.codes import CODES, code_of, full_name

Symbol = Literal[
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "*",
    "#",
    "A",
    "B",
    "C",
    "D",
    "E",
    "F",
    "call",
    "backspace",
    "clear",
]
SYMBOLS: Final[tuple[str, ...]] = get_args(Symbol)

_NAVIGATION = ("INSERT", "END", "DOWN", "PAGEDOWN", "LEFT", "", "RIGHT", "HOME", "UP", "PAGEUP")
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    # the first name of each is the key that a keypad most likely has
    **{str(digit): (f"KP{digit}", str(digit), f"NUMERIC_{digit}", _NAVIGATION[digit]) for digit in range(10)},
    **{letter: (f"NUMERIC_{letter}", letter) for letter in "ABCD"},
    "E": ("E",),
    "F": ("F",),
    "*": ("KPASTERISK", "NUMERIC_STAR"),
    "#": ("KPSLASH", "NUMERIC_POUND"),
    "call": ("KPENTER", "ENTER", "PHONE", "PICKUP_PHONE"),
    "backspace": ("BACKSPACE", "KPMINUS"),
    "clear": ("ESC", "KPDOT", "KPCOMMA", "DELETE", "CLEAR", "CANCEL"),
}

KEYMAP: Final[Mapping[int, str]] = {
    CODES[f"KEY_{name}"]: symbol for symbol, names in _NAMES.items() for name in names if name
}
"""Key code to symbol, before configuration."""

DIGIT_ROWS: Final = (
    frozenset(CODES[f"KEY_KP{digit}"] for digit in range(10)),
    frozenset(CODES[f"KEY_{digit}"] for digit in range(10)),
)
"""`auto` selects a device that has all keys of one of these. The telephone digits (KEY_NUMERIC_*) are not among them:
speakerphones have those, too, and their driver reads them from the reports."""

ALIKE: Final = 0.65
"""How similar a name must be to be proposed (difflib's ratio): HASH is 0.67 like SLASH, and WARP 0.6 like WAKEUP."""

LETTERS: Final = frozenset(range(16, 26))
"""KEY_Q to KEY_P: what a whole keyboard has and a keypad does not."""

OF_A_REMOTE: Final = frozenset(
    CODES[f"KEY_{name}"] for name in ("OK", "INFO", "CHANNELUP", "CHANNELDOWN", "RED", "EPG")
)
"""What remote controls of televisions have next to their digits. Keypads type with HID's keyboard page, which has none
of these; their consumer keys, which may have them all, are a node of their own."""


def canonical(name: str) -> str:
    """Returns the one name of a key that a configuration may name: "F1" is "KEY_F1"; a symbol such as "1" stays itself.

    A symbol stands for all keys that carry it. Raises ValueError, with the nearest names: when there is no such key.
    """
    if name in _NAMES:
        return name
    if full := full_name(name):
        return full
    raise ValueError(f"no key `{name}`; {_nearest(name)}")


def codes_of(name: str) -> tuple[int, ...]:
    """Returns the codes of the keys of this name, the one that a keypad most likely has first.

    Raises ValueError: as `canonical` does.
    """
    known = canonical(name)
    return tuple(CODES[f"KEY_{each}"] for each in _NAMES[known] if each) if known in _NAMES else (code_of(known),)


def _nearest(name: str) -> str:
    names = {_without_prefix(full): full for full in CODES}  # what they share would make any two of them similar
    close = difflib.get_close_matches(_without_prefix(name.upper()), names, n=3, cutoff=ALIKE)
    choice = " or ".join(names[each] for each in close)
    return f"did you mean {choice}?" if choice else f"expected {' '.join(SYMBOLS)}, or KEY_F1, KEY_KPPLUS and so on"


def _without_prefix(name: str) -> str:
    return name.removeprefix("KEY_").removeprefix("BTN_")
