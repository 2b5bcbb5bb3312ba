"""What browsers are told that install the pages."""

import json
from html import escape
from typing import Any

import pytest
from starlette.applications import Starlette

from appliance.language.catalogue import ENGLISH
from appliance.panel.installed import WORKER
from appliance.panel.pages import page_routes
from tests.panel.conftest import Serve
from tests.panel.test_scripts import STATIC
from tests.runtime.web.client import Address, get

ROOM = 'Neptune "2"'


@pytest.fixture
async def address(serve: Serve) -> Address:
    return await serve(Starlette(routes=page_routes(ROOM, ENGLISH)))


async def manifest(address: Address, path: str) -> Any:  # JSON
    answer = await get(address, path)
    assert answer.headers["content-type"] == "application/manifest+json"
    return json.loads(answer.body)


@pytest.mark.parametrize(("name", "page"), [("panel", "/panel"), ("door", "/panel/door")])
async def test_each_page_has_a_manifest(address: Address, name: str, page: str) -> None:
    found = await manifest(address, f"/panel/{name}.webmanifest")
    assert (found["start_url"], found["id"], found["lang"]) == (page, page, "en")
    assert (found["name"], found["short_name"]) == (f"{ROOM} – {name}", ROOM)
    assert page.startswith(found["scope"])
    for icon in found["icons"]:
        assert (STATIC / icon["src"].removeprefix("/panel/static/")).exists()
    assert f'href="/panel/{name}.webmanifest"' in (await get(address, page)).body.decode()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("lang=ru&inches=7", "?lang=ru&inches=7"),
        ("inches=10.1", "?inches=10.1"),
        ("lang=de&inches=1e9", ""),
        ("inches=%22%3E%3Cscript%3E&x=1", ""),
        ("inches=1234567890123", ""),
        ("inches=%E0%A5%AD", ""),
    ],
)
async def test_what_an_address_says_of_a_screen_is_kept_and_nothing_else(
    address: Address, query: str, kept: str
) -> None:
    assert (await manifest(address, f"/panel/panel.webmanifest?{query}"))["start_url"] == f"/panel{kept}"
    page = (await get(address, f"/panel?{query}")).body.decode()
    assert f'href="/panel/panel.webmanifest{escape(kept)}"' in page


async def test_the_worker_may_look_after_both_pages(address: Address) -> None:
    answer = await get(address, WORKER)
    assert answer.headers["service-worker-allowed"] == "/panel"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.body == (STATIC / "worker.js").read_bytes()
