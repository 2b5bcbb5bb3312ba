"""A screen is paired over HTTPS, by the code that the room's display shows: through the real pages."""

import ssl
from functools import partial

import pytest
import trio

from appliance.access.gate import PANEL_COOKIE, Gate
from appliance.access.paired import Paired
from appliance.language.catalogue import ENGLISH
from appliance.panel.access import Access
from appliance.panel.certificate import Pair, server_context
from appliance.panel.pages import pairing_routes
from appliance.panel.pairing import Pairing
from appliance.panel.status import state_json
from appliance.runtime.web.answers import web_app
from appliance.runtime.web.server import serve_web
from appliance.services.store import RoomStore
from tests.runtime.web.client import Address, request

JSON = {"Content-Type": "application/json"}


class Box:
    """A room with a display, whose pages are served with TLS and without."""

    def __init__(self) -> None:
        self.store = RoomStore()
        self.paired = Paired(None)
        self.access = Access(Gate(lambda: self.paired.digests))
        pairing = Pairing(self.store, self.paired.add, trio.current_time)
        self.app = web_app(pairing_routes(pairing, ENGLISH))

    @property
    def code(self) -> str:
        """What the display shows."""
        return self.store.state.pairing.code.text if self.store.state.pairing else ""


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
async def address(box: Box, pair: Pair, nursery: trio.Nursery) -> Address:
    serve = partial(serve_web, box.app, "127.0.0.1:0", server_context(pair))
    addresses: list[Address] = await nursery.start(serve)
    return addresses[0]


async def post(address: Address, path: str, body: bytes, tls: ssl.SSLContext | None) -> tuple[int, str]:
    answer = await request(address, "POST", f"/panel/pairing{path}", body, JSON, tls)
    return answer.status, answer.headers.get("set-cookie", answer.body.decode())


async def test_a_screen_is_paired(box: Box, address: Address, trusting: ssl.SSLContext) -> None:
    assert await post(address, "", b"{}", trusting) == (200, '{"seconds":120.0}')
    status, cookie = await post(address, "/code", b'{"code": "%s"}' % box.code.encode(), trusting)
    assert status == 200
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/panel"))
    secret = cookie.partition(f"{PANEL_COOKIE}=")[2].partition(";")[0]
    scope = {
        "client": ("192.0.2.7", 1),
        "scheme": "https",
        "headers": [(b"cookie", f"{PANEL_COOKIE}={secret}".encode())],
    }
    assert box.access.may_touch(scope)
    assert box.code == ""


async def test_nobody_reads_the_code_off_the_network(box: Box, address: Address, trusting: ssl.SSLContext) -> None:
    _, said = await post(address, "", b"{}", trusting)
    assert len(box.code) == 8
    assert box.code not in said
    assert box.code not in str(state_json(box.store.state))
    assert box.code not in repr(box.store.state)


async def test_a_wrong_code_pairs_nobody(box: Box, address: Address, trusting: ssl.SSLContext) -> None:
    await post(address, "", b"{}", trusting)
    assert await post(address, "/code", b'{"code": ""}', trusting) == (409, '{"error":"That is not the code"}')
    assert box.paired.digests == frozenset()


async def test_over_plain_http_nobody_is_paired(box: Box, nursery: trio.Nursery) -> None:
    (address,) = await nursery.start(serve_web, box.app, "127.0.0.1:0")
    for path, body in (("", b"{}"), ("/code", b'{"code": ""}')):
        status, said = await post(address, path, body, None)
        assert status == 403
        assert "HTTPS" in said
    assert box.code == ""
