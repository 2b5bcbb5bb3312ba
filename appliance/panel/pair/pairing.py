"""Pairs a screen with the room: whoever stands before the box's display reads a code there, and types it on the screen.

The code is of eight digits, good for two minutes and once. There are two kinds, and one code at a time:

- **A screen asks.** Anybody who reaches the page may, so that only a few codes are shown in a minute, each is good for
  three tries, and after ten wrong ones no screen gets one for an hour: a program that guesses on and on for a year then
  finds one with a probability of less than one in a thousand.
- **A phone is invited**, by somebody who may touch the room already, or at the box. The code is in a QR code. No screen
  that asks takes its place, and wrong tries do not end it, or anybody on the network could: whoever guesses waits
  instead, as with passwords, so that thirty tries are made in two minutes at most. An invitation ends the pauses of
  those before it.
"""

import hmac
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

import structlog

from appliance.access import limits
from appliance.access.digests import digest
from appliance.access.notes import Notes
from appliance.access.roles import BOX, Caller, panel_name
from appliance.language.text import Text, Worded
from appliance.runtime.rarely import Rarely
from appliance.runtime.web.guesses import Guesses

log = structlog.get_logger()

DIGITS: Final = 8
GOOD_FOR: Final = 120.0  # seconds
TRIES: Final = 3  # of one code that a screen has asked for
SHOWN: Final = 3  # codes in a minute
MINUTE: Final = 60.0  # seconds
WRONG: Final = 10  # codes in a row, after which no screen gets one for `CLOSED`
CLOSED: Final = 3600.0  # seconds


class CannotPair(Worded):
    """Nobody can be paired now, or not with this code; says why. `wait`: seconds until trying makes sense."""

    def __init__(self, text: Text, wait: float = 0.0) -> None:
        super().__init__(text)
        self.wait = wait


class Shows(Protocol):
    """The box's display, and the panels that show what it does."""

    def show_code(self, code: str, until: float, where: str = "", matrix: str = "") -> None:
        """Shows the code until a monotonic time in seconds. `where`: the page that takes it; `matrix`: as a QR code."""

    def hide_code(self) -> None:
        """Shows it no longer."""

    def tell(self, text: Text) -> None:
        """Shows a sentence for some seconds."""


class Pairing:
    """One code at a time."""

    def __init__(
        self,
        shows: Shows,
        keep: Callable[[], Awaitable[str]],
        now: Callable[[], float],
        notes: Notes,
        *,
        has_display: bool,
    ) -> None:
        """`keep`: makes a screen's secret, and keeps its digest. `now`: monotonic seconds.

        `notes`: is told of each screen that was paired. `has_display`: else no code is shown to a screen that asks.
        """
        self._shows = shows
        self._keep = keep
        self._now = now
        self._notes = notes
        self._has_display = has_display
        self._guesses = Guesses(now, limits.EACH, limits.TOGETHER)
        self._rarely = Rarely()
        self._code = ""
        self._until = 0.0
        self._tries = 0
        self._invited = False
        self._shown: deque[float] = deque(maxlen=SHOWN)
        self._wrong = 0
        self._closed_until = 0.0

    def begin(self) -> float:
        """Shows a code to a screen that asks; returns for how many seconds it is good. Raises `CannotPair`."""
        now = self._now()
        if not self._has_display:
            raise CannotPair(Text("touch.no_display"))
        if self._invites(now) or now < self._closed_until:
            raise CannotPair(Text("touch.pair_later"))
        if len(self._shown) == SHOWN and now < self._shown[0] + MINUTE:
            raise CannotPair(Text("touch.pair_later"))
        self._shown.append(now)
        self._become(new_code(), invited=False)
        self._shows.show_code(self._code, self._until)
        return GOOD_FOR

    def invite(self, code: str, where: str, matrix: str, by: Caller = BOX) -> None:
        """Shows a phone this code as a QR code. `where`: the page that takes it, for who types. `by`: who wants it."""
        self._notes.note(by.name, "invited", by=by.by, soon=True)
        self._guesses.forget()
        self._become(code, invited=True)
        self._shows.show_code(code, self._until, where, matrix)

    async def end(self, code: str, host: str) -> str:
        """Returns the secret of a screen at an address, on which this was typed or read. Raises `CannotPair`."""
        if not self._code or self._now() >= self._until:
            self.forget()
            raise CannotPair(Text("touch.no_code"))
        if wait := self._guesses.wait(host):
            self._note_guess(host)
            raise CannotPair(Text("touch.pair_later"), wait)
        self._guesses.begin(host)
        if not hmac.compare_digest(code.encode(), self._code.encode()):
            self._count(host)
            raise CannotPair(Text("touch.wrong_code"))
        self._guesses.right(host)
        self._wrong = 0
        self.forget()
        return await self._paired(host)

    def forget(self) -> None:
        """Ends the code that there is, if there is one."""
        self._code = ""
        self._shows.hide_code()

    def _invites(self, now: float) -> bool:
        return self._invited and bool(self._code) and now < self._until

    def _become(self, code: str, *, invited: bool) -> None:
        self._code, self._invited = code, invited
        self._until, self._tries = self._now() + GOOD_FOR, TRIES

    async def _paired(self, host: str) -> str:
        secret = await self._keep()
        log.info("panel_paired", where=host)
        self._notes.note(panel_name(digest(secret)), "paired", by="panel", about=host, soon=True)
        self._shows.tell(Text("notice.paired", where=host))
        return secret

    def _count(self, host: str) -> None:
        if self._guesses.wait(host):
            self._note_guess(host)
        if self._invited:
            return
        self._tries -= 1
        self._wrong += 1
        if self._tries == 0:
            self.forget()
        if self._wrong >= WRONG:
            self._wrong = 0
            self._closed_until = self._now() + CLOSED
            self.forget()
            log.warning("panel_pairing_closed", seconds=CLOSED)

    def _note_guess(self, host: str) -> None:
        """Says that somebody guesses, who has to wait now; the display is not told, since it shows the code."""
        if (more := self._rarely.kept_back("guessed", self._now())) is not None:
            log.warning("panel_code_guessed", where=host, more=more)
            self._notes.note("", "code_guessed", about=host, soon=True)


def new_code() -> str:
    """Returns a code that nobody guesses."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))
