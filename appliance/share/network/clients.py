"""The programs that the configuration names: each comes in by a secret of its own, and nobody without one."""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

import msgspec

from appliance.share.grants import Grant
from appliance.share.network.guesses import Guesses


class Client(msgspec.Struct, frozen=True):
    """A program: what it may do, and its secret, which `repr` does not show."""

    grant: Grant
    secret: str

    def __repr__(self) -> str:
        return f"Client(grant={self.grant!r})"


class Clients:
    """All of them. Only digests are kept: comparing those takes as long whatever is shown."""

    def __init__(self, clients: Iterable[Client], guesses: Guesses) -> None:
        self.guesses = guesses
        self._grants = [(_digest(client.secret), client.grant) for client in clients]

    def door(self, host: str) -> "Door":
        """Returns who is let in that comes from an address."""
        return Door(self, host)

    def grant(self, credentials: str) -> Grant | None:
        """Returns whose these credentials are; None for nobody's."""
        shown = _digest(credentials)
        found = [grant for secret, grant in self._grants if hmac.compare_digest(secret, shown)]
        return found[0] if found else None


class Door:
    """Lets in the programs of the configuration, at one connection; too many guesses from its address close it."""

    secured: Final = True

    def __init__(self, clients: Clients, host: str) -> None:
        self._clients = clients
        self._host = host

    def enter(self, credentials: str | None) -> Grant | None:
        """Returns what a program with these credentials may do."""
        if credentials is None or self._clients.guesses.too_many(self._host):
            return None
        grant = self._clients.grant(credentials)
        if grant is None:
            self._clients.guesses.wrong(self._host)
        return grant


def _digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
