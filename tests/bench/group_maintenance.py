"""Maintenance beside a room at work: a press while somebody reads the log and makes bundles, and what those cost."""

import tempfile
from pathlib import Path

import click
import trio

from tests.bench.far_end import FarEnd, apart, bare_server, bare_websocket
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.full_log import fill_log, write_line
from tests.bench.lateness import beside_a_large_text
from tests.bench.load import presses
from tests.bench.maintainer import maintained
from tests.bench.patience import patience
from tests.bench.programs import Programs
from tests.bench.reactions import Press, measurements
from tests.bench.reloads import reloads
from tests.bench.room import BenchRoom, bench_room
from tests.bench.size import Size
from tests.bench.steps import StepTimer
from tests.bench.support import weigh_bundle

BLOCK = 30  # presses beside a maintainer, and as many without, in turn
RELOADS = 20  # of each kind
LOOKS = 50
BUNDLES = 3  # in a block, during which the steps of the loop are timed
SLOWEST = 20.0  # seconds for a bundle
EVERY = 0.05  # seconds between two lines of the log: more often no page that is open is told

RATIOS = (
    Ratio(
        "an  press while the log page streams and bundles are made, over one without",
        "line_to_frame_maintained",
        "line_to_frame_unmaintained",
        aim=1.2,
    ),
)
LIMITS = (
    Limit("an  longest step meanwhile", "longest_step_maintained", 5000),
    Limit("ao  memory of a bundle with a full log", "bundle_kib", 8 * 1024),
    Limit("ap  reload: longest step, a lamp begins anew", "longest_step_reload_lamp", 5000),
    Limit("ap  reload: longest step, the pages do", "longest_step_reload_pages", 5000),
    Limit("aq  a timer beside a look at the largest configuration: late by", "late_beside_large_text", 5000),
)


def measure(size: Size, samples: Samples, notes: list[str]) -> None:
    """Adds samples of everything."""
    with bare_server() as far_end, apart(far_end.process):
        trio.run(pressed, far_end, size.rounds, samples, notes)
    click.echo("maintenance: reloads", err=True)
    task = trio.run(reloads, min(RELOADS, size.rounds), samples)
    notes.append(f"reload: longest step in {task}")
    click.echo("maintenance: the largest configuration", err=True)
    trio.run(beside_a_large_text, min(LOOKS, size.rounds), samples)
    pages = list[str]()
    with bare_server(tells=False) as far_end:
        for number in range(size.weighings):
            click.echo(f"maintenance: bundle, {number} of {size.weighings}", err=True)
            with tempfile.TemporaryDirectory() as folder:
                pages = weigh_bundle(Path(folder), far_end.port, size.idle, samples)
    notes.append(f"maintenance pages: {' '.join(pages)}")


async def pressed(far_end: FarEnd, rounds: int, samples: Samples, notes: list[str]) -> None:
    """Presses with nobody there and beside a maintainer, in blocks in turn."""
    fill_log()
    async with (
        bench_room(far_end.port) as room,
        bare_websocket(far_end) as bare,
        measurements(room, far_end, bare) as measures,
    ):
        task = ""
        for begun in range(0, rounds, BLOCK):
            click.echo(f"maintenance: presses, {begun} of {rounds}", err=True)
            count = min(BLOCK, rounds - begun)
            await presses(measures.press, count, "line_to_frame_unmaintained", samples)
            task = await _beside(room, far_end, measures.press, count, samples)
        notes.append(f"maintenance: longest step in {task}")


async def _beside(room: BenchRoom, far_end: FarEnd, press: Press, count: int, samples: Samples) -> str:
    """Adds samples of presses beside a maintainer, and of the bundles; returns whose the longest step was."""
    async with maintained(room, beside=far_end.process) as bundles, trio.open_nursery() as nursery:
        nursery.start_soon(_lines)
        await _bundle(bundles)
        await presses(press, count, "line_to_frame_maintained", samples)
        timer = StepTimer()
        trio.lowlevel.add_instrument(timer)  # it takes time itself, so that nobody presses meanwhile
        for _ in range(BUNDLES):
            samples.setdefault("bundle_made", []).append(await _bundle(bundles))
        trio.lowlevel.remove_instrument(timer)
        nursery.cancel_scope.cancel()
    samples.setdefault("longest_step_maintained", []).append(timer.longest)
    return timer.task


async def _bundle(bundles: Programs) -> float:
    """Returns the seconds that the next bundle took."""
    with trio.fail_after(patience(SLOWEST)):
        return int(await trio.to_thread.run_sync(bundles.line, abandon_on_cancel=True)) / 1e9


async def _lines() -> None:
    number = 0
    while True:
        write_line(number)
        number += 1
        await trio.sleep(EVERY)
