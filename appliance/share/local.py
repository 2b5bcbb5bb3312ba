"""The local socket: the terminal's interface for programs on this machine. Whoever may open the file may do everything.

Who that is, the folder's mode and group decide: systemd makes it. There is nothing to authorise by.
"""

import socket
import struct
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

import structlog
import trio

from appliance.share import channel
from appliance.share.grants import Grant, Role
from appliance.share.program import Program
from appliance.share.sharing import Sharing

log = structlog.get_logger()

MODE: Final = 0o660
WAITING: Final = 16  # connections that may wait to be accepted
MOST: Final = 64  # connections


class Here:
    """Lets in whoever can open the socket."""

    secured: Final = False

    def __init__(self, who: str) -> None:
        self._grant = Grant(who, Role.ADMIN, power=True)

    def enter(self, credentials: str | None) -> Grant:  # noqa: ARG002  # a program may show the terminal's PIN
        """Returns everything: the file has kept the others out."""
        return self._grant


async def serve_local(
    where: Path, sharing: Sharing, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
) -> None:
    """Serves programs on this machine until cancelled. Raises `OSError` where the socket cannot be made.

    A socket that a process left behind is replaced; one that somebody listens at is not.
    """
    listener = trio.SocketListener(_listening(where))
    places = trio.CapacityLimiter(MOST)
    try:
        task_status.started()
        await trio.serve_listeners(partial(_serve, sharing, places), [listener])
    finally:
        _remove(where)


async def _serve(sharing: Sharing, places: trio.CapacityLimiter, stream: trio.SocketStream) -> None:
    if places.available_tokens < 1:
        await trio.aclose_forcefully(stream)
        return
    async with places:
        who = _who(stream)
        await channel.serve(stream, Program(Here(who), who), sharing)


def _who(stream: trio.SocketStream) -> str:
    """Returns which process has connected (unix(7), SO_PEERCRED)."""
    pid, _user, _group = struct.unpack("3i", stream.socket.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return f"process {pid}"


def _remove(where: Path) -> None:
    with suppress(OSError):
        where.unlink()


def _listening(where: Path) -> trio.socket.SocketType:
    _make_room(where)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(str(where))
        where.chmod(MODE)  # nobody can connect before it listens
        listener.listen(WAITING)
        listener.setblocking(False)
        return trio.socket.from_stdlib_socket(listener)
    except OSError:
        listener.close()
        raise


def _make_room(where: Path) -> None:
    """Removes a socket that nobody listens at any more; nothing else is ever removed."""
    if not where.is_socket():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
        other.settimeout(0)
        try:
            other.connect(str(where))
        except ConnectionRefusedError:
            where.unlink()
        except BlockingIOError:  # somebody listens, and many wait
            return
