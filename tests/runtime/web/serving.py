"""A web server for tests, on a real socket of loopback."""

from collections.abc import Awaitable, Callable

import pytest
import trio
from starlette.types import ASGIApp

from appliance.runtime.web.server import serve_web

Serve = Callable[[ASGIApp], Awaitable[tuple[str, int]]]


@pytest.fixture
async def serve(nursery: trio.Nursery) -> Serve:
    async def start(app: ASGIApp, listen: str = "127.0.0.1:0") -> tuple[str, int]:
        addresses: list[tuple[str, int]] = await nursery.start(serve_web, app, listen)
        return addresses[0]

    return start
