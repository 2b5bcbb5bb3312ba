"""WebSockets of pages, over real sockets."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

import pytest
import trio
import trio_websocket
from starlette.applications import Starlette
from trio.testing import MockClock

from appliance.runtime.web.server import serve_web
from appliance.runtime.web.sockets import HANDSHAKE, LONGEST, SEND_TIME, Socket, SocketGone, Talk
from tests.runtime.web.client import get
from tests.virtual_time import real

Start = Callable[[Talk], Awaitable[tuple[str, int]]]


async def echo(socket: Socket) -> None:
    while True:
        await socket.send(f"you said {await socket.receive()}")


@pytest.fixture
async def start(nursery: trio.Nursery) -> Start:
    async def begin(talk: Talk) -> tuple[str, int]:
        serve = partial(serve_web, Starlette(), "127.0.0.1:0", sockets={"/live": talk})
        addresses: list[tuple[str, int]] = await nursery.start(serve)
        return addresses[0]

    return begin


@asynccontextmanager
async def page(
    address: tuple[str, int], path: str = "/live", **headers: str
) -> AsyncIterator[trio_websocket.WebSocketConnection]:
    """A page's end, which leaves nothing open however the server ends it."""
    extra = [(name.encode(), value.encode()) for name, value in headers.items()]
    async with await trio.open_tcp_stream(*address) as stream, trio.open_nursery() as nursery:
        host = f"127.0.0.1:{address[1]}"
        connection = await trio_websocket.wrap_client_stream(nursery, stream, host, path, extra_headers=extra)
        yield connection
        nursery.cancel_scope.cancel()


async def status_of(address: tuple[str, int], path: str = "/live", **headers: str) -> int:
    with pytest.RaisesGroup(trio_websocket.ConnectionRejected, flatten_subgroups=True) as refused:
        async with page(address, path, **headers):
            pass
    rejected = refused.value.exceptions[0]
    assert isinstance(rejected, trio_websocket.ConnectionRejected)
    return int(rejected.status_code)


async def test_both_sides_talk(start: Start) -> None:
    address = await start(echo)
    async with page(address) as ours:
        await ours.send_message("привет")
        assert await ours.get_message() == "you said привет"


async def test_no_other_path_has_one(start: Start) -> None:
    assert await status_of(await start(echo), "/other") == 404


async def test_a_page_of_another_site_gets_none(start: Start) -> None:
    assert await status_of(await start(echo), Origin="http://evil.example") == 403


async def test_our_own_page_gets_one(start: Start) -> None:
    address = await start(echo)
    async with page(address, Origin=f"http://127.0.0.1:{address[1]}") as ours:
        await ours.send_message("x")
        assert await ours.get_message() == "you said x"


async def test_pages_are_served_beside_it(start: Start) -> None:
    assert (await get(await start(echo), "/nothing")).status == 404


async def test_the_conversation_ends_with_the_page(start: Start) -> None:
    over = trio.Event()

    async def listen(socket: Socket) -> None:
        with pytest.raises(SocketGone):
            await socket.receive()
        over.set()

    address = await start(listen)
    async with page(address):
        pass
    with trio.fail_after(real(5)):
        await over.wait()


@pytest.mark.parametrize("message", ["x" * (LONGEST + 1), b"\x00"])
async def test_what_no_page_sends_ends_the_connection(start: Start, message: str | bytes) -> None:
    address = await start(echo)
    async with page(address) as ours:
        await ours.send_message(message)
        with trio.fail_after(real(5)), pytest.raises(trio_websocket.ConnectionClosed):
            await ours.get_message()


async def test_a_page_that_takes_nothing_is_left(start: Start, autojump_clock: MockClock) -> None:
    """The socket's buffers are full after some; from then on only time can end it."""
    left = trio.Event()

    async def flood(socket: Socket) -> None:
        with suppress(SocketGone):
            while True:
                await socket.send("x" * 65536)
        left.set()

    address = await start(flood)
    autojump_clock.autojump_threshold = real(0.05)
    began = trio.current_time()
    async with await trio.open_tcp_stream(*address) as stream:
        await stream.send_all(
            b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        await left.wait()
    assert SEND_TIME <= trio.current_time() - began < SEND_TIME + 1


async def test_hands_are_shaken_in_time(start: Start, autojump_clock: MockClock) -> None:
    address = await start(echo)
    autojump_clock.autojump_threshold = real(0.05)
    began = trio.current_time()
    async with await trio.open_tcp_stream(*address) as stream:
        await stream.send_all(b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n\r\n")
        assert b"101" not in bytes(await stream.receive_some())
        assert await stream.receive_some() == b""
    assert trio.current_time() - began <= HANDSHAKE


async def test_a_conversation_that_fails_costs_itself(start: Start) -> None:
    async def fail(socket: Socket) -> None:
        raise RuntimeError(await socket.receive())

    address = await start(fail)
    for _ in range(2):
        async with page(address) as ours:
            await ours.send_message("x")
            with trio.fail_after(real(5)), pytest.raises(trio_websocket.ConnectionClosed):
                await ours.get_message()
