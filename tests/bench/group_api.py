"""The interface for programs: what a request costs, over a bare route of the same server with the same bytes."""

import sys
import time
from functools import partial
from pathlib import Path
from typing import Final

import click
import trio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.access.digests import digest
from appliance.access.tokens import Token
from appliance.api.about import ROOT
from appliance.config.load import parse
from appliance.language.catalogue import ENGLISH
from appliance.panel.live.feed import Feed
from appliance.panel.view import Viewed
from appliance.run.appliance import Appliance
from appliance.run.demo.virtual import virtual_room
from appliance.run.pages.status import pages_of
from appliance.run.parts import Parts
from appliance.runtime.web.server import serve_web
from tests.api.rooms import TALKING
from tests.bench.asks import WARM_UP
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.patience import patience
from tests.bench.processes import ROOT as HERE
from tests.bench.size import Size

BARE: Final = "/bare"
ROOM_WITH_API: Final = """
hardware = "virtual"
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
[panel]
listen = "127.0.0.1:0"
[api]
"""
STARTED, REQUEST = 30.0, 0.1  # seconds for the program that asks to begin, and for a request; much more than either
PASSES: Final = 5  # of which processor time is taken: a busy machine makes answers late, and does not change that
NAMES: Final = {f"{ROOT}/view": "api_view", f"{ROOT}/version": "api_version", BARE: "bare_route"}

RATIOS = (
    Ratio("am  the view over HTTP, over a bare route of the same server", "api_view", "bare_route", aim=1.5),
    Ratio("am  the same, processor time", "api_view_cpu", "bare_route_cpu", aim=1.5),
    Ratio("am  the version, over the same", "api_version", "bare_route", aim=1.5),
)
LIMITS: tuple[Limit, ...] = ()


def measure(size: Size, samples: Samples, notes: list[str]) -> None:  # every group has the same
    """Adds samples of everything."""
    click.echo(f"api: {size.rounds} requests of each kind", err=True)
    trio.run(asked, size.rounds, samples)


async def asked(rounds: int, samples: Samples) -> None:
    """Serves a room in this process, and asks from another one."""
    async with trio.open_nursery() as nursery:
        config = parse(ROOM_WITH_API, Path("bench.toml"))
        with virtual_room(config) as (_, hardware):
            app = whole(Appliance(config, hardware).parts)
            ((_, port), *_) = await nursery.start(partial(serve_web, app, "127.0.0.1:0"))
            await _take(port, rounds, samples)
        nursery.cancel_scope.cancel()


def whole(parts: Parts) -> Starlette:
    """Returns all pages of a room in a call, behind its own gate, and before them the bare route.

    So whatever a room does with a request that the bare route does not need counts: it also looks through all routes.
    """
    parts.access.tokens.take(tuple(Token(role, role, digest(role), made=0) for role in ("maintain", "touch", "view")))
    parts.store.followed.value = TALKING
    app = pages_of(parts).app
    body = b'{"clock":[180,1795777501420],"now":5231431,"view":%s}' % _view()

    async def bare(_request: Request) -> Response:
        return Response(body, media_type="application/json")

    app.router.routes.insert(0, Route(BARE, bare))
    return app


def _view() -> bytes:
    feed = Feed(Viewed("Neptune", ENGLISH, titles=True))
    feed.renew(TALKING)
    return feed.since(0)


async def _take(port: int, rounds: int, samples: Samples) -> None:
    """Adds samples of all: how long each request took, and what of the processor."""
    for line in (await _asks(port, rounds, *NAMES)).splitlines():
        path, took = line.split()
        samples.setdefault(NAMES[path], []).append(int(took) / 1e9)
    for _ in range(PASSES):
        for path, name in NAMES.items():
            began = time.process_time()
            asked = len((await _asks(port, rounds, path)).splitlines()) + WARM_UP
            samples.setdefault(f"{name}_cpu", []).append((time.process_time() - began) / asked)


async def _asks(port: int, rounds: int, *paths: str) -> str:
    command = [sys.executable, "-m", "tests.bench.asks", str(port), str(rounds), *paths]
    with trio.fail_after(patience(STARTED + REQUEST * rounds * len(paths))):
        done = await trio.run_process(command, capture_stdout=True, cwd=HERE)
    return done.stdout.decode()
