"""One client's connection: HTTP/1.1 requests, one after the other, answered by an ASGI application.

h11 parses and frames. What is decided here is how long a client may take, and when its request ends without it:

- A head has `HEADER_TIME` to arrive once it has begun or the connection is new, a next request `IDLE_TIME` to begin,
  and each part of an answer `SEND_TIME` to be taken. (The time for bodies is the guard's.)
- While a request is answered the client is listened to. When it is gone, or has sent `AHEAD` bytes of further requests
  before it got this answer, the request is cancelled, and with it all that wait behind it.
- There is no other protocol: an `Upgrade`, also to HTTP/2 in clear text, is not taken up. Where there is somebody for
  WebSockets, a request for one is handed over with the stream: what it began with can be read there once more.
"""

import contextlib
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

import h11
import trio
from starlette.types import ASGIApp, Scope

from appliance.runtime.web.begun import Begun, text_of
from appliance.runtime.web.exchange import ClientGone, Exchange, Sendable, about_request

HEADER_TIME: Final = 5.0  # seconds; a head is one packet
IDLE_TIME: Final = 30.0  # seconds; pages ask again sooner than that
SEND_TIME: Final = 20.0  # seconds
HALF_CLOSED: Final = 1.0  # seconds for an answer to a client that says no more: it has left, or waits (nc -N does)
LINGER: Final = 1.0  # seconds for the client to take the last answer
HEAD: Final = 16 * 1024  # bytes
AHEAD: Final = 16 * 1024  # bytes; browsers send one request at a time
REQUESTS: Final = 1000  # on one connection
CHUNK: Final = 16 * 1024  # bytes

Stream: TypeAlias = trio.SocketStream | trio.SSLStream[trio.SocketStream]
Upgrade: TypeAlias = Callable[[Begun, Scope], Awaitable[None]]
"""Speaks WebSocket from the client's handshake on; the scope says of it what it says of a request."""


class Connection:
    """Answers what comes over `stream`. `about`: the parts of ASGI's scope that are the same for all its requests.

    `is_idle` is told whenever a request begins or has been answered, `failed` what the application raised. `upgrade`:
    who speaks WebSocket, None for nobody.
    """

    def __init__(
        self,
        app: ASGIApp,
        stream: Stream,
        about: Scope,
        *,
        is_idle: Callable[[bool], None],
        failed: Callable[[Exception], None],
        upgrade: Upgrade | None = None,
    ) -> None:
        self._upgrade = upgrade
        self._app = app
        self._stream = stream
        self._about = about
        self._is_idle = is_idle
        self._failed = failed
        self._h11 = h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD)

    async def serve(self) -> None:
        """Answers until either side has enough. Ends, and does not raise, when the client is gone."""
        try:
            for left in reversed(range(REQUESTS)):
                request = await self._next_request(is_first=left == REQUESTS - 1)
                if request is None:
                    break
                self._is_idle(False)
                if self._upgrade is not None and _wants_websocket(request):
                    begun = Begun(self._stream, text_of(request) + self._h11.trailing_data[0])
                    await self._upgrade(begun, {**self._about, **about_request(request), "type": "websocket"})
                    return
                if not await self._answered(request, is_last=not left):
                    break
                self._is_idle(True)
            await self._part()
        except ClientGone:
            return

    async def _next_request(self, *, is_first: bool) -> h11.Request | None:
        """Returns the next request; None where there is none in time, or none that can be read."""
        try:
            with trio.move_on_after(IDLE_TIME) as limit:
                if is_first or self._h11.trailing_data[0]:
                    limit.deadline = trio.current_time() + HEADER_TIME
                return await self._head(limit)
        except h11.RemoteProtocolError as error:
            await self._refuse(error.error_status_hint)
        return None

    async def _head(self, limit: trio.CancelScope) -> h11.Request | None:
        while (event := self._h11.next_event()) is h11.NEED_DATA:
            await self._receive()
            limit.deadline = min(limit.deadline, trio.current_time() + HEADER_TIME)
        if not isinstance(event, h11.Request):
            return None
        if event.http_version not in {b"1.0", b"1.1"}:
            await self._refuse(505)
            return None
        return event

    async def _refuse(self, status: int) -> None:
        if self._h11.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            headers = [("Content-Length", "0"), ("Connection", "close")]
            await self._send(h11.Response(status_code=status, headers=headers), h11.EndOfMessage())

    async def _answered(self, request: h11.Request, *, is_last: bool) -> bool:
        """Lets the application answer; returns whether another request may follow."""
        exchange = Exchange(request, self._h11, self._send, self._receive, is_last=is_last)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._watch, exchange, nursery.cancel_scope)
            await self._run(exchange)
            nursery.cancel_scope.cancel()
        if not exchange.is_whole or self._h11.our_state is not h11.DONE or self._h11.their_state is not h11.DONE:
            return False
        self._h11.start_next_cycle()
        return True

    async def _run(self, exchange: Exchange) -> None:
        try:
            await self._call(exchange)
            if self._h11.our_state is h11.SEND_RESPONSE:
                await self._refuse(500)
        except ClientGone:
            exchange.is_whole = False

    async def _call(self, exchange: Exchange) -> None:
        try:
            await self._app({**self._about, **exchange.about}, exchange.receive, exchange.send)
        except ClientGone:
            raise
        except Exception as error:  # whatever is wrong with the application costs this request and no other
            if not exchange.has_ended_early:
                self._failed(error)

    async def _watch(self, exchange: Exchange, answering: trio.CancelScope) -> None:
        """Ends the request when its client is gone, or asks on and on without waiting for answers."""
        await exchange.has_body.wait()
        with contextlib.suppress(ClientGone):
            while len(self._h11.trailing_data[0]) <= AHEAD and not self._has_said_all:
                await self._receive()
        exchange.is_whole = False
        if self._has_said_all:
            await trio.sleep(HALF_CLOSED)
        answering.cancel()

    @property
    def _has_said_all(self) -> bool:
        _, is_all = self._h11.trailing_data
        return is_all

    async def _receive(self) -> None:
        try:
            self._h11.receive_data(bytes(await self._stream.receive_some(CHUNK)))
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            raise ClientGone from None

    async def _send(self, *events: Sendable) -> None:
        data = b"".join(self._h11.send(event) or b"" for event in events)
        try:
            with trio.fail_after(SEND_TIME):
                await self._stream.send_all(data)
        except (trio.BrokenResourceError, trio.ClosedResourceError, trio.TooSlowError):
            raise ClientGone from None

    async def _part(self) -> None:
        """Closes so that the last answer arrives: closing a socket that has unread data resets the connection."""
        self._is_idle(True)
        with trio.move_on_after(LINGER), contextlib.suppress(trio.BrokenResourceError, trio.ClosedResourceError):
            stream = await self._in_clear()
            await stream.send_eof()
            for _ in range(64):  # parts that are on their way, and no more
                if not await stream.receive_some(CHUNK):
                    return

    async def _in_clear(self) -> trio.SocketStream:
        """Returns the stream below TLS, once the client has heard that this is all, or goes on talking."""
        if not isinstance(self._stream, trio.SSLStream):
            return self._stream
        below = self._stream.transport_stream
        with trio.move_on_after(LINGER / 2), contextlib.suppress(trio.BrokenResourceError):
            await self._stream.unwrap()
        return below


def _wants_websocket(request: h11.Request) -> bool:
    named = {value.strip().lower() for name, value in request.headers if name == b"upgrade"}
    return request.method == b"GET" and b"websocket" in named
