"""How the maintainer logs in, and how a password comes about.

Everybody who tries passes the same way: is there a password; has nobody at this address, or have not all together,
guessed too often; is the queue short enough; does it fit. Only the last costs time, and it is reached a few times a
minute at most, whoever asks however often.
"""

import math
from collections.abc import Awaitable, Callable
from typing import Final, Literal, NamedTuple

import structlog

from appliance.access.hashing import Hasher
from appliance.access.notes import Notes
from appliance.access.password import Password, check_password, random_password
from appliance.access.roles import Caller, Role
from appliance.access.sessions import Sessions
from appliance.language.text import Text, Worded
from appliance.runtime.rarely import Rarely
from appliance.runtime.web.guesses import Guesses

log = structlog.get_logger()

MAINTAINER: Final = Caller("maintainer", Role.MAINTAIN, "session")
BUSY: Final = 5.0  # seconds
Why = Literal["none", "wait", "busy", "wrong", "not_logged_in"]


class CannotLogIn(Worded):
    """Nobody is let in now, or not with this password; says why. `wait`: seconds until trying makes sense."""

    def __init__(self, why: Why, text: Text, wait: float = 0.0) -> None:
        super().__init__(text)
        self.why = why
        self.wait = wait


class Keeps(NamedTuple):
    """Where the password is. `keep` may raise `OSError`."""

    password: Callable[[], Password]
    keep: Callable[[Password], Awaitable[None]]


class Login:
    """Lets the maintainer in."""

    def __init__(
        self,
        keeps: Keeps,
        hasher: Hasher,
        sessions: Sessions,
        guesses: Guesses,
        *,
        notes: Notes,
        tell: Callable[[Text], None],
        now: Callable[[], float],
    ) -> None:
        """`tell`: shows a sentence on the display. `now`: monotonic seconds."""
        self._keeps = keeps
        self._hasher = hasher
        self._sessions = sessions
        self._guesses = guesses
        self._notes = notes
        self._tell = tell
        self._now = now
        self._rarely = Rarely()

    @property
    def has_password(self) -> bool:
        """Whether anybody can log in."""
        return bool(self._keeps.password().digest)

    async def enter(self, typed: str, host: str) -> str:
        """Returns the secret of a session of somebody who typed this at an address. Raises `CannotLogIn`."""
        await self._check(typed, host)
        log.info("maintainer_logged_in", where=host)
        self._notes.note(MAINTAINER.name, "logged_in", by="session", about=host, soon=True)
        return self._sessions.begin(MAINTAINER)

    def leave(self, secret: str, host: str) -> None:
        """Ends a session."""
        if (caller := self._sessions.end(secret)) is not None:
            log.info("maintainer_logged_out", where=host)
            self._notes.note(caller.name, "logged_out", by=caller.by, about=host)

    async def change(self, typed: str, new: str, host: str) -> str:
        """Changes the password, which ends every session; returns the secret of a new one.

        Raises `CannotLogIn`, `WeakPassword`, and `OSError` where it cannot be kept.
        """
        check_password(new)
        await self._check(typed, host)
        await self._keep(new, is_made=False)
        log.info("maintainer_password_changed", where=host)
        self._notes.note(MAINTAINER.name, "password_changed", by="session", about=host, soon=True)
        return self._sessions.begin(MAINTAINER)

    async def renew(self) -> str:
        """Returns a new random password in place of the one before. Raises `CannotLogIn` and `OSError`."""
        password = random_password()
        await self._keep(password, is_made=True)
        self._guesses.forget()
        log.info("maintainer_password_made")
        self._notes.note("box", "password_made", by="box", soon=True)
        return password

    async def _keep(self, password: str, *, is_made: bool) -> None:
        self._check_queue()
        digest = await self._hasher.digest(Password(is_made=is_made).meant(password))
        await self._keeps.keep(Password(digest, is_made))
        self._sessions.end_all()

    async def _check(self, typed: str, host: str) -> None:
        """Raises `CannotLogIn` unless this is the password."""
        password = self._keeps.password()
        if not password.digest:
            raise CannotLogIn("none", Text("login.no_password"))
        self._check_wait(host)
        self._check_queue()
        self._guesses.begin(host)
        fits = await self._hasher.fits(password.digest, password.meant(typed))
        if not fits or self._keeps.password() is not password:  # it was changed meanwhile
            self._note_wrong(host)
            raise CannotLogIn("wrong", Text("login.wrong"), self._guesses.wait(host))
        self._guesses.right(host)

    def _check_wait(self, host: str) -> None:
        if wait := self._guesses.wait(host):
            self._note_wrong(host)
            raise CannotLogIn("wait", Text("login.wait", time=_minutes(wait)), wait)

    def _check_queue(self) -> None:
        if self._hasher.is_busy:  # and that counts as no guess
            raise CannotLogIn("busy", Text("login.busy"), BUSY)

    def _note_wrong(self, host: str) -> None:
        """Says that somebody was wrong; where they have to wait now, on the display too."""
        if self._guesses.wait(host):
            self._say("maintainer_locked_out", host, display=True)
        else:
            self._say("maintainer_wrong_password", host, display=False)

    def _say(self, event: str, host: str, *, display: bool) -> None:
        if (more := self._rarely.kept_back(event, self._now())) is None:
            return
        log.warning(event, where=host, more=more)
        self._notes.note("", event.removeprefix("maintainer_"), about=host, soon=display)
        if display:
            self._tell(Text("notice.password_guessed", where=host))


def _minutes(seconds: float) -> str:
    """Returns how long that is, as `0:30`; never less."""
    whole = math.ceil(round(seconds, 3))
    return f"{whole // 60}:{whole % 60:02}"
