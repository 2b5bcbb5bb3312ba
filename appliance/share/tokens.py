"""Tokens by which a program comes in again, as a terminal gives them: instead of its password, for thirty days."""

import secrets
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from appliance.share.grants import Grant

LIFETIME: Final = 30 * 24 * 3600.0  # seconds
MOST: Final = 500
"""Tokens that are good at once; more than any fleet of programs needs. The oldest makes room."""
OF_ONE: Final = 50
"""Those of one name: a program that asks again and again costs no other its token."""


class _Held(msgspec.Struct, frozen=True):
    grant: Grant
    expires: float


class Tokens:
    """The tokens that are good. They are lost when the appliance restarts, and programs have their passwords still."""

    def __init__(self, now: Callable[[], float], lifetime: float = LIFETIME) -> None:
        """`now`: monotonic seconds; `lifetime`: seconds."""
        self._now = now
        self._lifetime = lifetime
        self._held: dict[str, _Held] = {}  # the oldest first

    def give(self, grant: Grant) -> str:
        """Returns a new token for a grant: a secret."""
        self._held = {token: held for token, held in self._held.items() if self._now() < held.expires}
        self._make_room([token for token, held in self._held.items() if held.grant.name == grant.name], OF_ONE)
        self._make_room(list(self._held), MOST)
        token = secrets.token_urlsafe(32)
        self._held[token] = _Held(grant, self._now() + self._lifetime)
        return token

    def _make_room(self, tokens: Sequence[str], most: int) -> None:
        for token in tokens[: max(0, len(tokens) + 1 - most)]:
            del self._held[token]

    def grant(self, token: str) -> Grant | None:
        """Returns what a token is good for; None for nothing."""
        held = self._held.get(token)
        return held.grant if held is not None and self._now() < held.expires else None

    def clear(self) -> None:
        """Makes every token worthless."""
        self._held.clear()
