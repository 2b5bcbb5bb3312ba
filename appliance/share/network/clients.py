"""The programs that the configuration names: each comes in by a secret of its own, and nobody without one."""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

import msgspec
import structlog

from appliance.runtime.rarely import Rarely
from appliance.runtime.web.guesses import Guesses, Limit
from appliance.share.grants import Grant

log = structlog.get_logger()

LIMIT: Final = Limit(free=10, first=60.0, longest=60.0, within=60.0)
"""How often an address may be wrong: a person mistypes a few times, a program guesses on.

That some program there is right takes nothing back, and addresses do not wait for each other: behind one address may be
many programs, and which addresses there are is listed.
"""


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
        self._rarely = Rarely()
        self._grants = [(_digest(client.secret), client.grant) for client in clients]

    def door(self, host: str) -> "Door":
        """Returns who is let in that comes from an address."""
        return Door(self, host)

    def grant(self, credentials: str) -> Grant | None:
        """Returns whose these credentials are; None for nobody's."""
        shown = _digest(credentials)
        found = [grant for secret, grant in self._grants if hmac.compare_digest(secret, shown)]
        return found[0] if found else None

    def note_wrong(self, host: str) -> None:
        """Counts a guess, and says so in the log."""
        self.guesses.begin(host)
        event = "programs_locked_out" if self.guesses.wait(host) else "program_wrong_credentials"
        if (more := self._rarely.kept_back(event, self.guesses.now())) is not None:
            log.warning(event, where=host, more=more)


class Door:
    """Lets in the programs of the configuration, at one connection; too many guesses from its address close it."""

    secured: Final = True

    def __init__(self, clients: Clients, host: str) -> None:
        self._clients = clients
        self._host = host

    def enter(self, credentials: str | None) -> Grant | None:
        """Returns what a program with these credentials may do."""
        if credentials is None or self._clients.guesses.wait(self._host):
            return None
        grant = self._clients.grant(credentials)
        if grant is None:
            self._clients.note_wrong(self._host)
        return grant


def _digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
