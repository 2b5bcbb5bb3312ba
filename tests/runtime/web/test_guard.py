import socket

import pytest
import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from appliance.runtime.web import guard
from appliance.runtime.web.answers import json_answer, read_json, web_app
from appliance.runtime.web.guard import ANY_NAME, Guard
from tests.panel.conftest import Serve
from tests.runtime.web.client import Address, get, request
from tests.virtual_time import real


async def echo(asked: Request) -> Response:
    return json_answer(await read_json(asked, dict[str, int]) if asked.method == "POST" else {})


APP = web_app([Route("/echo", echo, methods=["GET", "POST"])])
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def address(serve: Serve) -> Address:
    return await serve(APP)


@pytest.mark.parametrize("host", ["localhost", "localhost:{}", "127.0.0.1:{}", "[::1]:{}", "LOCALHOST:1", "10.0.0.7"])
async def test_our_own_names_are_served(address: Address, host: str) -> None:
    assert (await get(address, "/echo", {"Host": host.format(address[1])})).status == 200


STRANGERS = ["evil.example", "localhost.evil.example:80", "[", "", "127.0.0.1.evil.example", "offhook-1.evil.example"]


@pytest.mark.parametrize("host", STRANGERS)
async def test_other_names_on_loopback_are_refused(address: Address, host: str) -> None:
    answer = await get(address, "/echo", {"Host": host})
    assert answer.status == 421
    assert f"Host `{host}` is not served here" in answer.json["error"]


@pytest.fixture
def on_the_lan(monkeypatch: pytest.MonkeyPatch) -> Guard:
    """The guard of a box called offhook-1 that listens on all addresses and is also known as room.example.com."""
    monkeypatch.setattr(socket, "gethostname", lambda: "Offhook-1")
    return Guard(APP, host="0.0.0.0", names=["Room.example.com"])  # noqa: S104  # the address of the test is a scope's


def asked(host: str, *, kind: str = "http", **headers: str) -> Scope:
    """A request as it arrives on an address of the network."""
    named = {"host": host, **headers}
    raw = [(name.encode(), value.encode()) for name, value in named.items()]
    return {"type": kind, "method": "GET", "path": "/echo", "headers": raw, "server": ("192.168.1.30", 8080)}


async def answer_of(guard: Guard, scope: Scope) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": f"{scope['type']}.{'request' if scope['type'] == 'http' else 'connect'}"}

    async def send(message: Message) -> None:
        sent.append(message)

    await guard({"query_string": b"", **scope}, receive, send)
    return sent


OURS = ["192.168.1.30:8080", "[fd00::30]:8080", "offhook-1", "OFFHOOK-1.local:8080", "room.example.com.", "localhost:1"]


MORE_THAN_A_NAME = ["evil.example@192.168.1.30", "[fd00::30]evil.example", "192.168.1.30/x", "192.168.1.30:80:80"]


@pytest.mark.parametrize("host", OURS)
async def test_our_own_names_are_served_on_the_network(on_the_lan: Guard, host: str) -> None:
    assert (await answer_of(on_the_lan, asked(host)))[0]["status"] == 200


@pytest.mark.parametrize("host", [*STRANGERS, "example.com", "other.local", "0.0.0.0.evil.example", *MORE_THAN_A_NAME])
async def test_other_names_on_the_network_are_refused(on_the_lan: Guard, host: str) -> None:
    """What a page of evil.example sees whose name was pointed at the box: neither the room nor the box's own name."""
    start, body = await answer_of(on_the_lan, asked(host))
    assert start["status"] == 421
    assert b"`names` in [panel]" in body["body"]
    assert b"ffhook-1" not in body["body"].replace(host.encode(), b"")


async def test_tool_of_http_1_0_need_not_name_anybody(on_the_lan: Guard) -> None:
    scope = {**asked(""), "headers": []}
    assert (await answer_of(on_the_lan, scope))[0]["status"] == 200


async def test_pages_of_others_may_not_even_read(on_the_lan: Guard) -> None:
    assert (await answer_of(on_the_lan, asked("offhook-1", origin="http://evil.example")))[0]["status"] == 403
    assert (await answer_of(on_the_lan, asked("offhook-1", origin="http://offhook-1")))[0]["status"] == 200


@pytest.mark.parametrize(
    ("host", "origin"), [("evil.example", "http://evil.example"), ("offhook-1", "http://evil.example")]
)
async def test_websockets_are_opened_for_pages_of_ours_only(
    monkeypatch: pytest.MonkeyPatch, host: str, origin: str
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "offhook-1")

    async def accepts(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})

    guarded = Guard(accepts, host="192.168.1.30")
    ours = asked("offhook-1", kind="websocket", origin="http://offhook-1")
    assert await answer_of(guarded, ours) == [{"type": "websocket.accept"}]
    theirs = asked(host, kind="websocket", origin=origin)
    assert await answer_of(guarded, theirs) == [{"type": "websocket.close", "code": 1008}]


async def test_stand_in_for_a_terminal_has_any_name() -> None:
    anybody = Guard(APP, host="0.0.0.0", names=ANY_NAME)  # noqa: S104  # as above
    assert (await answer_of(anybody, asked("terminal.example")))[0]["status"] == 200


async def test_every_answer_carries_the_security_headers(address: Address) -> None:
    for target, host in [("/echo", "localhost"), ("/nothing", "localhost"), ("/echo", "evil.example")]:
        headers = (await get(address, target, {"Host": host})).headers
        assert headers["content-security-policy"].startswith("default-src 'none';")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


async def test_page_of_ours_and_tools_may_post(address: Address) -> None:
    ours = JSON | {"Origin": f"http://127.0.0.1:{address[1]}"}
    assert (await request(address, "POST", "/echo", b'{"a":1}', ours)).json == {"a": 1}
    assert (await request(address, "POST", "/echo", b'{"a":1}')).json == {"a": 1}


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://["])
async def test_pages_of_others_may_not_post(address: Address, origin: str) -> None:
    answer = await request(address, "POST", "/echo", b"{}", JSON | {"Origin": origin})
    assert (answer.status, answer.json["error"]) == (
        403,
        f"a page of `{origin}` may not do this; expected one of our own",
    )


async def test_browser_must_declare_json(address: Address) -> None:
    form = {"Content-Type": "text/plain", "Sec-Fetch-Site": "same-origin"}
    answer = await request(address, "POST", "/echo", b"{}", form)
    assert (answer.status, answer.json["error"]) == (415, "Content-Type is `text/plain`; expected application/json")


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "/echo: Input data was truncated"),
        (b"{", "/echo: Input data was truncated"),
        (b'{"a":"b"}', "/echo: Expected `int`, got `str`"),
        (b"\xff", "/echo: JSON is malformed"),
    ],
)
async def test_body_that_does_not_fit_is_explained(address: Address, body: bytes, complaint: str) -> None:
    answer = await request(address, "POST", "/echo", body, JSON)
    assert answer.status == 400
    assert complaint in answer.json["error"]


async def test_body_has_a_limit_declared_or_not(address: Address) -> None:
    body = b'{"a":' + b"1" * guard.BODY_LIMIT + b"}"
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    assert (await request(address, "POST", "/echo", body, JSON)).status == 413
    with trio.fail_after(real(5)):
        async with await trio.open_tcp_stream(*address) as stream:
            await stream.send_all(
                b"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked
            )
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 413")


async def test_body_that_does_not_come_is_not_waited_for(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_TIME", 0.05)
    with trio.fail_after(real(5)):
        async with await trio.open_tcp_stream(*address) as stream:
            await stream.send_all(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 408")
