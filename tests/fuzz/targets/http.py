"""What clients send to the pages: it is answered in HTTP, or the connection ends; nothing fails inside.

An input is what a client says before it says no more, cut into reads where it has the byte FF.
"""

from collections.abc import Iterator
from typing import cast

import h11
import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from trio.testing import MockClock, memory_stream_pair

from appliance.runtime.web.answers import Revision, json_answer, long_poll, read_json, web_app
from appliance.runtime.web.connection import Connection
from appliance.runtime.web.guard import Guard

PATIENCE = 120.0  # seconds of the mock clock; every wait of a connection is shorter
WORDS = (
    *(b"GET /echo HTTP/1.1\r\n", b"POST /echo HTTP/1.1\r\n", b"HEAD * HTTP/1.0\r\n", b"CONNECT a:80 HTTP/1.1\r\n"),
    *(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"Host: localhost\r\n", b"Host: [::1\r\n", b"Content-Length: 2\r\n"),
    *(b"Content-Length: -1\r\n", b"Content-Length: \xb2\r\n", b"Transfer-Encoding: chunked\r\n"),
    *(b"?after=0 ", b"?after=\xb2 ", b"\r\n\r\n", b"2\r\n{}\r\n0\r\n\r\n", b"Content-Type: application/json\r\n"),
    *(b"Expect: 100-continue\r\n", b"Connection: Upgrade\r\nUpgrade: h2c\r\n", b"Origin: http://[\r\n"),
    *(b"{}", b'{"a":1}', b"ffffffffffffffffffffff\r\n"),
    *(b"Sec-Fetch-Site: same-origin\r\n", b"%00", b"%ff", b"%2e%2e/", b"/static/", b"Connection: close\r\n", b"\xff"),
)


async def echo(asked: Request) -> Response:
    """A page with everything that a page of ours does with what it was sent."""
    await long_poll(asked, Revision())
    said = await read_json(asked, dict[str, int]) if asked.method == "POST" else {}
    return json_answer({"said": said, "for": asked.query_params.get("for", ""), "path": str(asked.url)})


APP = Guard(web_app([Route("/echo", echo, methods=["GET", "POST"])]), host="localhost")


def one_input(data: bytes) -> None:
    """Answers one client."""
    trio.run(_serve, data, clock=MockClock(autojump_threshold=0))


async def _serve(data: bytes) -> None:
    ours, theirs = memory_stream_pair()
    failures: list[Exception] = []
    about = {"client": ("192.0.2.7", 50000), "server": ("192.0.2.1", 80), "scheme": "http"}
    stream = cast("trio.SocketStream", ours)
    connection = Connection(APP, stream, about, is_idle=lambda _: None, failed=failures.append)
    with trio.fail_after(PATIENCE):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_say, theirs, data)
            await connection.serve()
            await ours.aclose()
    assert not failures, f"{failures[0]!r}"
    _is_http(await _all(theirs))


async def _say(stream: trio.abc.HalfCloseableStream, data: bytes) -> None:
    try:
        for part in data.split(b"\xff"):
            await stream.send_all(part)
            await trio.sleep(0.1)
        await stream.send_eof()
    except trio.BrokenResourceError:
        return


async def _all(stream: trio.abc.Stream) -> bytes:
    said = b""
    while part := await stream.receive_some():
        said += part
    return said


def _is_http(said: bytes) -> None:
    """Every answer begins as one; the last may be cut short where the client had said no more."""
    if not said:
        return
    assert said.startswith(b"HTTP/1.1 "), said[:60]
    client = h11.Connection(h11.CLIENT)
    client.send(h11.Request(method="GET", target="/", headers=[("Host", "localhost")]))
    client.send(h11.EndOfMessage())
    client.receive_data(said)
    event = client.next_event()
    if isinstance(event, h11.Response):
        assert event.status_code != 500, said


def seeds() -> Iterator[bytes]:
    """Requests as browsers, tools and others send them."""
    host = b"Host: localhost\r\n"
    yield b""
    yield b"GET /echo HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET /echo?after=0&for=%ff HTTP/1.1\r\n" + host + b"\r\nGET /echo?after=1 HTTP/1.1\r\n" + host + b"\r\n"
    json = b"Content-Type: application/json\r\nContent-Length: 7\r\n\r\n\xff"
    yield b"POST /echo HTTP/1.1\r\n" + host + json + b'{"a":1}'
    yield b"POST /echo HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    yield b"POST /echo HTTP/1.1\r\n" + host + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n\xff{}"
    yield b"HEAD /missing HTTP/1.0\r\n\r\n"
