"""The keys that a configuration may name, by the kernel's names and with its codes (linux/input-event-codes.h)."""

from collections.abc import Iterator, Mapping
from typing import Final

_ROWS: Final = (
    (2, "1 2 3 4 5 6 7 8 9 0 MINUS EQUAL BACKSPACE TAB"),
    (16, "Q W E R T Y U I O P LEFTBRACE RIGHTBRACE ENTER LEFTCTRL"),
    (30, "A S D F G H J K L SEMICOLON APOSTROPHE GRAVE LEFTSHIFT BACKSLASH"),
    (44, "Z X C V B N M COMMA DOT SLASH RIGHTSHIFT KPASTERISK LEFTALT SPACE CAPSLOCK"),
    (59, "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NUMLOCK SCROLLLOCK"),
    (71, "KP7 KP8 KP9 KPMINUS KP4 KP5 KP6 KPPLUS KP1 KP2 KP3 KP0 KPDOT"),
    (87, "F11 F12"),
    (96, "KPENTER RIGHTCTRL KPSLASH SYSRQ RIGHTALT"),
    (102, "HOME UP PAGEUP LEFT RIGHT END DOWN PAGEDOWN INSERT DELETE"),
    (113, "MUTE VOLUMEDOWN VOLUMEUP"),
    (117, "KPEQUAL KPPLUSMINUS PAUSE"),
    (125, "LEFTMETA RIGHTMETA COMPOSE"),
    (139, "MENU CALC"),
    (158, "BACK FORWARD"),
    (163, "NEXTSONG PLAYPAUSE PREVIOUSSONG STOPCD"),
    (179, "KPLEFTPAREN KPRIGHTPAREN"),
    (183, "F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24"),
    (352, "OK SELECT"),
    (398, "RED GREEN YELLOW BLUE"),
    (445, "PICKUP_PHONE HANGUP_PHONE"),
    (512, "NUMERIC_0 NUMERIC_1 NUMERIC_2 NUMERIC_3 NUMERIC_4 NUMERIC_5 NUMERIC_6 NUMERIC_7 NUMERIC_8 NUMERIC_9"),
    (522, "NUMERIC_STAR NUMERIC_POUND NUMERIC_A NUMERIC_B NUMERIC_C NUMERIC_D"),
)
_SINGLE: Final = {
    "ESC": 1,
    "KPCOMMA": 121,
    "MAIL": 155,
    "PHONE": 169,
    "HOMEPAGE": 172,
    "CANCEL": 223,
    "MICMUTE": 248,
    "CLEAR": 355,
}


def _all() -> Iterator[tuple[str, int]]:
    yield from _SINGLE.items()
    for first, names in _ROWS:
        yield from ((name, first + place) for place, name in enumerate(names.split()))


CODES: Final[Mapping[str, int]] = {f"KEY_{name}": code for name, code in _all()}
"""Name to code."""
