"""Files that are sent: what is refused before anything is read, and what is counted as it comes."""

from functools import partial

import pytest
import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.runtime.web.answers import json_answer, web_app
from appliance.runtime.web.server import serve_web
from appliance.runtime.web.uploads import Upload
from tests.runtime.web.client import Address, request
from tests.virtual_time import real

FILE = {"Content-Type": "application/octet-stream"}
LARGEST = 200_000


class Page:
    """Takes files; remembers how much it has read."""

    def __init__(self) -> None:
        self.read = 0
        self.may = True

    async def take(self, asked: Request) -> Response:
        if not self.may:
            return Response(status_code=403)
        async for piece in asked.stream():
            self.read += len(piece)
        return json_answer({"read": self.read})


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
async def address(page: Page, nursery: trio.Nursery) -> Address:
    routes = web_app([Route("/file", page.take, methods=["POST"]), Route("/other", page.take, methods=["POST"])])
    uploads = {"/file": Upload(LARGEST, 0.2)}
    addresses: list[Address] = await nursery.start(partial(serve_web, routes, "127.0.0.1:0", large=uploads))
    return addresses[0]


async def said(address: Address, head: str, body: bytes = b"") -> bytes:
    """What the server says to this beginning of a request."""
    with trio.fail_after(real(5)):
        async with await trio.open_tcp_stream(*address) as stream:
            lines = (
                f"POST /file HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n{head}\r\n\r\n"
            )
            await stream.send_all(lines.encode() + body)
            return bytes(await stream.receive_some())


async def test_a_file_is_larger_than_any_other_body(address: Address) -> None:
    whole = b"x" * LARGEST
    assert (await request(address, "POST", "/file", whole, FILE)).json == {"read": LARGEST}
    assert (await request(address, "POST", "/other", whole, FILE)).status == 413


async def test_one_that_is_too_large_is_refused_before_it_is_sent(page: Page, address: Address) -> None:
    assert (await said(address, f"Content-Length: {LARGEST + 1}")).startswith(b"HTTP/1.1 413")
    assert (await said(address, f"Content-Length: 1{'0' * 19}")).startswith(b"HTTP/1.1 413")
    assert page.read == 0


async def test_one_without_a_length_is_not_read(page: Page, address: Address) -> None:
    answer = await said(address, "Transfer-Encoding: chunked", b"5\r\nhello\r\n0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 411")
    assert page.read == 0


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data; boundary=x", "application/json"])
async def test_what_a_form_could_send_is_no_file(address: Address, kind: str) -> None:
    answer = await request(address, "POST", "/file", b"x", {"Content-Type": kind})
    assert (answer.status, answer.headers["accept-post"]) == (415, "application/octet-stream")


async def test_a_page_of_another_site_sends_none(address: Address) -> None:
    answer = await request(address, "POST", "/file", b"x", FILE | {"Origin": "https://elsewhere.example"})
    assert answer.status == 403


async def test_one_that_does_not_come_is_not_waited_for(address: Address) -> None:
    assert (await said(address, "Content-Length: 9", b"x")).startswith(b"HTTP/1.1 408")


async def test_who_may_not_is_told_so_before_anything_is_read(page: Page, address: Address) -> None:
    page.may = False
    assert (await said(address, f"Content-Length: {LARGEST}", b"x")).startswith(b"HTTP/1.1 403")
    assert page.read == 0
