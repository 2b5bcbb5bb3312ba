"""What a client is told once: who it is, where brokers are, and who hears of what."""

from collections.abc import Awaitable, Callable
from typing import Protocol

import msgspec
import trio

from appliance.fleet.mqtt.link.packets import Filter, Publish, Will
from appliance.fleet.mqtt.link.stream import Secure

OpenStream = Callable[[str], Awaitable[trio.abc.Stream]]
"""Opens a connection to a host. Raises `LinkError`."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Who we are and where. `birth`: what the will's topic says while we are here. Times are in seconds.

    `will` None: whoever only listens says nothing, neither birth nor end. `rooms`: how many share the broker, see
    `waits`.
    """

    hosts: tuple[str, ...]
    port: int
    client_id: str
    will: Will | None
    birth: bytes = b""
    filters: tuple[Filter, ...] = ()
    secure: Secure | None = None
    user: str | None = None
    password: bytes | None = None
    keepalive: int = 60
    session_expiry: int = 0
    rooms: int = 1000

    def __repr__(self) -> str:
        return f"Settings(hosts={self.hosts!r}, client_id={self.client_id!r})"


class Hears(Protocol):
    """Who is told what happens on the link; each returns at once."""

    def message(self, message: Publish) -> None:
        """A message of a topic that was asked for."""

    def connected(self, *, kept: bool) -> None:
        """The broker is there; `kept`: it has kept the session of before."""

    def lost(self, reason: str) -> None:
        """It is not, or no longer."""

    def arrived(self, topic: str) -> None:
        """The broker has acknowledged what was said on a topic."""

    def starts_clean(self) -> bool:
        """Returns whether the broker is to forget what it has kept for us, as it is before the first connection."""
