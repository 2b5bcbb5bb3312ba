"""A room with its interface for programs and a simulated terminal, for tools that try requests: `python -m` it.

Prints its address, then serves until it is ended. The token of each role is the role's word. With the paths of a
certificate and its key behind the address, over HTTPS.
"""

import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import structlog
import trio
from starlette.applications import Starlette

from appliance.deputy.requests import Made
from appliance.panel.certificate import Pair, server_context
from appliance.run.pages.status import LARGE_BODIES
from appliance.runtime.web.server import serve_web
from tests.api.rooms import interface
from tests.e2e.world import ROOM, a_room
from tests.maintain.deputies import BACKUP, Told, deputy
from tests.maintain.machines import machine_of

TABLES = "[api]\n[relays.lights]\npin = 26\n"


@asynccontextmanager
async def _deputy() -> AsyncIterator[Path]:
    """A deputy that does whatever it is asked for, and restarts nothing."""
    told = Told(Backup=Made(len(BACKUP)))
    with tempfile.TemporaryDirectory() as folder:
        async with deputy(Path(folder) / "deputy.sock", told):
            yield Path(folder) / "deputy.sock"


async def main(listen: str, *pair: str) -> None:
    async with _deputy() as socket, a_room(template=ROOM + TABLES) as world, trio.open_nursery() as nursery:
        world.appliance.parts.machine = machine_of(world.appliance.parts, socket)
        made = interface(world.appliance.parts)
        tls = server_context(Pair(*map(Path, pair))) if pair else None
        serve = partial(serve_web, Starlette(routes=made.routes), listen, tls, sockets=made.sockets, large=LARGE_BODIES)
        ((host, port), *_) = await nursery.start(serve)
        sys.stdout.write(f"{host}:{port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    trio.run(main, sys.argv[1], *sys.argv[2:])
