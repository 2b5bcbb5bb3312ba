from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import trio
from trio.testing import MockClock

from appliance.simulator.options import SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from appliance.simulator.server import simulate
from tests.simulator.client import Client, authorised
from tests.virtual_time import real

UNIX_TIME = 1_700_000_000.0

Start = Callable[..., Awaitable[Simulator]]


def on_mock_clock(main: Callable[[], Awaitable[Any]], **options: Any) -> Any:
    """Sockets are real, time is not: it jumps ahead when they have been silent for a while."""
    return trio.run(main, **{**options, "clock": MockClock(autojump_threshold=real(0.02))})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever starts a simulated terminal does so on a mock clock, without asking for it in each test."""
    for item in items:
        if "start" in getattr(item, "fixturenames", ()) and item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.trio(run=on_mock_clock), append=False)


@pytest.fixture
async def clock() -> MockClock:
    """The clock of the test, to jump."""
    clock = trio.lowlevel.current_clock()
    assert isinstance(clock, MockClock), "a test of simulated terminals runs on a mock clock"
    return clock


@pytest.fixture
async def start(clock: MockClock, nursery: trio.Nursery) -> Start:
    """Starts a simulated terminal with any options."""

    async def begin(**options: Any) -> Simulator:
        simulator: Simulator = await nursery.start(
            lambda task_status: simulate(
                SimulatorOptions(**options),
                wall_clock=lambda: UNIX_TIME + clock.current_time(),
                task_status=task_status,
            )
        )
        return simulator

    return begin


@pytest.fixture
async def simulator(start: Start) -> Simulator:
    return await start(control_port=None)


@pytest.fixture
async def client(simulator: Simulator) -> AsyncIterator[Client]:
    """The administrator of an unsecured terminal."""
    async with authorised(simulator) as client:
        yield client
