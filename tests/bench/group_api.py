"""The interface for programs: what a request costs, over a bare route of the same server with the same bytes."""

import sys
import time
from functools import partial
from typing import Final

import click
import trio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.api.about import ROOT
from appliance.language.catalogue import ENGLISH
from appliance.panel.feed import Feed
from appliance.panel.view import Viewed
from appliance.runtime.web.server import serve_web
from tests.api.rooms import TALKING, interface, room
from tests.bench.asks import WARM_UP
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.patience import patience
from tests.bench.processes import ROOT as HERE
from tests.bench.size import Size

BARE: Final = "/bare"
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
    feed = Feed(Viewed("Neptune", ENGLISH, titles=True))
    feed.renew(TALKING)
    body = b'{"clock":[180,1795777501420],"now":5231431,"view":%s}' % feed.since(0)

    async def bare(_request: Request) -> Response:
        return Response(body, media_type="application/json")

    app = Starlette(routes=[Route(BARE, bare), *interface(room()).routes])
    async with trio.open_nursery() as nursery:
        ((_, port), *_) = await nursery.start(partial(serve_web, app, "127.0.0.1:0"))
        for line in (await _asks(port, rounds, *NAMES)).splitlines():
            path, took = line.split()
            samples.setdefault(NAMES[path], []).append(int(took) / 1e9)
        for _ in range(PASSES):
            for path, name in NAMES.items():
                began = time.process_time()
                asked = len((await _asks(port, rounds, path)).splitlines()) + WARM_UP
                samples.setdefault(f"{name}_cpu", []).append((time.process_time() - began) / asked)
        nursery.cancel_scope.cancel()


async def _asks(port: int, rounds: int, *paths: str) -> str:
    command = [sys.executable, "-m", "tests.bench.asks", str(port), str(rounds), *paths]
    with trio.fail_after(patience(STARTED + REQUEST * rounds * len(paths))):
        done = await trio.run_process(command, capture_stdout=True, cwd=HERE)
    return done.stdout.decode()
