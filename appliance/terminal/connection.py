"""A WebSocket connection to a terminal, opened and closed in bounded time."""

import errno
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import msgspec
import trio
from trio_websocket import ConnectionRejected

from appliance.terminal.address import address, is_path
from appliance.terminal.direct import DirectConnection
from appliance.terminal.errors import LinkLost
from appliance.terminal.loss import Cause, Loss

LARGEST_MESSAGE = 32 * 2**20  # bytes; a longer one ends the connection
RECEIVE = 64 * 2**10  # bytes read at once
CLOSING = 0.5  # seconds for the closing handshake; the vendor's clients do without one
OPTIONS = (  # the kernel notices a peer that vanished, too
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 20),  # seconds
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 5),  # seconds
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 4),
    (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 20_000),  # milliseconds
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
)


class Hearing(msgspec.Struct):
    """When something arrived last: anything at all, and a whole message (monotonic seconds).

    `began`: when a message began to arrive, or the one before it ended. `in_a_message`: whether it has arrived in part:
    a large one takes its time, and those behind it have to wait.
    """

    any: float
    message: float
    began: float = 0.0
    in_a_message: bool = False

    def heard(self, now: float) -> None:
        """Notes that something arrived, be it a part of a message."""
        if not self.in_a_message:
            self.began = now
        self.any = now
        self.in_a_message = True

    def ended(self, now: float) -> float:
        """Notes that a message was taken; returns when it had begun to arrive."""
        began, self.began, self.message = self.began, now, now
        self.in_a_message = False
        return began

    def pause(self) -> None:
        """Notes that what arrived last is no part of a message."""
        self.message = self.any
        self.in_a_message = False


@asynccontextmanager
async def open_connection(host: str, port: int, *, within: float, hearing: Hearing) -> AsyncIterator[DirectConnection]:
    """Opens a WebSocket; raises `LinkLost` when that takes more than `within` seconds, or when its reader fails.

    `hearing` is told when bytes arrive; messages are for the caller to note.
    """
    raised: Exception | None = None
    deadline = trio.current_time() + within
    stream = await open_stream(host, port, deadline=deadline)
    try:
        async with trio.open_nursery() as nursery:
            try:
                websocket = await _shake_hands(nursery, stream, hearing, address(host, port), deadline)
                try:
                    yield websocket
                finally:
                    await _close(websocket)
            except Exception as error:
                raised = error  # raised again outside the nursery, in no group
            nursery.cancel_scope.cancel()
    except* Exception as group:
        # whatever made trio-websocket's reader fail, the connection is gone
        raised = raised or _lost(address(host, port), group.exceptions[0])
    finally:
        await trio.aclose_forcefully(stream)
    if raised is not None:
        raise raised


async def open_stream(host: str, port: int, *, deadline: float) -> trio.SocketStream:
    """Opens a connection by TCP, or to the socket whose path `host` is; raises `LinkLost` without one by `deadline`."""
    with _bounded(address(host, port), deadline):
        if is_path(host):
            return await trio.open_unix_socket(host)
        stream = await trio.open_tcp_stream(host, port)
    for level, option, value in OPTIONS:
        stream.socket.setsockopt(level, option, value)
    return stream


async def _shake_hands(
    nursery: trio.Nursery, stream: trio.SocketStream, hearing: Hearing, where: str, deadline: float
) -> DirectConnection:
    connection = DirectConnection(
        _Heard(stream, hearing),
        stream.socket,
        host="localhost" if is_path(where) else where,
        largest=LARGEST_MESSAGE,
        receive_buffer_size=RECEIVE,
    )
    connection.between = hearing.pause
    with _bounded(where, deadline):
        nursery.start_soon(connection.read)
        await connection.opened()
    hearing.pause()
    return connection


class _Heard(trio.abc.Stream):
    """A stream that notes when something arrives."""

    def __init__(self, stream: trio.SocketStream, hearing: Hearing) -> None:
        self._stream = stream
        self._hearing = hearing

    async def receive_some(self, max_bytes: int | None = None) -> bytes | bytearray:
        data = await self._stream.receive_some(max_bytes)
        self._hearing.heard(trio.current_time())
        return data

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        await self._stream.send_all(data)

    async def wait_send_all_might_not_block(self) -> None:
        await self._stream.wait_send_all_might_not_block()

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _close(websocket: DirectConnection) -> None:
    with trio.move_on_after(CLOSING, shield=True):
        await websocket.aclose()


@contextmanager
def _bounded(where: str, deadline: float) -> Iterator[None]:
    try:
        with trio.fail_at(deadline):
            yield
    except trio.TooSlowError:
        raise LinkLost(f"{where}: no answer", Loss(Cause.NO_ANSWER, where)) from None
    except OSError as error:
        raise _lost(where, error) from error


def _lost(where: str, error: BaseException) -> LinkLost:
    while isinstance(error.__cause__, ExceptionGroup):  # trio tried several addresses
        error = error.__cause__.exceptions[0]
    cause, detail = _cause(error)
    return LinkLost(f"{where}: {_in_words(error)}", Loss(cause, where, detail))


def _cause(error: BaseException) -> tuple[Cause, str]:
    if isinstance(error, ConnectionRejected):
        return Cause.NO_WEBSOCKET, str(error.status_code)
    if isinstance(error, socket.gaierror):
        return Cause.UNKNOWN_NAME, ""
    number = error.errno if isinstance(error, OSError) else None
    return _CAUSES.get(number or 0, Cause.SYSTEM), _in_words(error)


_CAUSES = {
    errno.ECONNREFUSED: Cause.NOT_LISTENING,
    errno.ENOENT: Cause.NOT_LISTENING,
    errno.EHOSTUNREACH: Cause.NO_ROUTE,
    errno.ENETUNREACH: Cause.NO_ROUTE,
    errno.ETIMEDOUT: Cause.NO_ANSWER,
    errno.ECONNRESET: Cause.BROKE,
    errno.EPIPE: Cause.BROKE,
}


def _in_words(error: BaseException) -> str:
    if isinstance(error, ConnectionRejected):
        return f"no WebSocket there (HTTP status {error.status_code})"
    if isinstance(error, OSError) and error.errno:
        # the number, for trio puts the address into the text; a name that is not found has a text only
        words = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno)
        return str(words).lower()
    return f"{type(error).__name__}: {error}"
