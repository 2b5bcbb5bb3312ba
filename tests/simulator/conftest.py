from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import trio
from trio.testing import MockClock

from appliance.simulator.options import SimulatorOptions
from appliance.simulator.server import simulate
from appliance.simulator.simulator import Simulator
from tests.simulator.client import Client, authorised

UNIX_TIME = 1_700_000_000.0

Start = Callable[..., Awaitable[Simulator]]


@pytest.fixture
def clock() -> MockClock:
    """Jumps ahead when sockets have been silent for a while: they are real, time is not."""
    return MockClock(autojump_threshold=0.02)


@pytest.fixture
async def start(clock: MockClock, nursery: trio.Nursery) -> Start:
    """Starts a simulated terminal with any options."""

    async def begin(**options: object) -> Simulator:
        def wall_clock() -> float:
            return UNIX_TIME + clock.current_time()

        simulator: Simulator = await nursery.start(
            lambda task_status: simulate(SimulatorOptions(**options), wall_clock=wall_clock, task_status=task_status)
        )
        return simulator

    return begin


@pytest.fixture
async def simulator(start: Start) -> Simulator:
    started: Simulator = await start(control_port=None)
    return started


@pytest.fixture
async def client(simulator: Simulator) -> AsyncIterator[Client]:
    """The administrator of an unsecured terminal."""
    async with authorised(simulator) as client:
        yield client
