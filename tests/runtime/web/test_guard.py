import pytest
import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.runtime.web import guard
from appliance.runtime.web.answers import json_answer, read_json, web_app
from tests.panel.conftest import Serve
from tests.runtime.web.client import Address, get, request


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


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:80", "[", "", "127.0.0.1.evil.example"])
async def test_other_names_on_loopback_are_refused(address: Address, host: str) -> None:
    answer = await get(address, "/echo", {"Host": host})
    assert answer.status == 421
    assert f"Host `{host}` is not served here" in answer.json["error"]


async def test_every_answer_carries_the_security_headers(address: Address) -> None:
    for target, host in [("/echo", "localhost"), ("/nothing", "localhost"), ("/echo", "evil.example")]:
        headers = (await get(address, target, {"Host": host})).headers
        assert headers["content-security-policy"].startswith("default-src 'self';")
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
    with trio.fail_after(5):
        async with await trio.open_tcp_stream(*address) as stream:
            await stream.send_all(
                b"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked
            )
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 413")


async def test_body_that_does_not_come_is_not_waited_for(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_TIME", 0.05)
    with trio.fail_after(5):
        async with await trio.open_tcp_stream(*address) as stream:
            await stream.send_all(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 408")
