"""Whatever bytes come over the network: they are answered or the connection is closed, and the next one is served."""

import functools
from contextlib import suppress
from typing import Any

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from appliance.runtime.web.guesses import Guesses
from appliance.share.grants import Grant, Role
from appliance.share.network.clients import LIMIT, Client, Clients
from appliance.share.network.network import Network
from appliance.share.network.passing import Passing
from appliance.share.network.source import NoSource, Source
from appliance.share.network.web import Web
from appliance.share.sharing import Sharing
from appliance.share.upstream import Upstream
from appliance.terminal.discovery import DOCUMENT
from tests.simulator.http import fetch
from tests.virtual_time import real

TOKEN = b"0123456789abcdef"
HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
AUTH = b'{"method":"auth","type":"secured","credentials":"%s"}' % TOKEN
PIECES = st.sampled_from(
    [
        HANDSHAKE,
        HANDSHAKE[:-2],
        HANDSHAKE.replace(b"13", b"8"),
        bytes([0x81, 0x80 | len(AUTH), 0, 0, 0, 0]) + AUTH,
        b"\x81\x82\x00\x00\x00\x00{}",
        b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00",  # of 2**63 bytes
        b"\x89\x80\x00\x00\x00\x00",
        b"\x88\x82\x00\x00\x00\x00\x03\xe8",
        b"GET /frames/?peerId=%23self&token=x HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /files/%ff?token=%ff&& HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /files/?token=x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n",
        b"GET http://[/ HTTP/1.1\r\n",
        b"Upgrade: websocket, h2c\r\n",
        b"\r\n",
    ]
)


async def none(*_: Any) -> None:
    """No terminal answers."""


async def _says(said: bytes) -> None:
    clients = Clients([Client(Grant("board", Role.ADMIN), TOKEN.decode())], Guesses(trio.current_time, LIMIT))
    carrier: Any = None
    sharing = Sharing(Upstream(carrier), trio.current_time)
    sharing.up = True
    network = Network(sharing, clients, bool, Web(sharing.passes, Passing(Source("a", none), sharing.uploads)))
    with capture_logs() as logs, trio.fail_after(real(30)):
        async with trio.open_nursery() as nursery:
            port: int = await nursery.start(network.serve, "127.0.0.1:0")
            heard = b""
            async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
                with suppress(trio.BrokenResourceError):
                    await stream.send_all(said)
                    await stream.send_eof()
                    while part := await stream.receive_some():
                        heard += part
            assert (await fetch(port, "GET", DOCUMENT)).status == 200
            nursery.cancel_scope.cancel()
    assert heard == b"" or heard.startswith(b"HTTP/1.1 ")
    assert [entry for entry in logs if entry["event"].startswith("web_")] == []


@given(st.lists(PIECES | st.binary(max_size=40), max_size=8).map(b"".join))
def test_any_bytes(said: bytes) -> None:
    trio.run(functools.partial(_says, said))


async def test_a_terminal_that_does_not_answer_is_no_source() -> None:
    with pytest.raises(NoSource, match="does not answer"):
        await Source("a", none).place()
