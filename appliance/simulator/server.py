"""Runs a simulated terminal: its listeners, its timer, its restarts. Joins the model, the wire and the control."""

import functools
import time
from collections.abc import Callable

import trio

from appliance.runtime.web.guard import ANY_NAME
from appliance.runtime.web.server import serve_web
from appliance.simulator.control.interface import control_app
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from appliance.simulator.wire.discovery import discovery_app
from appliance.simulator.wire.http_server import HttpServer
from appliance.simulator.wire.ports import reserved


async def simulate(
    options: SimulatorOptions,
    *,
    wall_clock: Callable[[], float] = time.time,
    task_status: trio.TaskStatus[Simulator] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Runs until cancelled; starts with the `Simulator` once every port listens.

    `wall_clock` returns Unix seconds; durations follow trio's clock. Raises `ListenError` if a port is taken.
    """
    with reserved(options) as ports:
        simulator = Simulator(options, ports, wall_clock)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(simulator.run_timers)
            if ports.control is not None:
                await nursery.start(serve_web, control_app(simulator), _at(options.host, ports.control))
            await nursery.start(_power, simulator, options.host)
            task_status.started(simulator)


async def _power(
    simulator: Simulator, host: str, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
) -> None:
    """Keeps the terminal switched on; after a restart or shutdown it is off for a while."""
    await _on_until_restart(simulator, host, task_status.started)
    while True:
        await trio.sleep(simulator.off_for)
        await _on_until_restart(simulator, host, simulator.boot)


async def _on_until_restart(simulator: Simulator, host: str, up: Callable[[], None]) -> None:
    async with trio.open_nursery() as nursery:
        await _listen(nursery, simulator, host)
        up()
        await simulator.restarted()
        nursery.cancel_scope.cancel()


async def _listen(nursery: trio.Nursery, simulator: Simulator, host: str) -> None:
    ports = simulator.ports
    pictures = HttpServer(host, simulator.revision, simulator.changing)
    await nursery.start(pictures.run, simulator.terminal)
    await nursery.start(functools.partial(trio.serve_tcp, simulator.serve, ports.ws, host=host))
    discovery = functools.partial(serve_web, names=ANY_NAME)
    await nursery.start(discovery, discovery_app(ports, simulator.faults), _at(host, ports.web))


def _at(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
