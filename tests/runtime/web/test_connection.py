"""What clients may do to a server and what not, over real sockets of loopback."""

import contextlib
import socket
from collections.abc import AsyncIterator, Callable

import h11
import pytest
import trio
import trio.testing
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from structlog.testing import capture_logs

from appliance.runtime.web import connection
from appliance.runtime.web.answers import json_answer, web_app
from tests.runtime.web.client import Address, get
from tests.runtime.web.serving import Serve
from tests.virtual_time import passes, real, still_clock

GET = b"GET /%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
MANY = 3000  # requests that fill every buffer on the way


class Watched:
    """An application that counts its requests, and tells when one that never ends was cancelled."""

    def __init__(self) -> None:
        self.asked = 0
        self.began = trio.Event()
        self.cancelled = trio.Event()
        handlers = (self.hello, self.for_ever, self.huge, self.parts, self.health, self.broken, self.echo)
        self.app = web_app([Route(f"/{each.__name__}", each, methods=["GET", "POST", "DELETE"]) for each in handlers])

    async def hello(self, _request: Request) -> Response:
        self.asked += 1
        return json_answer("hello" * 200)

    async def health(self, _request: Request) -> Response:
        return json_answer("well")

    async def for_ever(self, _request: Request) -> Response:
        self.began.set()
        try:
            await trio.sleep_forever()
        finally:
            self.cancelled.set()
        raise AssertionError

    async def huge(self, _request: Request) -> Response:
        return Response(bytes(64_000_000))

    async def parts(self, _request: Request) -> Response:
        async def counted() -> AsyncIterator[str]:
            for part in "abc":
                yield part

        return StreamingResponse(counted())

    async def broken(self, _request: Request) -> Response:
        raise RuntimeError("no such luck")

    async def echo(self, request: Request) -> Response:
        return Response(await request.body())


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
async def address(serve: Serve, watched: Watched) -> Address:
    return await serve(watched.app)


@pytest.fixture
def clock() -> trio.testing.MockClock:
    return still_clock()


@pytest.fixture
def fast_clock() -> trio.testing.MockClock:
    """Time passes when nothing has happened for so long that the sockets must be quiet."""
    return trio.testing.MockClock(autojump_threshold=real(0.05))


@contextlib.asynccontextmanager
async def connected(address: Address, *said: bytes) -> AsyncIterator[trio.SocketStream]:
    with trio.fail_after(100):
        async with await trio.open_tcp_stream(*address) as stream:
            await stream.send_all(b"".join(said))
            yield stream


async def heard(stream: trio.SocketStream, until: Callable[[bytes], bool] = lambda _answer: False) -> bytes:
    """All that comes, until the server closes or it is enough."""
    answer = b""
    async for part in stream:
        answer += part
        if until(answer):
            break
    return answer


def pipelined_and_left(address: Address) -> None:
    """A client that asks as often as the buffers hold, reads nothing, and leaves."""
    with socket.create_connection(address) as client:
        client.setblocking(False)
        with contextlib.suppress(OSError):  # nothing fits any more, or the server has had enough
            while client.send(GET % (b"hello", b"") * MANY):
                pass


