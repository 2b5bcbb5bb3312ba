"""The events for programs: server-sent events (HTML, 9.2) and the same over a WebSocket.

Either way an item comes with its kind, its id and its data. Server-sent events:

    event: change
    id: 8f2a01c4.2.17.4
    data: {"clock":…,"now":…,"view":{"mic_muted":true}}

and over a WebSocket, each in a message of its own: `{"event":"change","id":"8f2a01c4.2.17.4","data":{…}}`. After
`BEAT` seconds without an item there is a sign of life: a comment, or a ping that has to be answered. A program says
nothing over its WebSocket; whatever it says ends it.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import trio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from appliance.access.roles import Caller
from appliance.api.app import Handler
from appliance.api.following.followers import BEAT, Followers
from appliance.api.following.stream import Item, Stream
from appliance.runtime.web.sockets import Socket, SocketGone

MEDIA_TYPE: Final = "text/event-stream"
RETRY: Final = b"retry: 2000\n\n"  # milliseconds until a browser connects again
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # the second: for a proxy that would collect


async def _tell(
    followers: Followers, scope: Scope, stream: Stream, say: Callable[[list[Item]], Awaitable[None]]
) -> None:
    """Tells somebody until their token is over. `say` with no items: a sign of life."""
    items = stream.begin()
    while followers.may_stay(scope, stream):
        await say(items)
        items = []
        with trio.move_on_after(BEAT):
            items = await stream.news()


class EventStream(Response):
    """An answer that goes on as long as the client takes it, and may."""

    def __init__(self, followers: Followers) -> None:
        super().__init__(headers=_HEADERS, media_type=MEDIA_TYPE)
        self._followers = followers
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI has it
        """Answers."""
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        if scope["method"] == "HEAD":
            await send(start)
            await send({"type": "http.response.body"})
            return

        async def say(items: list[Item]) -> None:
            body = b"".join(map(_event, items)) or b":\n\n"
            await send({"type": "http.response.body", "body": body, "more_body": True})

        with self._followers.following(scope) as stream:
            await send(start)
            await send({"type": "http.response.body", "body": RETRY, "more_body": True})
            await _tell(self._followers, scope, stream, say)
        await send({"type": "http.response.body"})


def events_answer(followers: Followers) -> Handler:
    """Returns what answers `getEvents`."""

    async def answer(_request: Request, _caller: Caller | None) -> Response:
        return EventStream(followers)

    return answer


async def talk(followers: Followers, socket: Socket) -> None:
    """Talks with a program over a WebSocket, until it leaves, says something, or its token is over."""

    async def say(items: list[Item]) -> None:
        for item in items:
            await socket.send(_message(item))
        if not items:
            await socket.ping()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(_end_with, socket, nursery.cancel_scope)
        with suppress(SocketGone, HTTPException), followers.following(socket.about) as stream:
            await _tell(followers, socket.about, stream, say)
        nursery.cancel_scope.cancel()


async def _end_with(socket: Socket, scope: trio.CancelScope) -> None:
    with suppress(SocketGone):
        await socket.receive()
    scope.cancel()


def _event(item: Item) -> bytes:
    return b"event: %s\nid: %s\ndata: %s\n\n" % (item.kind.encode(), item.id.encode(), item.data)


def _message(item: Item) -> str:
    return f'{{"event":"{item.kind}","id":"{item.id}","data":{item.data.decode()}}}'
