"""One HTTP request on trio, bounded in time and size; enough for the terminal's small web servers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import h11
import msgspec
import trio

from appliance.terminal.address import address
from appliance.terminal.errors import TerminalError

LARGEST_BODY = 2**20  # bytes
CHUNK = 2**16  # bytes

Sink = Callable[[bytes], Awaitable[object]]
Begin = Callable[["Response"], Awaitable[object]]
"""Is told the head of a 200, with an empty body, before the first chunk of its body."""


class HttpError(TerminalError):
    """No usable HTTP response; the message says from where and why."""


class TooLarge(HttpError):
    """A body is longer than the limit; what was received of it was dropped."""


class Response(msgspec.Struct, frozen=True):
    """A response; header names are in lower case. `body` is empty if it went to a sink."""

    status: int
    headers: dict[str, str]
    body: bytes


class Upload(msgspec.Struct, frozen=True):
    """The body of a POST: its type, its length in bytes and its parts."""

    content_type: str
    length: int
    parts: AsyncIterator[bytes]


async def get(
    host: str,
    port: int,
    target: str,
    *,
    within: float,
    largest_body: int = LARGEST_BODY,
    begin: Begin | None = None,
    sink: Sink | None = None,
) -> Response:
    """Sends `GET http://host:port/target` on a connection of its own.

    The body of a 200 goes to `sink` in chunks if there is one, its head to `begin`. Raises `HttpError` when nothing
    arrives for `within` seconds (without a sink: when the response is not complete by then), `TooLarge` when the body
    is longer than `largest_body` bytes. The target is not in the message: it may contain a token.
    """
    exchange = _Exchange(host, port, within, largest_body, sink, begin)
    return await exchange.run("GET", target, None)


async def post(host: str, port: int, target: str, upload: Upload, *, within: float) -> Response:
    """Sends `POST http://host:port/target`; raises `HttpError` when there is no progress for `within` seconds."""
    return await _Exchange(host, port, within, LARGEST_BODY, None).run("POST", target, upload)


class _Exchange:
    """One request and its response."""

    def __init__(
        self, host: str, port: int, within: float, largest_body: int, sink: Sink | None, begin: Begin | None = None
    ) -> None:
        self._host = host
        self._port = port
        self._where = address(host, port)
        self._within = within
        self._largest_body = largest_body
        self._sink = sink
        self._begin = begin
        self._connection = h11.Connection(h11.CLIENT)
        self._limit = trio.CancelScope()

    async def run(self, method: str, target: str, upload: Upload | None) -> Response:
        self._limit.deadline = trio.current_time() + self._within
        try:
            with self._limit:
                async with await trio.open_tcp_stream(self._host, self._port) as stream:
                    await self._ask(stream, method, target, upload)
                    return await self._hear(stream)
        except (OSError, trio.BrokenResourceError, h11.ProtocolError) as error:
            raise HttpError(f"{self._where}: {error}") from error
        raise HttpError(f"{self._where}: no answer within {self._within:g} s")

    async def _ask(self, stream: trio.SocketStream, method: str, target: str, upload: Upload | None) -> None:
        headers = [("Host", self._where), ("Connection", "close")]
        if upload is not None:
            headers += [("Content-Type", upload.content_type), ("Content-Length", str(upload.length))]
        await self._send(stream, h11.Request(method=method, target=target, headers=headers))
        with suppress(trio.BrokenResourceError):  # refused before all was sent: the response says why
            if upload is not None:
                await self._send_parts(stream, upload.parts)
            await self._send(stream, h11.EndOfMessage())

    async def _send_parts(self, stream: trio.SocketStream, parts: AsyncIterator[bytes]) -> None:
        async for part in parts:
            await self._send(stream, h11.Data(data=part))
            self._extend()

    async def _send(self, stream: trio.SocketStream, event: h11.Event) -> None:
        await stream.send_all(self._connection.send(event) or b"")

    async def _hear(self, stream: trio.SocketStream) -> Response:
        head: h11.Response | None = None
        body = bytearray()
        length = 0
        while not isinstance(event := await self._next_event(stream), h11.EndOfMessage):
            if isinstance(event, h11.Response):
                head = event
                if self._begin is not None and event.status_code == 200:
                    await self._begin(_response(event))
            elif isinstance(event, h11.Data):
                is_wanted = head is not None and head.status_code == 200
                length += len(event.data)
                self._check(length, is_wanted=is_wanted)
                await self._keep(event.data, body, to_sink=is_wanted)
        if head is None:
            raise HttpError(f"{self._where}: no answer")
        return _response(head, bytes(body))

    def _check(self, length: int, *, is_wanted: bool) -> None:
        """Raises `TooLarge`; what is said instead of a large file is kept, and is never as large."""
        largest = self._largest_body if is_wanted or self._sink is None else LARGEST_BODY
        if length > largest:
            raise TooLarge(f"{self._where}: the answer is longer than {largest} bytes")

    async def _keep(self, data: bytes | bytearray, body: bytearray, *, to_sink: bool) -> None:
        if self._sink is None or not to_sink:
            body += data
            return
        await self._sink(bytes(data))
        self._extend()

    def _extend(self) -> None:
        """Starts the time limit again: a long transfer may take its time as long as it makes progress."""
        self._limit.deadline = trio.current_time() + self._within

    async def _next_event(self, stream: trio.SocketStream) -> h11.Event:
        while (event := self._connection.next_event()) is h11.NEED_DATA:
            data = await stream.receive_some(CHUNK)
            if not data and self._connection.their_state is h11.SEND_RESPONSE:
                raise h11.RemoteProtocolError("the connection ended before the answer")
            self._connection.receive_data(data)
        assert isinstance(event, h11.Event)  # noqa: S101  # the other sentinel, PAUSED, comes after EndOfMessage only
        return event


def _response(head: h11.Response, body: bytes = b"") -> Response:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers}
    return Response(head.status_code, headers, body)
