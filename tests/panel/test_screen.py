"""What a page is told of the screen that it is on."""

import pytest

from appliance.language.catalogue import ENGLISH
from appliance.panel.pages import Screen, page_routes
from appliance.runtime.web.answers import web_app
from tests.panel.conftest import Serve
from tests.runtime.web.client import get


@pytest.mark.parametrize("path", ["/panel", "/panel/door"])
async def test_its_size_and_whether_it_goes_dark(serve: Serve, path: str) -> None:
    bright = await get(await serve(web_app(page_routes("Neptune", ENGLISH))), path)
    dark = await get(await serve(web_app(page_routes("Neptune", ENGLISH, Screen(7, dark=True)))), path)
    assert b' data-inches="10.1"' in bright.body
    assert b" data-dark" not in bright.body
    assert b' data-inches="7" data-dark' in dark.body
