"""Frames out in the call that made them, messages in on the reader's own task."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
import trio
from trio.testing import MockClock
from trio_websocket import ConnectionClosed, WebSocketConnection, WebSocketRequest, serve_websocket
from wsproto.events import BytesMessage, Pong, TextMessage

from appliance.terminal import direct
from appliance.terminal.connection import Hearing, open_connection
from appliance.terminal.direct import DirectConnection
from tests.virtual_time import real

HOST = "127.0.0.1"
LARGE = "x" * 500_000

Serve = Callable[[WebSocketConnection], Awaitable[None]]


@asynccontextmanager
async def connection(serve: Serve) -> AsyncIterator[DirectConnection]:
    """A connection to a server that does `serve`, and then waits for the end."""

    async def handle(request: WebSocketRequest) -> None:
        websocket = await request.accept()
        with suppress(ConnectionClosed):  # at the end the client leaves first
            await serve(websocket)
        await trio.sleep_forever()

    async with trio.open_nursery() as nursery:
        server = await nursery.start(serve_websocket, handle, HOST, 0, None)
        hearing = Hearing(trio.current_time(), trio.current_time())
        with trio.fail_after(real(20)):
            async with open_connection(HOST, server.port, within=5, hearing=hearing) as opened:
                yield opened
        nursery.cancel_scope.cancel()


async def nothing(_websocket: WebSocketConnection) -> None:
    """Says and hears nothing."""


async def test_what_the_socket_does_not_take_is_kept_and_goes_before_all_that_follows() -> None:
    reads, heard, done = trio.Event(), list[str | bytes](), trio.Event()

    async def serve(websocket: WebSocketConnection) -> None:
        await reads.wait()
        while len(heard) < 2 or heard[-1] != "the very last":
            heard.append(await websocket.get_message())
        done.set()

    async with connection(serve) as opened:
        sent = 0
        while opened.writable:
            opened.send_now(LARGE)
            sent += 1
        opened.send_now("in the same step")
        assert not opened.writable
        reads.set()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(opened.send_message, "of another task")
            nursery.start_soon(opened.until_writable)
        assert opened.writable
        opened.send_now("the very last")
        await done.wait()
    assert heard[:sent] == [LARGE] * sent
    assert heard[sent:] == ["in the same step", "of another task", "the very last"]


async def test_nothing_is_sent_into_a_frame_that_somebody_else_is_writing() -> None:
    reads = trio.Event()

    async def serve(websocket: WebSocketConnection) -> None:
        await reads.wait()
        while True:
            await websocket.get_message()

    async with connection(serve) as opened, trio.open_nursery() as nursery:

        async def fill() -> None:
            for _ in range(100):  # 50 MB: more than any socket takes
                await opened.send_message(LARGE)

        nursery.start_soon(fill)
        await trio.testing.wait_all_tasks_blocked()
        assert not opened.writable
        reads.set()


async def test_a_connection_that_is_closed_refuses_at_once() -> None:
    async with connection(nothing) as opened:
        with trio.move_on_after(0):
            await opened.aclose()
        with pytest.raises(ConnectionClosed):
            opened.send_now("too late")


async def test_messages_are_taken_in_their_order_whether_whole_or_in_parts() -> None:
    taken: list[str | bytes] = []

    async def serve(websocket: WebSocketConnection) -> None:
        for event in (
            TextMessage(data="before"),
            TextMessage(data="in ", message_finished=False),
            TextMessage(data="three ", message_finished=False),
            TextMessage(data="parts"),
            BytesMessage(data=b"bytes ", message_finished=False),
            BytesMessage(data=b"too"),
            TextMessage(data="after"),
        ):
            await websocket._send(event)
        await websocket.aclose()

    async def take(message: str | bytes) -> None:
        taken.append(message)

    async with connection(serve) as opened:
        await trio.testing.wait_all_tasks_blocked()  # the first message comes before anybody takes it
        with pytest.raises(ConnectionClosed) as closed:
            await opened.hand_over(take)
    assert closed.value.reason is not None
    assert closed.value.reason.code == 1000
    assert taken == ["before", "in three parts", b"bytes too", "after"]


async def test_a_message_that_is_too_long_ends_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.terminal.connection.LARGEST_MESSAGE", 100)
    taken: list[str | bytes] = []

    async def serve(websocket: WebSocketConnection) -> None:
        await websocket._send(TextMessage(data="x" * 60, message_finished=False))
        await websocket._send(TextMessage(data="x" * 60))

    async def take(message: str | bytes) -> None:
        taken.append(message)

    async with connection(serve) as opened:
        with pytest.raises(ConnectionClosed) as closed:
            await opened.hand_over(take)
    assert closed.value.reason is not None
    assert closed.value.reason.code == 1009
    assert taken == []


async def test_an_error_of_who_takes_messages_is_theirs_and_no_more_are_taken() -> None:
    taken: list[str | bytes] = []

    async def serve(websocket: WebSocketConnection) -> None:
        for message in ("one", "two", "three"):
            await websocket.send_message(message)

    async def take(message: str | bytes) -> None:
        taken.append(message)
        if message == "two":
            raise ZeroDivisionError

    async with connection(serve) as opened:
        with pytest.raises(ZeroDivisionError):
            await opened.hand_over(take)
        await trio.testing.wait_all_tasks_blocked()
    assert taken == ["one", "two"]


async def test_a_burst_of_messages_leaves_turns_for_everybody_else(autojump_clock: MockClock) -> None:
    turns, ready, last = 0, trio.Event(), trio.Event()
    turns_seen: list[int] = []

    async def serve(websocket: WebSocketConnection) -> None:
        await ready.wait()
        burst = b"".join(websocket._wsproto.send(TextMessage(data=str(number))) for number in range(100))
        await websocket._stream.send_all(burst)

    async def take(message: str | bytes) -> None:
        autojump_clock.jump(direct.TURN / 2)
        turns_seen.append(turns)
        if message == "99":
            last.set()

    async def everybody_else() -> None:
        nonlocal turns
        while not last.is_set():
            turns += 1
            await trio.lowlevel.checkpoint()

    async with connection(serve) as opened, trio.open_nursery() as nursery:
        nursery.start_soon(opened.hand_over, take)
        nursery.start_soon(everybody_else)
        ready.set()
        await last.wait()
        nursery.cancel_scope.cancel()
    assert turns_seen[-1] - turns_seen[0] >= 40


async def test_a_pong_is_no_part_of_a_message() -> None:
    async def serve(websocket: WebSocketConnection) -> None:
        await websocket._send(Pong(payload=b"unasked"))
        await websocket.send_message("after it")

    async with trio.open_nursery() as nursery:
        server = await nursery.start(serve_websocket, lambda request: _served(request, serve), HOST, 0, None)
        hearing = Hearing(0, 0)
        with trio.fail_after(real(20)):
            async with open_connection(HOST, server.port, within=5, hearing=hearing) as opened:
                assert await opened.get_message() == "after it"
                assert hearing.message > 0
        nursery.cancel_scope.cancel()


async def _served(request: WebSocketRequest, serve: Serve) -> None:
    await serve(await request.accept())
    await trio.sleep_forever()


def test_another_build_of_the_library_is_refused_at_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(direct, "USED", direct.USED | {"_gone"})
    monkeypatch.setattr(direct, "METHODS", (*direct.METHODS, "_gone_too"))
    with pytest.raises(ImportError, match="trio-websocket lacks _gone, _gone_too"):
        direct._refuse_other_versions()
