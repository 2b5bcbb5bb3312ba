"""What the box's answers allow a browser, on the real server."""

import re
import ssl
from functools import partial

import pytest
import trio
from starlette.applications import Starlette

from appliance.language.catalogue import ENGLISH
from appliance.panel.certificate import Pair, server_context
from appliance.panel.pages import page_routes
from appliance.panel.status import status_app
from appliance.room.state import RoomState
from appliance.runtime.web.server import serve_web
from tests.panel.conftest import Serve
from tests.runtime.web.client import SERVER_NAME, Address, get

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
PAGES = ["/", "/panel", "/panel/door"]
OTHERS = ["/panel/static/panel.js", "/panel/static/nothing", "/panel/nothing", "/health", "/state", "/nothing"]


@pytest.fixture
def app() -> Starlette:
    return status_app(RoomState, more=page_routes("Neptune", ENGLISH))


@pytest.fixture
async def address(serve: Serve, app: Starlette) -> Address:
    return await serve(app)


@pytest.mark.parametrize("path", [*PAGES, *OTHERS])
async def test_every_answer_says_what_may_be_loaded(address: Address, path: str) -> None:
    headers = (await get(address, path)).headers
    told = dict(one.strip().split(" ", 1) for one in headers["content-security-policy"].split(";"))
    assert told == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "microphone=()" in headers["permissions-policy"]
    assert "cross-origin-opener-policy" not in headers  # over plain HTTP browsers complain of it


async def test_a_page_over_https_is_alone_in_its_window(
    nursery: trio.Nursery, app: Starlette, pair: Pair, trusting: ssl.SSLContext
) -> None:
    serve = partial(serve_web, app, "127.0.0.1:0", server_context(pair), names=[SERVER_NAME])
    (address,) = await nursery.start(serve)
    headers = (await get(address, "/panel", tls=trusting)).headers
    assert headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
async def test_nothing_in_a_page_needs_more(address: Address, path: str) -> None:
    page = (await get(address, path)).body.decode()
    assert not re.search(r"\s(style|on[a-z]+)=", page)
    assert "<style" not in page
    for script in re.findall(r"<script\b[^>]*>", page):
        assert 'src="/panel/static/' in script or 'type="application/json"' in script


@pytest.mark.parametrize("path", ["/panel", "/panel/door"])
async def test_a_page_has_everything_fetched_at_once_and_kept(address: Address, path: str) -> None:
    page = (await get(address, path)).body.decode()
    loaded = re.findall(r'(?<!rel="manifest" )(?:src|href)="([^"]+)"', page)  # which has the name of the room
    assert len(loaded) == len(set(loaded))
    assert {f"{name}.js" for name in ("live", "words", "vendor/preact")} <= {
        each.split("/", 4)[4] for each in re.findall(r'rel="modulepreload" href="([^"]+)"', page)
    }
    for each in loaded:
        answer = await get(address, each)
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]
