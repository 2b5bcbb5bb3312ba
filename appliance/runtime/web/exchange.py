"""One request and its answer as ASGI has them: messages of the application on one side, h11's events on the other."""

import contextlib
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from typing import Final, TypeAlias
from urllib.parse import unquote

import h11
import trio
from starlette.types import Message, Scope

Sendable: TypeAlias = h11.InformationalResponse | h11.Response | h11.Data | h11.EndOfMessage
_WITHOUT_BODY: Final = {204, 304}  # RFC 9110, 6.4.1


class ClientGone(Exception):
    """The client has left, or takes nothing any more."""


class Exchange:
    """One request and its answer. `about`: what ASGI's scope says of the request.

    `is_whole`: both have come and gone as they should. `has_ended_early`: the client left in the middle of the body.
    """

    def __init__(
        self,
        request: h11.Request,
        connection: h11.Connection,
        send: Callable[..., Awaitable[None]],
        receive: Callable[[], Awaitable[None]],
        *,
        is_last: bool,
    ) -> None:
        self.about = about_request(request)
        self.has_body = trio.Event()
        self.is_whole = True
        self.has_ended_early = False
        self._h11 = connection
        self._send = send
        self._receive = receive
        self._closing = [(b"connection", b"close")] if is_last else []
        self._without_body = request.method == b"HEAD"
        self._start: Message | None = None
        self._read: Message | None = self._next()  # most have no body, and are watched from the start

    async def receive(self) -> Message:
        """Returns the next part of the body; `http.disconnect` where the client left in the middle of it."""
        if self.has_body.is_set() and self._read is None:
            await trio.sleep_forever()  # the request is cancelled when the client leaves
        while (message := self._read or self._next()) is None:
            if self._h11.they_are_waiting_for_100_continue:
                await self._send(h11.InformationalResponse(status_code=100, headers=[]))
            await self._receive()
        self._read = None
        return message

    def _next(self) -> Message | None:
        """Returns what has arrived of the body; None where that is nothing."""
        event: object = None
        with contextlib.suppress(h11.RemoteProtocolError):  # it ended early, or is not framed as its head says
            event = self._h11.next_event()
        if event is h11.NEED_DATA:
            return None
        if isinstance(event, h11.Data):
            return {"type": "http.request", "body": bytes(event.data), "more_body": True}
        if isinstance(event, h11.EndOfMessage):
            self.has_body.set()
            return {"type": "http.request", "body": b"", "more_body": False}
        self.has_ended_early = True
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Sends the head of the answer with the first part of its body, and each further part as it comes."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        events: list[Sendable] = []
        if self._start is not None:
            events.append(self._response(self._start))
            self._start = None
        if (body := message.get("body", b"")) and not self._without_body:
            events.append(h11.Data(data=body))
        if not message.get("more_body", False):
            events.append(h11.EndOfMessage())
        await self._send(*events)

    def _response(self, start: Message) -> h11.Response:
        status: int = start["status"]
        self._without_body = self._without_body or status in _WITHOUT_BODY
        date = (b"date", formatdate(usegmt=True).encode())
        return h11.Response(status_code=status, headers=[*start["headers"], date, *self._closing])


def about_request(request: h11.Request) -> Scope:
    """Returns what ASGI's scope says of a request."""
    path, _, query = request.target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": request.http_version.decode(),
        "method": request.method.decode("ascii").upper(),
        "path": unquote(path.decode("ascii")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": list(request.headers),
        "extensions": {},
    }
