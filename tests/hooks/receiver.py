"""A receiver of webhooks for tests: a real server, which says what it is told to; and another way to check a signature.

It reads requests by itself and not with the library that sends them.
"""

import base64
import ssl
import subprocess
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
import trio

from tests.runtime.https_server import answer, head_of

OK = b"HTTP/1.1 204 No Content\r\n\r\n"
HANG = b""
"""An answer that never comes; the connection stays open."""


class Request(NamedTuple):
    """What arrived, and when on trio's clock."""

    line: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def json(self) -> dict[str, Any]:
        return msgspec.json.decode(self.body, type=dict[str, Any])


class Receiver:
    """`answers` are given one after the other, then `otherwise`. `connections` counts those that were opened."""

    def __init__(self, *answers: bytes, otherwise: bytes = OK) -> None:
        self.answers = list(answers)
        self.otherwise = otherwise
        self.requests: list[Request] = []
        self.connections = 0
        self._news = trio.lowlevel.ParkingLot()

    async def has(self, count: int) -> list[Request]:
        """Returns all requests as soon as there are so many."""
        with trio.fail_after(3600):
            while len(self.requests) < count:
                await self._news.park()
        return self.requests

    async def http(self, port: int = 0, *, task_status: trio.TaskStatus[int] = trio.TASK_STATUS_IGNORED) -> None:
        """Serves until cancelled; starts with its port."""
        await self._listen(None, port, task_status)

    async def https(self, tls: ssl.SSLContext, *, task_status: trio.TaskStatus[int] = trio.TASK_STATUS_IGNORED) -> None:
        """The same over TLS."""
        await self._listen(tls, 0, task_status)

    async def _listen(self, tls: ssl.SSLContext | None, port: int, task_status: trio.TaskStatus[int]) -> None:
        async def one(plain: trio.SocketStream) -> None:
            self.connections += 1
            stream: trio.abc.Stream = plain
            if tls is not None:
                stream = trio.SSLStream(plain, tls, server_side=True, https_compatible=True)
            try:
                async with stream:
                    while await self._answered(stream):
                        pass
            except trio.BrokenResourceError:  # the client has hung up, or did not like what it saw
                return

        listeners = await trio.open_tcp_listeners(port, host="127.0.0.1")
        task_status.started(listeners[0].socket.getsockname()[1])
        await trio.serve_listeners(one, listeners)

    async def _answered(self, stream: trio.abc.Stream) -> bool:
        head, _, body = (await head_of(stream)).partition("\r\n\r\n")
        if not head:
            return False
        line, *rest = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in rest)}
        content = body.encode()
        while len(content) < int(headers.get("content-length", "0")):
            content += await stream.receive_some()
        said = self.answers.pop(0) if self.answers else self.otherwise
        self.requests.append(Request(line, headers, content, trio.current_time()))
        self._news.unpark_all()
        if said == HANG:
            await trio.sleep_forever()
        await stream.send_all(said)
        return b"Connection: close" not in said and said.startswith(b"HTTP/1.1 ")


def status(code: str, *headers: str, body: bytes = b"") -> bytes:
    """An answer with this status, after which the connection is closed."""
    return answer(body, code, *headers)


def signed_by(request: Request, secret: str) -> bool:
    """Whether one of the signatures is that of `secret`, as openssl reckons."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + request.body
    command = ("openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{key.hex()}", "-binary")
    made = subprocess.run(command, input=text, capture_output=True, check=True).stdout
    return f"v1,{base64.b64encode(made).decode()}" in list(_signatures(request))


def _signatures(request: Request) -> Iterator[str]:
    yield from request.headers["webhook-signature"].split(" ")
