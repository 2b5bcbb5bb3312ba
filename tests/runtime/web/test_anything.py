"""Whatever bytes a client sends: it is answered in HTTP, or closed; nothing fails, and the next one is served."""

import functools

import trio
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from appliance.runtime.web.answers import json_answer, read_json, web_app
from appliance.runtime.web.server import serve_web
from tests.runtime.web.client import Address, get
from tests.virtual_time import real


async def echo(asked: Request) -> Response:
    return json_answer(await read_json(asked, dict[str, int]) if asked.method == "POST" else {})


APP = web_app([Route("/echo", echo, methods=["GET", "POST"])])

PIECES = st.sampled_from(
    [
        b"GET /echo HTTP/1.1\r\n",
        b"POST /echo HTTP/1.1\r\n",
        b"HEAD * HTTP/1.0\r\n",
        b"CONNECT evil.example:80 HTTP/1.1\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"Host: localhost\r\n",
        b"Host: [::1\r\n",
        b"Content-Length: 2\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Expect: 100-continue\r\n",
        b"Connection: Upgrade\r\nUpgrade: h2c\r\n",
        b"Origin: http://[\r\n",
        b"\r\n",
        b"{}",
        b"2\r\n{}\r\n0\r\n\r\n",
        b"ffffffffffffffffffffff\r\n",
    ]
)


@given(st.lists(PIECES | st.binary(max_size=40), max_size=12).map(b"".join))
def test_any_bytes_are_answered_or_the_connection_is_closed(said: bytes) -> None:
    trio.run(functools.partial(_says, said))


async def _says(said: bytes) -> None:
    with capture_logs() as logs, trio.fail_after(real(20)):
        async with trio.open_nursery() as nursery:
            (address,) = await nursery.start(serve_web, APP, "127.0.0.1:0")
            answer = await _answer(address, said)
            assert (await get(address, "/echo")).status == 200
            nursery.cancel_scope.cancel()
    assert answer == b"" or answer.startswith(b"HTTP/1.1 ")
    assert logs == []


async def _answer(address: Address, said: bytes) -> bytes:
    """All that the server says to a client that leaves once it has said everything."""
    async with await trio.open_tcp_stream(*address) as stream:
        await stream.send_all(said)
        await stream.send_eof()
        return b"".join([part async for part in stream])
