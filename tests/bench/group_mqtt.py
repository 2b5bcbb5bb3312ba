"""A press in a room on a broker, beside the same in a room on none. What is told of it has to wait until it has left.

The broker is mosquitto, in a process on the processor of the bare server. Rooms take turns, a new one for each block.
"""

import random
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import click
import trio

from tests.bench.far_end import FarEnd, apart, bare_server, bare_websocket
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.load import presses
from tests.bench.reactions import measurements
from tests.bench.room import BenchRoom, bench_room
from tests.bench.size import Size
from tests.fleet.mqtt.mosquitto import PROGRAM, a_broker, a_peer

BLOCK = 50  # presses of a room
SECTION = """
[mqtt]
host = "127.0.0.1"
port = {port}
site = "hq"
room = "neptune"
rooms = 1
actions = ["mute"]
"""
AVAILABILITY = "offhook/hq/neptune/availability"

RATIOS = (
    Ratio("al  press on an MQTT broker, over one on none", "line_to_frame_mqtt", "line_to_frame_no_mqtt", aim=1.1),
)
LIMITS: tuple[Limit, ...] = ()


def measure(size: Size, samples: Samples, notes: list[str]) -> None:
    """Adds samples of presses with and without a broker; none where mosquitto is not installed."""
    if PROGRAM is None:
        notes.append("mqtt: not measured, as mosquitto is not installed")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        a_broker(Path(folder)) as broker,
        bare_server() as far_end,
        apart(far_end.process, broker.pid),
    ):
        trio.run(pressed, far_end, broker.port, size, samples)


async def pressed(far_end: FarEnd, port: int, size: Size, samples: Samples) -> None:
    """Presses in blocks, the two kinds of rooms in random order in each."""
    for begun in range(0, size.rounds, BLOCK):
        click.echo(f"mqtt: presses, {begun} of {size.rounds}", err=True)
        count = min(BLOCK, size.rounds - begun)
        for name in random.sample(("line_to_frame_mqtt", "line_to_frame_no_mqtt"), 2):
            is_on = name == "line_to_frame_mqtt"
            async with (
                a_room(far_end, port if is_on else None) as room,
                bare_websocket(far_end) as bare,
                measurements(room, far_end, bare) as measures,
            ):
                await presses(measures.press, count, name, samples)


@asynccontextmanager
async def a_room(far_end: FarEnd, port: int | None) -> AsyncIterator[BenchRoom]:
    """A room; with a port of a broker: one that the broker has taken."""
    if port is None:
        async with bench_room(far_end.port) as room:
            yield room
        return
    with a_peer(port, AVAILABILITY) as peer:
        async with bench_room(far_end.port, more=SECTION.format(port=port)) as room:
            await peer.hears(AVAILABILITY, b"online")
            peer.close()  # its thread is in our process
            yield room
