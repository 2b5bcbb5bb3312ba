"""A room with its interface for programs and a simulated terminal, for tools that try requests: `python -m` it.

Prints its address, then serves until it is ended. The token of each role is the role's word.
"""

import sys
from functools import partial

import structlog
import trio
from starlette.applications import Starlette

from appliance.runtime.web.server import serve_web
from tests.api.rooms import interface
from tests.e2e.world import ROOM, a_room

TABLES = "[api]\n[relays.lights]\npin = 26\n"


async def main(listen: str) -> None:
    async with a_room(template=ROOM + TABLES) as world, trio.open_nursery() as nursery:
        made = interface(world.appliance.parts)
        serve = partial(serve_web, Starlette(routes=made.routes), listen, sockets=made.sockets)
        ((host, port), *_) = await nursery.start(serve)
        sys.stdout.write(f"{host}:{port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    trio.run(main, sys.argv[1])
