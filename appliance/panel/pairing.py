"""Pairs a screen with the room: whoever stands before the box's display reads a code there, and types it on the screen.

The code is of eight digits, good for two minutes and for three tries. Codes can be asked for by anybody who reaches the
page, so that only a few are shown in a minute, and after ten wrong ones nobody is paired for an hour: a program that
guesses on and on for a year then finds one with a probability of less than one in a thousand.
"""

import hmac
import secrets
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

import structlog

from appliance.language.text import Text, Worded

log = structlog.get_logger()

DIGITS: Final = 8
GOOD_FOR: Final = 120.0  # seconds
TRIES: Final = 3  # of one code
SHOWN: Final = 3  # codes in a minute
MINUTE: Final = 60.0  # seconds
WRONG: Final = 10  # codes in a row, after which nobody is paired for `CLOSED`
CLOSED: Final = 3600.0  # seconds


class CannotPair(Worded):
    """Nobody can be paired now, or not with this code; says why."""


class Shows(Protocol):
    """The box's display."""

    def show_code(self, code: str, until: float) -> None:
        """Shows the code, until a monotonic time in seconds."""

    def hide_code(self) -> None:
        """Shows it no longer."""


class Pairing:
    """One code at a time."""

    def __init__(self, display: Shows | None, keep: Callable[[], str], now: Callable[[], float]) -> None:
        """`display`: None where there is none. `keep`: makes a panel's secret, and keeps its digest."""
        self._display = display
        self._keep = keep
        self._now = now
        self._code = ""
        self._until = 0.0
        self._tries = 0
        self._shown: deque[float] = deque(maxlen=SHOWN)
        self._wrong = 0
        self._closed_until = 0.0

    def begin(self) -> float:
        """Shows a code on the display; returns for how many seconds it is good. Raises `CannotPair`."""
        now = self._now()
        if self._display is None:
            raise CannotPair(Text("touch.no_display"))
        if now < self._closed_until or (len(self._shown) == SHOWN and now < self._shown[0] + MINUTE):
            raise CannotPair(Text("touch.pair_later"))
        self._shown.append(now)
        self._code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        self._until, self._tries = now + GOOD_FOR, TRIES
        self._display.show_code(self._code, self._until)
        return GOOD_FOR

    def end(self, code: str) -> str:
        """Returns the secret of a screen on which this was typed. Raises `CannotPair`."""
        if not self._code or self._now() >= self._until:
            self._forget()
            raise CannotPair(Text("touch.no_code"))
        if not hmac.compare_digest(code.encode(), self._code.encode()):
            self._count()
            raise CannotPair(Text("touch.wrong_code"))
        self._wrong = 0
        self._forget()
        log.info("panel_paired")
        return self._keep()

    def _count(self) -> None:
        self._tries -= 1
        self._wrong += 1
        if self._tries == 0:
            self._forget()
        if self._wrong >= WRONG:
            self._wrong = 0
            self._closed_until = self._now() + CLOSED
            self._forget()
            log.warning("panel_pairing_closed", seconds=CLOSED)

    def _forget(self) -> None:
        self._code = ""
        if self._display is not None:
            self._display.hide_code()
