"""`python -m tests.bench`: measures how fast the appliance is, everything beside its floor, in one run."""

import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click
import trio

from appliance import logs
from tests.bench import figures
from tests.bench.far_end import FarEnd, apart, bare_server, bare_websocket
from tests.bench.figures import Ratio, Samples
from tests.bench.load import longest_step_under_load, press_under_load
from tests.bench.processes import ROOT, Contest
from tests.bench.reactions import REST, Measures, measurements, take_in_succession, take_rested
from tests.bench.room import bench_room

WARM_UP = 20  # rounds that do not count
BLOCK = 30  # rounds that rest, between which come those in quick succession and a phase of load
SUCCESSION = 100  # rounds in quick succession in a block
UNDER_LOAD = 40  # presses under load in a block
RESTED = "_rested"

RATIOS = (
    Ratio("a   press to frame, over a bare send", "edge_to_frame", "bare_send"),
    Ratio("a   the same, rested", "edge_to_frame_rested", "bare_send_rested"),
    Ratio("a   press to frame, over a bare edge + send", "edge_to_frame", "bare_edge_to_frame", aim=None),
    Ratio("a   the same, rested", "edge_to_frame_rested", "bare_edge_to_frame_rested", aim=None),
    Ratio("c   press to frame, over a raw socket", "edge_to_frame", "raw_socket_send", aim=None),
    Ratio("c   the same, rested", "edge_to_frame_rested", "raw_socket_send_rested", aim=None),
    Ratio("d   event read to picture, over drawing alone", "event_to_display", "page_draw"),
    Ratio("d   event sent to picture, over bare receive + draw", "event_sent_to_display", "bare_event_and_draw"),
    Ratio("e   joystick to frame, over bare read + bare send", "visca_to_frame", "bare_pty_to_frame"),
    Ratio("e   the same, rested", "visca_to_frame_rested", "bare_pty_to_frame_rested"),
    Ratio("f   start to link, over bare imports", "start_to_ready", "import_floor"),
    Ratio("f   start to page, over bare imports", "start_to_page", "import_floor", aim=None),
    Ratio("f   start to link, over packages' names only", "start_to_ready", "import_names_only", aim=None),
    Ratio("g   memory idle, over bare imports", "idle_rss", "import_floor_rss"),
    Ratio("h   press under load, over a press", "edge_to_frame_loaded", "edge_to_frame"),
    Ratio("h   press under load, over a press rested", "edge_to_frame_loaded", "edge_to_frame_rested"),
)


class Notes(list[str]):
    """Sentences for below the table."""


@click.command()
@click.option("--rounds", default=300, show_default=True, help="Samples of each reaction.")
@click.option("--starts", default=15, show_default=True, help="Samples of each start.")
@click.option("--weighings", default=5, show_default=True, help="Samples of each memory, and of the longest steps.")
@click.option("--idle", default=3.0, show_default=True, help="Seconds before memory is looked at.")
@click.option("--out", default=ROOT / "build" / "bench.json", type=click.Path(path_type=Path), help="Where figures go.")
def bench(rounds: int, starts: int, weighings: int, idle: float, out: Path) -> None:
    """Measures, writes the figures and prints them. An aim that is missed is told; it is no failure."""
    logs.configure("error")
    samples: Samples = {}
    notes = Notes()
    with bare_server() as far_end:
        with apart(far_end.process):
            trio.run(react, far_end, rounds, weighings, samples, notes)
        with tempfile.TemporaryDirectory() as folder:
            start_and_weigh(Contest(Path(folder), far_end.port), starts, weighings, idle, samples, notes)
    taken = [figures.figure(name, values) for name, values in sorted(samples.items())]
    figures.write(out, taken)
    for line in (machine(), "", *figures.table(taken, RATIOS), *notes):
        click.echo(line)


async def react(far_end: FarEnd, rounds: int, phases: int, samples: Samples, notes: Notes) -> None:
    """Everything that is measured inside one running program, blocks of rounds and phases of load in turn."""
    async with (
        bench_room(far_end.port) as room,
        bare_websocket(far_end) as bare,
        measurements(room, far_end, bare) as measures,
    ):
        await take_block(far_end, measures, min(WARM_UP, rounds), {})
        for begun in range(0, rounds, BLOCK):
            click.echo(f"reactions: {begun} of {rounds}", err=True)
            await take_block(far_end, measures, min(BLOCK, rounds - begun), samples)
        for _ in range(phases):
            timer = await longest_step_under_load(far_end, measures.press, min(2.0, rounds / 100))
            samples.setdefault("longest_step_loaded", []).append(timer.longest)
            notes.append(f"loaded: {timer.events_per_second:.0f} events/s, longest step in {timer.task}")


async def take_block(far_end: FarEnd, measures: Measures, rounds: int, samples: Samples) -> None:
    """Some samples of every kind."""
    await take_in_succession(measures.inputs, rounds * SUCCESSION // BLOCK, samples)
    await trio.sleep(2 * REST)
    await take_rested(measures.inputs, rounds, samples, RESTED)
    await take_rested(measures.outputs, rounds, samples)
    await press_under_load(far_end, measures.press, rounds * UNDER_LOAD // BLOCK + 1, samples)


def start_and_weigh(contest: Contest, starts: int, weighings: int, idle: float, samples: Samples, notes: Notes) -> None:
    """Everything that takes a process of its own."""
    contest.start({})
    for number in range(starts):
        click.echo(f"starts: {number} of {starts}", err=True)
        contest.start(samples)
    for number in range(weighings):
        click.echo(f"memory: {number} of {weighings}", err=True)
        contest.weigh(idle, samples)
    for _ in range(weighings):
        seconds, task = contest.longest_step()
        samples.setdefault("longest_step_start", []).append(seconds)
        notes.append(f"start and end: longest step in {task}")
    notes.append(f"the bare import imports {len(contest.modules)} modules of other people")


def machine() -> str:
    """What the figures were taken on."""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    python = f"Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {system}, {python}, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(bench())
