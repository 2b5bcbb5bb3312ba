"""The terminal shared: what a program's command and an event cost through the appliance, and what 50 programs cost.

The room runs in this process; programs have one of their own. They and the bare server are plain sockets that block,
so that what is compared is the appliance.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import trio

from appliance.terminal.boxes import BY_HAND, own_socket
from tests.bench.far_end import FarEnd, apart, bare_server, bare_websocket
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.frames import mute_event
from tests.bench.load import presses
from tests.bench.processes import Run, running
from tests.bench.programs import at_work, programs
from tests.bench.reactions import Press, measurements
from tests.bench.room import CONFIG, bench_room
from tests.bench.size import Size
from tests.some import some

MANY = 50
BLOCK = 30  # presses with programs, and as many without, in turn
LINKED, SHARED = rb"\blink_up\b", rb"\bshared\b"

RATIOS = (
    Ratio("x   a program's command, over one straight to the terminal", "share_round_trip", "straight_round_trip", 1.6),
    Ratio("y   event to 50 programs, over one to one", "share_event_50", "share_event_1", aim=None),
    Ratio("z   press with 50 programs that read nothing, over one without", "share_press_50", "share_press_0", aim=1.2),
)
LIMITS = (Limit("z   memory of a program", "share_memory_kib", 256),)


def measure(size: Size, samples: Samples, notes: list[str]) -> None:
    """Adds samples of everything."""
    with sockets() as folder:
        with bare_server() as far_end, apart(far_end.process):
            trio.run(share, far_end, size, samples)
        with bare_server(tells=False) as far_end:
            for number in range(size.weighings):
                click.echo(f"share: memory, {number} of {size.weighings}", err=True)
                weigh(folder, far_end.port, size.idle, samples)
    notes.append(f"share: {MANY} programs")


@contextmanager
def sockets() -> Iterator[Path]:
    """A folder for the sockets of rooms that are started meanwhile."""
    before = os.environ.get(BY_HAND)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[BY_HAND] = folder
        try:
            yield Path(folder)
        finally:
            os.environ.pop(BY_HAND)
            if before is not None:
                os.environ[BY_HAND] = before


async def share(far_end: FarEnd, size: Size, samples: Samples) -> None:
    """Everything that takes a room in this process."""
    async with (
        bench_room(far_end.port) as room,
        bare_websocket(far_end) as bare,
        measurements(room, far_end, bare) as measures,
    ):
        where = some(own_socket())
        click.echo("share: commands", err=True)
        await round_trips(where, far_end, size.rounds, samples)
        for count in (1, MANY):
            click.echo(f"share: events to {count}", err=True)
            await events(where, far_end, count, size.rounds, samples)
        for begun in range(0, size.rounds, BLOCK):
            click.echo(f"share: presses, {begun} of {size.rounds}", err=True)
            await press_beside(where, far_end, measures.press, min(BLOCK, size.rounds - begun), samples)


async def round_trips(where: Path, far_end: FarEnd, rounds: int, samples: Samples) -> None:
    """The same command through the room and straight to the server, in turn."""
    names = {b"through": "share_round_trip", b"straight": "straight_round_trip"}
    async with at_work(where, "trips", far_end.port, rounds) as made:
        for line in await trio.to_thread.run_sync(lambda: [made.line() for _ in range(2 * rounds)]):
            way, took = line.split()
            samples.setdefault(names[way], []).append(int(took) / 1e9)


async def events(where: Path, far_end: FarEnd, count: int, rounds: int, samples: Samples) -> None:
    """An event that the server sends, until the last program has it."""
    async with at_work(where, "hear", count, beside=far_end.process) as hearing:
        for number in range(rounds):
            await trio.sleep(0.01)
            far_end.send_event("websocket", mute_event(on=number % 2 == 0))
            heard = await hearing.number()
            samples.setdefault(f"share_event_{count}", []).append((heard - await far_end.sent_at()) / 1e9)


async def press_beside(where: Path, far_end: FarEnd, press: Press, count: int, samples: Samples) -> None:
    """Presses with no programs and with many, each followed by an event that nobody reads."""
    await told(far_end, press, count, "share_press_0", samples)
    async with at_work(where, "sit", MANY, beside=far_end.process):
        await told(far_end, press, count, "share_press_50", samples)


async def told(far_end: FarEnd, press: Press, count: int, name: str, samples: Samples) -> None:
    """Presses, and an event after each."""
    for number in range(count):
        await presses(press, 1, name, samples)
        far_end.send_event("websocket", mute_event(on=number % 2 == 0))


def weigh(folder: Path, port: int, idle: float, samples: Samples) -> None:
    """What a program takes of a room that is a process: with many, less with one, each."""
    config = folder / "room.toml"
    config.write_text(CONFIG.format(port=port, page=0))
    with running("-m", "appliance", "run", "--config", str(config)) as run:
        run.says(LINKED)
        run.says(SHARED)
        where = folder / f"offhook-{run.process.pid}.sock"
        before, after = (_with(count, where, run, idle) for count in (1, 1 + MANY))
        samples.setdefault("share_memory_kib", []).append(max(0.0, after - before) * 1024 / MANY)
        run.end()


def _with(count: int, where: Path, run: Run, idle: float) -> float:
    with programs(where, "sit", count) as sitting:
        assert sitting.line()
        time.sleep(idle)
        return run.memory()["Rss"]
