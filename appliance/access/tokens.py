"""Tokens: each lets one program in, with a role, for ever or until a time of day. Of a token its digest is kept.

A token has 256 random bits, in which nothing can be guessed: a plain SHA-256 hides it as well as a slow digest would.
"""

import hmac
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

import msgspec

from appliance.access.digests import digest
from appliance.access.kept import Kept
from appliance.access.roles import Caller, Role, Word

FILE: Final = "tokens.json"
MOST: Final = 64
DAYS: Final = 3650  # at most
PREFIX: Final = "offhook_"  # scanners of repositories find by it what was published by mistake
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_DAY: Final = 86_400  # seconds


class Token(msgspec.Struct, frozen=True):
    """One token. `made`, `until`: Unix seconds; `until` None: for ever."""

    name: str
    role: Word
    digest: str
    made: int
    until: int | None = None

    def is_over(self, now: float) -> bool:
        """Returns whether it is over at a time in Unix seconds."""
        return self.until is not None and now >= self.until


class All(msgspec.Struct, frozen=True):
    """All tokens of a box, as they are kept."""

    tokens: tuple[Token, ...] = ()


class TokenError(ValueError):
    """A token cannot be made or removed; says why."""


def kept_tokens(folder: Path | None) -> Kept[All]:
    """Returns the file of all tokens; `folder`: the service's state folder."""
    return Kept(folder, FILE, All())


class Tokens:
    """The tokens that let somebody in. `clock`: the time of day, None while it is not known."""

    def __init__(self, clock: Callable[[], datetime | None]) -> None:
        self._clock = clock
        self._tokens: tuple[Token, ...] = ()

    def take(self, tokens: tuple[Token, ...]) -> None:
        """Takes these in place of those before."""
        self._tokens = tokens

    def caller(self, secret: str) -> Caller | None:
        """Returns whose token this is; None: nobody's, or one that is over, or may be: the time of day is not known."""
        shown = digest(secret)
        found = [token for token in self._tokens if hmac.compare_digest(token.digest, shown)]
        if not found or not self._is_good(found[0]):
            return None
        return Caller(found[0].name, Role.of(found[0].role), "token")

    def _is_good(self, token: Token) -> bool:
        now = self._clock()
        return token.until is None or (now is not None and not token.is_over(now.timestamp()))


def with_token(every: All, name: str, role: Role, days: int | None, now: datetime | None = None) -> tuple[All, str]:
    """Returns the tokens with one more, and that token. Raises `TokenError`."""
    if not _NAME.fullmatch(name):
        raise TokenError(f"`{name}` is not a name; expected 1 to 40 letters, digits, dots, hyphens and underscores")
    if any(token.name == name for token in every.tokens):
        raise TokenError(f"there is a token `{name}` already; remove it first, or take another name")
    if len(every.tokens) >= MOST:
        raise TokenError(f"there are {MOST} tokens already; remove one first")
    secret, made = PREFIX + secrets.token_urlsafe(32), int((now or datetime.now(UTC)).timestamp())
    until = None if days is None else made + days * _DAY
    return All((*every.tokens, Token(name, cast("Word", role.word), digest(secret), made, until))), secret


def without_token(every: All, name: str) -> All:
    """Returns the tokens without one. Raises `TokenError`."""
    left = tuple(token for token in every.tokens if token.name != name)
    if len(left) == len(every.tokens):
        raise TokenError(f"there is no token `{name}`; `offhook access token list` shows them")
    return All(left)
