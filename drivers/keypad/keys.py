"""Which key means which symbol: the kernel's key codes (linux/input-event-codes.h) and what we make of them.

A keypad sends KEY_KP7 whatever Num Lock says, as long as the system interprets it. Some translate in their own firmware
and send KEY_HOME instead: both mean "7". What no keypad agrees on is decided here and can be changed by configuration:

- few keypads have a "#": the "/" key is "#", beside the "*" as on a telephone;
- "." and Delete are one key in two Num Lock states: both clear, as Esc does; "-" takes the last digit back;
- "+", "=", "00", Tab and Num Lock mean nothing. A "000" key sends three zeros and is three zeros.
"""

from collections.abc import Mapping
from typing import Final, Literal, get_args

Symbol = Literal[
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "A", "B", "C", "D", "call", "backspace", "clear"
]
SYMBOLS: Final[tuple[str, ...]] = get_args(Symbol)

CODES: Final[Mapping[str, int]] = {
    **{f"KEY_{digit}": 1 + digit if digit else 11 for digit in range(10)},
    **{f"KEY_NUMERIC_{digit}": 0x200 + digit for digit in range(10)},
    **{f"KEY_F{number}": 58 + number for number in range(1, 11)},
    "KEY_ESC": 1,
    "KEY_MINUS": 12,
    "KEY_EQUAL": 13,
    "KEY_BACKSPACE": 14,
    "KEY_TAB": 15,
    "KEY_ENTER": 28,
    "KEY_A": 30,
    "KEY_B": 48,
    "KEY_C": 46,
    "KEY_D": 32,
    "KEY_KPASTERISK": 55,
    "KEY_SPACE": 57,
    "KEY_NUMLOCK": 69,
    "KEY_KP7": 71,
    "KEY_KP8": 72,
    "KEY_KP9": 73,
    "KEY_KPMINUS": 74,
    "KEY_KP4": 75,
    "KEY_KP5": 76,
    "KEY_KP6": 77,
    "KEY_KPPLUS": 78,
    "KEY_KP1": 79,
    "KEY_KP2": 80,
    "KEY_KP3": 81,
    "KEY_KP0": 82,
    "KEY_KPDOT": 83,
    "KEY_F11": 87,
    "KEY_F12": 88,
    "KEY_KPENTER": 96,
    "KEY_KPSLASH": 98,
    "KEY_HOME": 102,
    "KEY_UP": 103,
    "KEY_PAGEUP": 104,
    "KEY_LEFT": 105,
    "KEY_RIGHT": 106,
    "KEY_END": 107,
    "KEY_DOWN": 108,
    "KEY_PAGEDOWN": 109,
    "KEY_INSERT": 110,
    "KEY_DELETE": 111,
    "KEY_KPEQUAL": 117,
    "KEY_KPPLUSMINUS": 118,
    "KEY_KPCOMMA": 121,
    "KEY_CANCEL": 223,
    "KEY_PHONE": 169,
    "KEY_KPLEFTPAREN": 179,
    "KEY_KPRIGHTPAREN": 180,
    "KEY_CLEAR": 355,
    "KEY_PICKUP_PHONE": 445,
    "KEY_NUMERIC_STAR": 522,
    "KEY_NUMERIC_POUND": 523,
    "KEY_NUMERIC_A": 524,
    "KEY_NUMERIC_B": 525,
    "KEY_NUMERIC_C": 526,
    "KEY_NUMERIC_D": 527,
}
"""The keys that a configuration may name, with the kernel's code of each."""

_NAVIGATION = ("INSERT", "END", "DOWN", "PAGEDOWN", "LEFT", "", "RIGHT", "HOME", "UP", "PAGEUP")
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    # the first name of each is the key that a keypad most likely has
    **{str(digit): (f"KP{digit}", str(digit), f"NUMERIC_{digit}", _NAVIGATION[digit]) for digit in range(10)},
    **{letter: (f"NUMERIC_{letter}", letter) for letter in "ABCD"},
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
"""A device with all keys of one of these can be a keypad. The telephone digits (KEY_NUMERIC_*) are not here: a
speakerphone has those too, and its driver reads them elsewhere."""

LETTERS: Final = frozenset(range(16, 26))
"""KEY_Q to KEY_P: what a whole keyboard has and a keypad has not."""


def code_of(symbol: str) -> int:
    """The code of the key that most likely carries this symbol; ValueError where there is none."""
    if symbol not in _NAMES:
        raise ValueError(f"no key {symbol!r}: expected one of {' '.join(SYMBOLS)}")
    return CODES[f"KEY_{_NAMES[symbol][0]}"]
