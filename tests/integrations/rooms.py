"""A whole room with its interface on a real socket, for other people's programs; tokens are the words of roles."""

import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio
from starlette.applications import Starlette

from appliance.runtime.web.server import serve_web
from tests.api.rooms import interface
from tests.e2e.world import ROOM, World, a_room


@asynccontextmanager
async def a_box(more: str = "") -> AsyncIterator[tuple[World, int]]:
    """The room, and the port of its interface."""
    async with a_room(template=f"{ROOM}{more}[api]\n") as world, trio.open_nursery() as nursery:
        made = interface(world.appliance.parts)
        app = Starlette(routes=made.routes)
        serve = functools.partial(serve_web, app, "127.0.0.1:0", names=["box.example.com"], sockets=made.sockets)
        ((_, port), *_) = await nursery.start(serve)
        yield world, port
        nursery.cancel_scope.cancel()
