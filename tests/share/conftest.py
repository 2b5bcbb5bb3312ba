"""A simulated terminal, a link to it as the appliance has one, and programs that come through the appliance."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import trio

from appliance.services.programs.sharing import SharingService
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from appliance.simulator.server import simulate
from appliance.terminal.config import TerminalConfig
from appliance.terminal.link import Link
from appliance.terminal.messages import AnyEvent
from appliance.terminal.reports import LinkUp, Report
from tests.share.network import OnNetwork, on_network
from tests.simulator.client import Client, at_socket
from tests.simulator.conftest import on_mock_clock

UNIX_TIME = 1_700_000_000.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sockets are real here, time is not."""
    for item in items:
        if "start_box" in getattr(item, "fixturenames", ()) and item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.trio(run=on_mock_clock), append=False)


class Box:
    """What of an appliance shares a session."""

    def __init__(self, simulator: Simulator, socket: Path) -> None:
        self.simulator = simulator
        self.socket = socket
        self.reports: list[Report] = []
        self._up = trio.Event()
        config = TerminalConfig(
            host="127.0.0.1",
            web_port=simulator.ports.web,
            pin=simulator.terminal.options.pin,
            on_takeover="reclaim",
            reclaim_after=1,
        )
        self.link = Link(config, self._report, hear=self._hear)
        self.service = SharingService(self.link)

    def _report(self, report: Report) -> None:
        self.reports.append(report)
        self.service.report(report)
        if isinstance(report, LinkUp):
            self._up.set()
            self._up = trio.Event()

    def _hear(self, event: AnyEvent, frame: str) -> None:
        self.service.hear(event, frame)

    async def up_again(self) -> None:
        """Waits until the link comes up the next time."""
        with trio.fail_after(120):
            await self._up.wait()

    @asynccontextmanager
    async def program(self, resource: str = "/", **auth: str) -> AsyncIterator[Client]:
        """A plain client at the local socket, authorised."""
        async with self.stranger(resource) as client:
            await client.do("auth", **({"type": "unsecured"} | auth))
            yield client

    @asynccontextmanager
    async def stranger(self, resource: str = "/") -> AsyncIterator[Client]:
        """A plain client at the local socket."""
        async with at_socket(self.socket, resource) as client:
            yield client


StartBox = Callable[..., Awaitable[Box]]


async def started_box(nursery: trio.Nursery, tmp_path: Path, **options: Any) -> Box:
    """Starts a terminal with any options, and what shares it."""
    simulator: Simulator = await nursery.start(
        lambda task_status: simulate(
            SimulatorOptions(**({"control_port": None} | options)),
            wall_clock=lambda: UNIX_TIME + trio.current_time(),
            task_status=task_status,
        )
    )
    box = Box(simulator, tmp_path / f"terminal-{simulator.ports.ws}.sock")
    await nursery.start(box.link.run)
    await nursery.start(box.service.run, box.socket)
    return box


@pytest.fixture
async def start_box(nursery: trio.Nursery, tmp_path: Path) -> StartBox:
    """Starts a terminal with any options, and what shares it."""

    async def begin(**options: Any) -> Box:
        return await started_box(nursery, tmp_path, **options)

    return begin


@pytest.fixture
async def box(start_box: StartBox) -> Box:
    """An appliance whose link is up, and whose socket is there."""
    return await start_box()


@pytest.fixture
async def network(box: Box, nursery: trio.Nursery) -> OnNetwork:
    """The same on the network of this machine."""
    return await on_network(box, nursery)
