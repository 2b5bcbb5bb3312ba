"""What a reader types becomes lines. No I/O and no clock of its own.

Readers of badges and codes are keyboards to the kernel: they type what they read (US layout), then Enter or Tab.
"""

from collections.abc import Mapping
from typing import Final

from drivers.keypad.reader import KeyEvent

LONGEST: Final = 256
"""Characters of a line; what types more is not read to its end."""
TOGETHER: Final = 1.0
"""Seconds between two keys of one line at most; what was begun before is forgotten."""

SHIFT: Final = "shift"
END: Final = "end"

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
    55: "**",
    57: "  ",
    98: "//",
    **dict.fromkeys((42, 54), SHIFT),
    **dict.fromkeys((15, 28, 96), END),
}
"""Key code (linux/input-event-codes.h) to the two characters of the key, plain and with Shift; or `SHIFT`, or `END`."""


class Lines:
    """Puts keys together. Times are seconds on any one clock that never runs back."""

    def __init__(self) -> None:
        self._text = ""
        self._shifts = 0
        self._last_at = 0.0

    def key(self, event: KeyEvent, at: float) -> str | None:
        """The line that this key ends; None where it ends none, an empty one, or one that was too long."""
        if event.symbol == SHIFT:
            self._shifts = max(0, self._shifts + (1 if event.down else -1))
            return None
        if not event.down:
            return None
        if at > self._last_at + TOGETHER:
            self._text = ""
        self._last_at = at
        if event.symbol == END:
            return self._ended()
        if len(self._text) <= LONGEST:  # one more tells that it was too long
            self._text += event.symbol[bool(self._shifts)]
        return None

    def _ended(self) -> str | None:
        line, self._text = self._text.strip(), ""
        return line if 0 < len(line) <= LONGEST else None
