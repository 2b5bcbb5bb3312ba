"""Whether an appliance runs on this machine, and which terminal it controls: for commands that would evict it.

How it works: the running process binds a socket in Linux' abstract namespace (unix(7)) whose name says who it is. The
kernel lists such names in /proc/net/unix for everybody, and drops one at the moment its process ends, however it ends.
So nothing is stale, no folder needs permissions, nobody has to answer (a loop that hangs is still seen), and it works
for a service, for `offhook run` by hand and for the demo alike. A lock file in /run would be the service's alone; the
status page is optional, may need a certificate, and does not tell which process it belongs to. The namespace belongs to
the network: an appliance in a container of its own is not seen from outside, nor does the container see ours.
"""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec
import structlog

log = structlog.get_logger()

PREFIX = "offhook/appliance/"
LONGEST = 107  # bytes of a name (sun_path, without the leading zero)
LISTED = Path("/proc/net/unix")
ANYWHERE = "*"


class Presence(msgspec.Struct, frozen=True):
    """A running appliance: its process, its terminal, and the account it has there; empty while that is not known.

    `host` is as its configuration says, `*` where that is too long to be told.
    """

    pid: int
    host: str
    web_port: int
    account: str = ""

    @property
    def name(self) -> str:
        """The socket's name, without the zero in front."""
        tail = f"/{self.web_port}/{self.account}"
        name = f"{PREFIX}{self.pid}/{quote(self.host, safe='')}{tail}"
        return name if len(name) <= LONGEST else f"{PREFIX}{self.pid}/{ANYWHERE}{tail}"


class Announcement:
    """Says that this process is an appliance, until it is closed. Costs nothing where it cannot be said."""

    def __init__(self) -> None:
        self._said: Presence | None = None
        self._socket: socket.socket | None = None

    def say(self, host: str, web_port: int, account: str) -> None:
        """Says which terminal this process controls, in place of what it said before."""
        presence = Presence(os.getpid(), host, web_port, account)
        if presence == self._said:
            return
        self._said, before = presence, self._socket
        try:
            self._socket = _bound(presence.name)
        except OSError as error:
            log.warning("presence_not_announced", reason=str(error))
            return
        if before is not None:
            before.close()

    def close(self) -> None:
        """Takes it back."""
        if self._socket is not None:
            self._socket.close()


def _bound(name: str) -> socket.socket:
    announced = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        announced.bind(f"\0{name}".encode())
    except OSError:
        announced.close()
        raise
    return announced


def running(listed: Path = LISTED) -> tuple[Presence, ...]:
    """Returns the appliances that run on this machine; none where the system does not list sockets."""
    try:
        lines = listed.read_text(errors="replace").splitlines()
    except OSError:
        return ()
    return tuple(_read(lines))


def _read(lines: list[str]) -> Iterator[Presence]:
    for line in lines:
        _, at, name = line.partition(f" @{PREFIX}")
        parts = name.split("/")
        if at and len(parts) == 4 and parts[0].isdecimal() and parts[2].isdecimal():
            yield Presence(int(parts[0]), unquote(parts[1]), int(parts[2]), parts[3])
