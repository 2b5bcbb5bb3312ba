"""A room whose box can be restarted, or die: terminal, people and devices stay as they are."""

import functools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import trio

from appliance.config.load import parse
from appliance.config.schema import Config
from appliance.run.appliance import Appliance
from appliance.run.demo.virtual import virtual_room
from appliance.services.box.hardware import Hardware
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.server import simulate
from tests.e2e.world import RECEPTION, ROOM, World


class Box:
    """Runs one appliance after the other on the same hardware; `world` always has the one that runs."""

    def __init__(self, nursery: trio.Nursery, config: Config, hardware: Hardware, world: World) -> None:
        self.world = world
        self._nursery = nursery
        self._config = config
        self._hardware = hardware
        self._life = trio.CancelScope()
        self._ended = trio.Event()

    async def start(self) -> None:
        """Starts an appliance; returns when each service has had its chance."""
        self._life, self._ended = trio.CancelScope(), trio.Event()
        self.world.appliance = Appliance(self._config, self._hardware)
        await self._nursery.start(self._run)

    async def _run(self, *, task_status: trio.TaskStatus[None]) -> None:
        try:
            with self._life:
                await self.world.appliance.run(task_status=task_status)
        finally:
            self._ended.set()

    async def restart(self, *, dies: bool) -> None:
        """Ends the appliance, at once where it dies, and starts another."""
        if dies:
            self._life.cancel()
        else:
            self.world.appliance.stop()
        await self._ended.wait()
        await self.start()

    async def stop(self) -> None:
        """Ends the last one."""
        self.world.appliance.stop()
        await self._ended.wait()


@asynccontextmanager
async def a_box(
    options: SimulatorOptions, *, terminal: str, keys: str, wall_clock: Callable[[], float] = time.time
) -> AsyncIterator[Box]:
    """A room with everything in it, which has just been started; `wall_clock` is the terminal's, in Unix seconds."""
    async with trio.open_nursery() as nursery:
        simulator = await nursery.start(functools.partial(simulate, options, wall_clock=wall_clock))
        web = simulator.ports.web
        text = ROOM.format(contact=RECEPTION, room="", terminal=terminal, keys=keys, web=web)
        config = parse(text, Path("room.toml"))
        with virtual_room(config) as (virtual, hardware):
            world = World(simulator, virtual, Appliance(config, hardware))
            box = Box(nursery, config, hardware, world)
            await box.start()
            yield box
            await box.stop()
        nursery.cancel_scope.cancel()
