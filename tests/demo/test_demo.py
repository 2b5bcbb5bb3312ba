import re

import msgspec
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.demo.page import demo_app, label
from appliance.runtime.web.answers import json_answer, web_app
from tests.demo.wired import wired
from tests.panel.conftest import Serve
from tests.runtime.web.client import get


class State(msgspec.Struct):
    phase: str


async def far_side(_request: Request) -> Response:
    return json_answer({"appState": 3})


CONTROL = web_app([Route("/state", far_side)])


async def test_everything_is_in_its_place(serve: Serve) -> None:
    with wired() as room:
        address = await serve(demo_app(room.hardware, CONTROL, lambda: State("idle")))
        assert (await get(address, "/state")).json == {"phase": "idle"}
        assert (await get(address, "/terminal/state")).json == {"appState": 3}
        assert set((await get(address, "/hardware")).json) >= {"buttons", "lamps", "keypads", "speakerphones", "serial"}
        assert (await get(address, "/nothing")).json == {"error": "Not Found"}


async def test_page_names_the_hardware_and_asks_only_for_what_is_there(serve: Serve) -> None:
    with wired() as room:
        address = await serve(demo_app(room.hardware, CONTROL, dict))
        page = (await get(address, "/")).body.decode()
        for name in ("call", "hangup", "mute"):
            assert f'data-button="{name}"' in page
        for name in ("ringing", "in_call", "muted", "link"):
            assert f'data-lamp="{name}"' in page
        files = re.findall(r'(?:src|href)="([^"]+)"', page)
        assert files
        for file in files:
            assert (await get(address, file)).status == 200
        module = await get(address, "/static/demo.js")
        assert module.headers["content-type"].startswith("text/javascript")
        assert "<script>" not in page
        assert "style=" not in page


@pytest.mark.parametrize(
    ("name", "words"), [("in_call", "In call"), ("hangup", "Hang up"), ("link", "No link"), ("A", "A"), ("7", "7")]
)
def test_names_become_words(name: str, words: str) -> None:
    assert label(name) == words


async def test_who_opens_the_page_wakes_the_display(serve: Serve) -> None:
    opened: list[str] = []
    with wired() as room:
        address = await serve(demo_app(room.hardware, CONTROL, dict, opened=lambda: opened.append("page")))
        await get(address, "/hardware")
        assert opened == []
        await get(address, "/")
        assert opened == ["page"]
