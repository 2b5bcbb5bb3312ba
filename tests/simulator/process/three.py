"""Three rooms who can call each other, each with a client."""

import contextlib
from collections.abc import AsyncIterator

from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client, authorised

DOMAIN = "meet.example.com"
ONE, TWO, THREE = (f"room{n}@{DOMAIN}" for n in (1, 2, 3))


@contextlib.asynccontextmanager
async def clients(rooms: list[Simulator]) -> AsyncIterator[list[Client]]:
    async with authorised(rooms[0]) as one, authorised(rooms[1]) as two, authorised(rooms[2]) as three:
        yield [one, two, three]
