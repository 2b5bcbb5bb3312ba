"""The gate: says of each request, and of each WebSocket, who sent it.

Somebody is known in one of these ways:

- A screen on the box itself may touch, without a login: whoever sits there holds the box in his hands. It may not
  maintain: every program on the box comes from the same address, its browser too, and so does everybody behind a proxy
  that somebody sets up there.
- A screen that was paired may touch. It shows the secret that it was given then.
- Whoever logged in, and a program with a token, have the role that they were given.

Secrets count only over HTTPS, or on the box itself: what was read along once is everybody's. A program that shows a
token is that program or nobody, wherever it runs: a token that is over must not be mistaken for one that is good.
"""

from collections.abc import Callable, Iterable
from typing import Final, Protocol

from starlette.types import Scope

from appliance.access.digests import digest
from appliance.access.roles import BOX, Caller, Role, panel_name
from appliance.access.shown import bearer_of, cookie_of, is_by_hand, is_local, is_private

PANEL_COOKIE: Final = "offhook-panel"
SESSION_COOKIE: Final = "__Host-offhook"  # RFC 6265bis, 4.1.3.2: browsers take it over HTTPS alone, and for this host


class Knows(Protocol):
    """Knows programs by their tokens."""

    def caller(self, secret: str) -> Caller | None:
        """Returns whose secret this is; None: nobody's, or one that is over."""


class KnowsSessions(Protocol):
    """Knows those who logged in."""

    def caller(self, secret: str, *, uses: bool) -> Caller | None:
        """Returns whose secret this is; None: nobody's, or one that is over. `uses`: this counts as using it."""


class Gate:
    """Knows who is who. Without arguments it knows the box itself and nobody else."""

    def __init__(
        self,
        panels: Callable[[], Iterable[str]] = tuple,
        *,
        sessions: KnowsSessions | None = None,
        tokens: Knows | None = None,
        view_is_open: bool = True,
    ) -> None:
        """`panels`: the digests of the secrets of screens that were paired, which may change at any time.

        `view_is_open`: whether anybody may look.
        """
        self._panels = panels
        self._sessions = sessions
        self._tokens = tokens
        self._view_is_open = view_is_open

    def caller(self, scope: Scope) -> Caller | None:
        """Returns who sends a request, or wants a WebSocket; None: nobody that is known."""
        token = bearer_of(scope)
        if token is not None:
            return self._program(token, scope)
        return self._maintainer(scope) or (BOX if is_local(scope) else self._panel(scope))

    def allows(self, scope: Scope, least: Role) -> bool:
        """Returns whether whoever sends this may do what needs a role: looking may be open to everybody."""
        caller = self.caller(scope)
        if caller is None:
            return least is Role.VIEW and self._view_is_open and bearer_of(scope) is None
        return caller.may(least)

    def _program(self, token: str, scope: Scope) -> Caller | None:
        return self._tokens.caller(token) if self._tokens is not None and token and is_private(scope) else None

    def _maintainer(self, scope: Scope) -> Caller | None:
        secret = cookie_of(scope, SESSION_COOKIE)
        if self._sessions is None or not secret or not is_private(scope):
            return None
        return self._sessions.caller(secret, uses=is_by_hand(scope))

    def _panel(self, scope: Scope) -> Caller | None:
        secret = cookie_of(scope, PANEL_COOKIE)
        if not secret or not is_private(scope) or (kept := digest(secret)) not in set(self._panels()):
            return None
        return Caller(panel_name(kept), Role.TOUCH, "panel")