def counted_bytes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Tells how many bytes of what clients say are parsed."""
    read: list[int] = []
    receive = h11.Connection.receive_data

    def counted(parser: h11.Connection, data: bytes) -> None:
        read.append(len(data))
        receive(parser, data)

    monkeypatch.setattr(h11.Connection, "receive_data", counted)
    return read


class TestWhoLeaves:
    async def test_costs_about_what_it_has_waited_for(
        self, address: Address, watched: Watched, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Counted and not timed: what is read and answered is what costs."""
        read = counted_bytes(monkeypatch)
        for _ in range(5):
            pipelined_and_left(address)
        await trio.testing.wait_all_tasks_blocked(0.05)
        assert watched.asked < 5 * 50  # of the 15 000 that were asked for
        ahead = connection.AHEAD + 2 * connection.CHUNK
        assert sum(read) < 5 * ahead + watched.asked * len(GET % (b"hello", b""))

    @pytest.mark.parametrize("more", [0, 1, 20])
    async def test_takes_its_request_along_and_what_waits_behind(
        self, fast_clock: trio.testing.MockClock, address: Address, watched: Watched, more: int
    ) -> None:
        async with connected(address, GET % (b"for_ever", b""), GET % (b"hello", b"") * more):
            await watched.began.wait()
        with trio.fail_after(connection.HALF_CLOSED + 0.1):
            await watched.cancelled.wait()
        await trio.testing.wait_all_tasks_blocked(0.02)
        assert watched.asked == 0

    @pytest.mark.parametrize("method", [b"POST", b"DELETE"])
    async def test_takes_its_request_along_also_where_nobody_reads_its_body(
        self, fast_clock: trio.testing.MockClock, address: Address, watched: Watched, method: bytes
    ) -> None:
        head = method + b" /for_ever HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n"
        async with connected(address, head, b"{}"):
            await watched.began.wait()
        with trio.fail_after(connection.HALF_CLOSED + 0.1):
            await watched.cancelled.wait()

    async def test_gets_its_answer_where_it_only_says_no_more(self, address: Address) -> None:
        async with connected(address, GET % (b"hello", b"")) as stream:
            await stream.send_eof()
            assert (await heard(stream)).startswith(b"HTTP/1.1 200")

    async def test_or_asks_on_and_on_is_not_heard_further(
        self, clock: trio.testing.MockClock, address: Address, watched: Watched
    ) -> None:
        async with connected(address, GET % (b"for_ever", b"")) as stream:
            await watched.began.wait()
            with contextlib.suppress(trio.BrokenResourceError):
                while True:
                    await stream.send_all(GET % (b"hello", b"") * MANY)
        assert watched.cancelled.is_set()
        assert watched.asked == 0

    async def test_in_the_middle_of_a_body_is_no_failure(self, address: Address) -> None:
        with capture_logs() as logs:
            async with connected(address, b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"):
                await trio.testing.wait_all_tasks_blocked(0.02)
            await trio.testing.wait_all_tasks_blocked(0.02)
        assert logs == []


class TestWhoIsSlow:
    @pytest.mark.parametrize(
        ("said", "seconds"),
        [
            (b"", connection.HEADER_TIME),
            (b"GET /hel", connection.HEADER_TIME),
            (GET % (b"hello", b""), connection.IDLE_TIME),
            (GET % (b"hello", b"") + b"GET", connection.HEADER_TIME),
        ],
    )
    async def test_is_waited_for_in_bounds(
        self, fast_clock: trio.testing.MockClock, address: Address, said: bytes, seconds: float
    ) -> None:
        async with connected(address, said) as stream:
            began = trio.current_time()
            await heard(stream)
            assert seconds <= trio.current_time() - began <= seconds + connection.LINGER + 0.1

    async def test_one_byte_after_the_other_gains_no_time(
        self, fast_clock: trio.testing.MockClock, address: Address
    ) -> None:
        async with connected(address) as stream:
            with contextlib.suppress(trio.BrokenResourceError):
                for _ in range(100):
                    await stream.send_all(b"G")
                    await passes(1)
            assert trio.current_time() < connection.HEADER_TIME + connection.LINGER + 3

    async def test_takes_its_answer_or_loses_it(self, fast_clock: trio.testing.MockClock, address: Address) -> None:
        async with connected(address, GET % (b"huge", b"")) as stream:
            await passes(connection.SEND_TIME + connection.LINGER + 1)
            assert len(await heard(stream)) < 64_000_000

    async def test_128_who_say_nothing_cost_nobody_a_moment(
        self, clock: trio.testing.MockClock, address: Address
    ) -> None:
        silent = [socket.create_connection(address) for _ in range(128)]
        for target in ("/health", "/hello"):
            assert (await get(address, target)).status == 200
        assert trio.current_time() == 0
        for each in silent:
            each.close()


class TestProtocol:
    async def test_requests_are_answered_in_their_order_on_one_connection(self, address: Address) -> None:
        async with connected(address, GET % (b"hello", b"") * 2, GET % (b"parts", b"Connection: close\r\n")) as stream:
            answer = await heard(stream)
        assert answer.count(b"HTTP/1.1 200") == 3
        assert answer.endswith(b"1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n")
        assert answer.count(b"\r\ndate: ") == 3

    async def test_a_connection_is_not_for_ever(self, address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection, "REQUESTS", 2)
        async with connected(address, GET % (b"hello", b"") * 3) as stream:
            answer = await heard(stream)
        assert answer.count(b"HTTP/1.1 200") == 2
        assert answer.count(b"connection: close") == 1

    async def test_head_is_the_answer_without_its_body(self, address: Address) -> None:
        async with connected(
            address, b"HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", GET % (b"hello", b"")
        ) as stream:
            answer = await heard(stream, lambda answer: answer.endswith(b'hello"'))
        assert answer.count(b"content-length: 1002") == 2
        assert answer.count(b"hellohello") == 100

    async def test_http_1_0_is_answered_and_closed(self, address: Address) -> None:
        async with connected(address, b"GET /health HTTP/1.0\r\n\r\n") as stream:
            answer = await heard(stream)
        assert answer.startswith(b"HTTP/1.1 200")
        assert answer.endswith(b'"well"')

    @pytest.mark.parametrize("method", [b"GET", b"HEAD"])
    @pytest.mark.parametrize("framed", [b"Content-Length: 2", b"Transfer-Encoding: chunked"])
    async def test_a_body_where_there_should_be_none_is_refused(
        self, address: Address, watched: Watched, method: bytes, framed: bytes
    ) -> None:
        head = method + b" /for_ever HTTP/1.1\r\nHost: localhost\r\n" + framed + b"\r\n\r\n"
        async with connected(address, head) as stream:
            answer = await heard(stream)
        assert answer.startswith(b"HTTP/1.1 400")
        assert b"connection: close" in answer
        assert not watched.began.is_set()

    async def test_a_length_of_nothing_is_no_body(self, address: Address) -> None:
        async with connected(address, GET % (b"hello", b"Content-Length: 00\r\n")) as stream:
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 200")

    async def test_a_body_is_asked_for_where_the_client_waits_for_that(self, address: Address) -> None:
        head = b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        async with connected(address, head) as stream:
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 100")
            await stream.send_all(b"ok")
            assert (await heard(stream, lambda answer: answer.endswith(b"ok"))).startswith(b"HTTP/1.1 200")

    async def test_http_2_in_clear_text_is_not_spoken(self, address: Address) -> None:
        upgrade = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAA\r\n"
        async with connected(address, GET % (b"health", upgrade)) as stream:
            answer = await heard(stream, lambda answer: answer.endswith(b'"well"'))
        assert answer.startswith(b"HTTP/1.1 200")
        async with connected(address, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0") as stream:
            assert (await heard(stream)).startswith(b"HTTP/1.1 505")

    async def test_a_websocket_is_not_opened(self, address: Address) -> None:
        upgrade = (
            b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AA==\r\n"
        )
        async with connected(address, GET % (b"health", upgrade)) as stream:
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 200")

    async def test_too_large_a_head_is_refused(self, address: Address) -> None:
        async with connected(
            address, GET % (b"hello", b"A: %s\r\n" % bytes(2 * connection.HEAD).replace(b"\0", b"a"))
        ) as stream:
            assert (await heard(stream)).startswith(b"HTTP/1.1 431")


async def test_failures_are_logged_once_a_minute(fast_clock: trio.testing.MockClock, address: Address) -> None:
    with capture_logs() as logs:
        for _ in range(5):
            assert (await get(address, "/broken")).status == 500
        await passes(61)
        assert (await get(address, "/broken")).status == 500
    assert [(line["event"], line.get("not_logged")) for line in logs] == [
        ("web_request_failed", None),
        ("web_request_failed", 4),
    ]
