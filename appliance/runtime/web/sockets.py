"""WebSockets of pages: opened for our own pages alone, text both ways, every message small and every wait bounded.

The library's `send` waits for ever for a client that reads nothing, and says nothing of one that has left: so each
message has `SEND_TIME` to be taken, and what a page's conversation raises or outlives ends with its connection.
"""

import contextlib
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Final, TypeAlias

import msgspec
import trio
import trio_websocket
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Scope
from wsproto.utilities import LocalProtocolError

from appliance.runtime.web.begun import Begun
from appliance.runtime.web.guard import Guard
from appliance.runtime.web.policy import HEADERS
from appliance.runtime.web.problems import MEDIA_TYPE, is_for_programs, problem_of

HANDSHAKE: Final = 5.0  # seconds
SEND_TIME: Final = 2.0  # seconds for a page to take a message; one that cannot is shown nothing that is true
PONG: Final = 10.0  # seconds for a program to answer a ping; its network may be slow
CLOSING: Final = 1.0  # seconds for the closing handshake
LONGEST: Final = 16 * 2**10  # bytes of a message of a page
WAITING: Final = 8  # messages of a page that have not been looked at; further ones wait on its side
GOING_AWAY: Final = 1001  # RFC 6455, 7.4.1
TRY_AGAIN_LATER: Final = 1013  # IANA's registry; a page learns nothing of a handshake that is refused but that it was

_GONE = (
    trio_websocket.ConnectionClosed,
    trio_websocket.HandshakeError,
    trio.BrokenResourceError,
    trio.ClosedResourceError,
    trio.TooSlowError,
    LocalProtocolError,
)


class SocketGone(Exception):
    """The page has left, takes nothing any more, or has sent what is no text."""


class Socket:
    """An open WebSocket to a page. `about`: what ASGI's scope says of the request for it."""

    def __init__(self, websocket: trio_websocket.WebSocketConnection, about: Scope) -> None:
        self.about = about
        self._websocket = websocket

    async def receive(self) -> str:
        """Returns the next message. Raises `SocketGone`."""
        try:
            message = await self._websocket.get_message()
        except _GONE:
            raise SocketGone from None
        if not isinstance(message, str):
            raise SocketGone
        return message

    async def send(self, text: str) -> None:
        """Sends a message. Raises `SocketGone`, also where the page has not taken it within `SEND_TIME`."""
        try:
            with trio.fail_after(SEND_TIME):
                await self._websocket.send_message(text)
        except _GONE:
            raise SocketGone from None

    async def ping(self) -> None:
        """Returns once the other side has answered a ping. Raises `SocketGone`, also where it does not in `PONG`."""
        try:
            with trio.fail_after(PONG):
                await self._websocket.ping()
        except _GONE:
            raise SocketGone from None


Talk: TypeAlias = Callable[[Socket], Awaitable[None]]
"""A conversation with one page, until it returns or raises `SocketGone`."""


class Reserved:
    """A conversation for some alone. `refusal`: why whoever sends a request for it may not have it; None: may."""

    def __init__(self, talk: Talk, refusal: Callable[[Scope], HTTPException | None]) -> None:
        self.refusal = refusal
        self._talk = talk

    async def __call__(self, socket: Socket) -> None:
        """Talks."""
        await self._talk(socket)


class Sockets:
    """The WebSockets that a server has, by their paths."""

    def __init__(self, guard: Guard, talks: Mapping[str, Talk]) -> None:
        """`guard`: says to whom pages are shown at all."""
        self._guard = guard
        self._talks = talks

    async def serve(self, stream: Begun, about: Scope) -> None:
        """Shakes hands and talks with the page, or refuses it; in the end the connection is gone."""
        await self._open(stream, about, None, GOING_AWAY)

    async def turn_away(self, stream: Begun, about: Scope) -> None:
        """Shakes hands and says that there are too many: the page tries again later."""
        await self._open(stream, about, _nothing, TRY_AGAIN_LATER)

    async def _open(self, stream: Begun, about: Scope, instead: Talk | None, code: int) -> None:
        try:
            refusal = self._guard.refusal(Headers(scope=about)) or self._missing(about["path"]) or self._closed(about)
            with contextlib.suppress(SocketGone, *_GONE):
                if refusal is not None:
                    await _refuse(stream, refusal, about["path"])
                else:
                    await _serve(stream, instead or self._talks[about["path"]], about, code)
        finally:
            await trio.aclose_forcefully(stream)

    def _closed(self, about: Scope) -> HTTPException | None:
        talk = self._talks[about["path"]]
        return talk.refusal(about) if isinstance(talk, Reserved) else None

    def _missing(self, path: str) -> HTTPException | None:
        return None if path in self._talks else HTTPException(404, f"there is no WebSocket at `{path}`")


async def _refuse(stream: Begun, refusal: HTTPException, path: str) -> None:
    words, kind = f"{refusal.detail}\n".encode(), "text/plain; charset=utf-8"
    if is_for_programs(path):
        words, kind = msgspec.json.encode(problem_of(refusal)), MEDIA_TYPE
    head = f"HTTP/1.1 {refusal.status_code} {HTTPStatus(refusal.status_code).phrase}\r\n"
    told = {**HEADERS, **(refusal.headers or {}), "Content-Type": kind, "Content-Length": len(words)}
    head += "".join(f"{name}: {value}\r\n" for name, value in {**told, "Connection": "close"}.items()) + "\r\n"
    with trio.fail_after(SEND_TIME):
        await stream.send_all(head.encode() + words)


async def _nothing(_socket: Socket) -> None:
    await trio.lowlevel.checkpoint()


async def _serve(stream: Begun, talk: Talk, about: Scope, code: int) -> None:
    raised: Exception | None = None
    async with trio.open_nursery() as nursery:
        try:
            websocket = await _accept(nursery, stream)
            await talk(Socket(websocket, about))
            with trio.move_on_after(CLOSING):
                await websocket.aclose(code)
        except Exception as error:
            raised = error  # raised again outside of the nursery, in no group
        nursery.cancel_scope.cancel()
    if raised is not None:
        raise raised


async def _accept(nursery: trio.Nursery, stream: Begun) -> trio_websocket.WebSocketConnection:
    with trio.fail_after(HANDSHAKE):
        request = await trio_websocket.wrap_server_stream(
            nursery, stream, message_queue_size=WAITING, max_message_size=LONGEST
        )
        websocket: trio_websocket.WebSocketConnection = await request.accept()
    return websocket
