"""What the keys of a reader type: the US layout, which is what readers assume unless they are set up otherwise."""

from collections.abc import Mapping
from typing import Final

from drivers.keypad.codes import CODES

SHIFT: Final = "shift"
CTRL: Final = "ctrl"
ALT: Final = "alt"
OTHER_MODIFIER: Final = "modifier"
CAPS_LOCK: Final = "caps lock"
END: Final = "end"
UNKNOWN: Final = "unknown"
"""A key that types a character of another layout, edits what was typed, or stands for something that a PC is to do.

Some readers send the separators of a code as function keys: without them the rest would look like another code.
"""

_ROWS: Final = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (71, "789-456+1230.", "789-456+1230."),  # the numeric block
)
TYPED: Final[Mapping[int, str]] = {
    **{
        first + place: pair[0] + pair[1] for first, *rows in _ROWS for place, pair in enumerate(zip(*rows, strict=True))
    },
    **{CODES[f"KEY_{name}"]: sign * 2 for name, sign in {"KPASTERISK": "*", "SPACE": " ", "KPSLASH": "/"}.items()},
    **{CODES[f"KEY_{name}"]: sign * 2 for name, sign in {"KPEQUAL": "=", "KPCOMMA": ","}.items()},
    **{CODES[f"KEY_KP{side}PAREN"]: sign * 2 for side, sign in {"LEFT": "(", "RIGHT": ")"}.items()},
    **{CODES[f"KEY_{name}SHIFT"]: SHIFT for name in ("LEFT", "RIGHT")},
    **{CODES[f"KEY_{name}"]: END for name in ("TAB", "ENTER", "KPENTER")},
}
"""Key code to the two characters of the key, plain and with Shift; or `SHIFT`, or `END`."""

_UNKNOWN: Final = (
    "102ND RO YEN ZENKAKUHANKAKU KATAKANA HIRAGANA HENKAN KATAKANAHIRAGANA MUHENKAN HANGEUL HANJA KPJPCOMMA "
    "KPPLUSMINUS COMPOSE ESC BACKSPACE DELETE INSERT HOME END PAGEUP PAGEDOWN UP DOWN LEFT RIGHT "
    "CUT COPY PASTE UNDO REDO AGAIN DOLLAR EURO F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15 F16 F17 F18 F19 F20 "
    "F21 F22 F23 F24"
)
READER_KEYS: Final[Mapping[int, str]] = {
    **TYPED,
    **{CODES[f"KEY_{side}CTRL"]: CTRL for side in ("LEFT", "RIGHT")},
    **{CODES[f"KEY_{name}"]: OTHER_MODIFIER for name in ("RIGHTALT", "LEFTMETA", "RIGHTMETA")},
    **{CODES[f"KEY_{name}"]: UNKNOWN for name in _UNKNOWN.split()},
    CODES["KEY_LEFTALT"]: ALT,
    CODES["KEY_CAPSLOCK"]: CAPS_LOCK,
}
"""`TYPED`, and all other keys that change what a line is. Num Lock and volume keys, for example, change nothing."""
