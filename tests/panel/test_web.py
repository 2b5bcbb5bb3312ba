import socket
from functools import partial

import pytest
import trio
import trio.testing
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from appliance.runtime.web.answers import web_app
from appliance.runtime.web.listen import ListenError
from appliance.runtime.web.server import serve_web
from tests.panel.conftest import Serve
from tests.runtime.web.client import get, left_after_its_grace
from tests.virtual_time import real


async def hello(_request: Request) -> Response:
    return Response("hello")


async def for_ever(_request: Request) -> Response:
    await trio.sleep_forever()
    raise AssertionError


async def huge(_request: Request) -> Response:
    return Response(bytes(64_000_000))


async def broken(_request: Request) -> Response:
    raise RuntimeError("no such luck")


APP = web_app([Route(f"/{page.__name__}", page) for page in (hello, for_ever, huge, broken)])


async def test_serves_on_any_free_port_and_says_which(serve: Serve) -> None:
    address = await serve(APP)
    assert address[0] == "127.0.0.1"
    assert address[1] > 0
    assert (await get(address, "/hello")).body == b"hello"


async def test_localhost_is_every_address_of_that_name() -> None:
    async with trio.open_nursery() as nursery:
        addresses = await nursery.start(serve_web, APP, "localhost:0")
        assert all(host in {"127.0.0.1", "::1"} for host, _port in addresses)
        for address in addresses:
            assert (await get(address, "/hello")).status == 200
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("path", ["/for_ever", "/huge"])
async def test_ends_in_time_whatever_clients_do(mock_clock: trio.testing.MockClock, path: str) -> None:
    async with trio.open_nursery() as nursery:
        (address,) = await nursery.start(serve_web, APP, "127.0.0.1:0")
        async with await trio.open_tcp_stream(*address) as stream:
            await stream.send_all(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            await trio.testing.wait_all_tasks_blocked(0.05)
            left = await left_after_its_grace(nursery, mock_clock)
    assert not left


async def test_request_that_fails_is_logged_and_costs_nothing_else(serve: Serve) -> None:
    address = await serve(APP)
    with capture_logs() as logs:
        answer = await get(address, "/broken")
        await trio.testing.wait_all_tasks_blocked(0.02)
    assert (answer.status, answer.json) == (500, {"error": "this failed; the log says why"})
    assert [line["event"] for line in logs] == ["web_request_failed"]
    assert (await get(address, "/hello")).status == 200


async def test_garbage_costs_its_own_connection_only(serve: Serve) -> None:
    address = await serve(APP)
    with trio.fail_after(real(5)):
        async with await trio.open_tcp_stream(*address) as stream:
            await stream.send_all(b"\x16\x03\x01 what is this\r\n\r\n")
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 400")
    assert (await get(address, "/hello")).status == 200


async def test_address_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(ListenError, match=f"cannot listen on {listen}: something else listens there"):
            await serve_web(APP, listen)


@pytest.mark.parametrize(
    ("listen", "complaint"),
    [
        ("192.0.2.1:0", "this machine has no such address"),
        ("no.such.host.invalid:0", "no such host"),
        ("8080", "expected HOST:PORT"),
    ],
)
async def test_address_that_is_not_ours_is_named(listen: str, complaint: str) -> None:
    with trio.fail_after(real(10)), pytest.raises(ListenError, match=complaint):
        await partial(serve_web, APP, listen)()
