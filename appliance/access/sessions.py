"""Who is logged in. A session ends when nobody used it for a while, and after half a day in any case.

Time is that of a clock that nobody can set: a wrong time of day ends no session and keeps none. Sessions are not kept
over a restart. Of each secret only the digest is held: a picture of the memory lets nobody in.
"""

import secrets
from collections.abc import Callable
from typing import Final

from appliance.access.digests import digest
from appliance.access.roles import Caller

IDLE: Final = 30 * 60.0  # seconds
LONGEST: Final = 12 * 3600.0  # seconds
MOST: Final = 20  # sessions; the one that was used least lately ends


class Sessions:
    """All sessions. `now`: monotonic seconds. `idle`, `longest`: seconds."""

    def __init__(self, now: Callable[[], float], idle: float = IDLE, longest: float = LONGEST) -> None:
        self._now = now
        self._idle = idle
        self._longest = longest
        self._open: dict[str, _Session] = {}  # by the digest of its secret, the one used least lately first

    def begin(self, caller: Caller) -> str:
        """Returns the secret of a new session of somebody."""
        self._forget()
        while len(self._open) >= MOST:
            del self._open[next(iter(self._open))]
        secret = secrets.token_urlsafe(32)
        self._open[digest(secret)] = _Session(caller, self._now())
        return secret

    def caller(self, secret: str, *, uses: bool = True) -> Caller | None:
        """Returns whose session this is; None: nobody's, or it is over. `uses`: this counts as using it."""
        self._forget()
        kept = digest(secret)
        session = self._open.get(kept)
        if session is None:
            return None
        if uses:
            session.used = self._now()
            self._open[kept] = self._open.pop(kept)
        return session.caller

    def end(self, secret: str) -> Caller | None:
        """Ends a session; returns whose it was."""
        session = self._open.pop(digest(secret), None)
        return None if session is None else session.caller

    def end_all(self) -> None:
        """Ends all of them."""
        self._open.clear()

    def __len__(self) -> int:
        """How many are open."""
        self._forget()
        return len(self._open)

    def _forget(self) -> None:
        now = self._now()
        for kept, session in list(self._open.items()):
            if now >= session.used + self._idle or now >= session.begun + self._longest:
                del self._open[kept]


class _Session:
    def __init__(self, caller: Caller, now: float) -> None:
        self.caller = caller
        self.begun = now
        self.used = now
