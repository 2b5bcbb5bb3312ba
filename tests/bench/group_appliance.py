"""The whole appliance: how fast it reacts, how fast it starts, what it weighs."""

import tempfile
from pathlib import Path

import click
import trio

from tests.bench.far_end import FarEnd, apart, bare_server, bare_websocket
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.hid_flood import press_beside_hid_flood
from tests.bench.idle import rest
from tests.bench.load import longest_step_under_load, press_under_load
from tests.bench.processes import Contest
from tests.bench.reactions import REST, Measures, measurements, take_in_succession, take_rested
from tests.bench.room import bench_room
from tests.bench.size import Size

WARM_UP = 20  # rounds that do not count
BLOCK = 30  # rounds that rest, between which come those in quick succession and a phase of load
SUCCESSION = 100  # rounds in quick succession in a block
UNDER_LOAD = 40  # presses under load in a block
RESTED = "_rested"

RATIOS = (
    Ratio("a   press to frame, over a bare send", "line_to_frame", "bare_send", aim=1.8),
    Ratio("a   the same, rested", "line_to_frame_rested", "bare_send_rested", aim=1.6),
    Ratio("a   press to frame, over a line that wakes a direct send", "line_to_frame", "bare_line_to_frame", aim=1.1),
    Ratio("a   the same, rested", "line_to_frame_rested", "bare_line_to_frame_rested", aim=1.1),
    Ratio("b   press on a mock pin to frame, over a bare send", "edge_to_frame", "bare_send", aim=1.8),
    Ratio("b   the same, rested", "edge_to_frame_rested", "bare_send_rested", aim=1.6),
    Ratio("b   press on a mock pin, over a bare edge + send", "edge_to_frame", "bare_edge_to_frame", aim=None),
    Ratio("b   the same, rested", "edge_to_frame_rested", "bare_edge_to_frame_rested", aim=None),
    Ratio("c   press to frame, over a raw socket", "line_to_frame", "raw_socket_send", aim=None),
    Ratio("c   the same, rested", "line_to_frame_rested", "raw_socket_send_rested", aim=None),
    Ratio("d   event read to picture, over drawing alone", "event_to_display", "page_draw"),
    Ratio("d   event sent to picture, over bare receive + draw", "event_sent_to_display", "bare_event_and_draw"),
    Ratio("e   joystick to frame, over bare read + bare send", "visca_to_frame", "bare_pty_to_frame", aim=1.8),
    Ratio("e   the same, rested", "visca_to_frame_rested", "bare_pty_to_frame_rested", aim=1.8),
    Ratio("f   start to link, over bare imports", "start_to_ready", "import_floor", aim=1.1),
    Ratio("f   start to page, over bare imports", "start_to_page", "import_floor", aim=None),
    Ratio("f   start to link, over packages' names only", "start_to_ready", "import_names_only", aim=None),
    Ratio("g   memory idle, over bare imports", "idle_rss", "import_floor_rss", aim=1.2),
    Ratio("h   press under 1,000 events/s, over one without", "line_to_frame_loaded", "line_to_frame_alone", aim=1.2),
    Ratio("h   the same, over a press awake", "line_to_frame_loaded", "line_to_frame", aim=None),
    Ratio("r   press beside 10,000 HID reports/s, over one without", "line_to_frame_hid_flood", "line_to_frame_alone"),
    Ratio("r   the same, over a press awake", "line_to_frame_hid_flood", "line_to_frame", aim=None),
)
LIMITS = (
    Limit("h   longest step under load", "longest_step_loaded", 5000),
    Limit("h   longest step of a start", "longest_step_start", 5000),
    Limit("w   idle: wake-ups with every device", "wakeups_idle", 10),
)


def measure(size: Size, samples: Samples, notes: list[str]) -> None:
    """Adds samples of everything."""
    with bare_server() as far_end, apart(far_end.process):
        trio.run(react, far_end, size, samples, notes)
    # another server: nobody listens now, and one that tells what arrives would soon wait for that for ever
    with bare_server(tells=False) as far_end, tempfile.TemporaryDirectory() as folder:
        start_and_weigh(Contest(Path(folder), far_end.port), size, samples, notes)


async def react(far_end: FarEnd, size: Size, samples: Samples, notes: list[str]) -> None:
    """Everything that is measured inside one running program, blocks of rounds and phases of load in turn."""
    async with (
        bench_room(far_end.port) as room,
        bare_websocket(far_end) as bare,
        measurements(room, far_end, bare) as measures,
    ):
        rounds = size.rounds
        await take_block(far_end, measures, min(WARM_UP, rounds), {})
        for number in range(size.weighings):
            click.echo(f"idle: {number} of {size.weighings}", err=True)
            await rest(size.idle, samples)
        flood = 0
        for begun in range(0, rounds, BLOCK):
            click.echo(f"reactions: {begun} of {rounds}", err=True)
            await take_block(far_end, measures, min(BLOCK, rounds - begun), samples)
            presses = min(BLOCK, rounds - begun) * UNDER_LOAD // BLOCK + 1
            flood = await press_beside_hid_flood(room, measures.press, presses, samples)
        notes.append(f"HID flood: {flood} reports/s")
        for _ in range(size.weighings):
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


def start_and_weigh(contest: Contest, size: Size, samples: Samples, notes: list[str]) -> None:
    """Everything that takes a process of its own."""
    contest.start({})
    for number in range(size.starts):
        click.echo(f"starts: {number} of {size.starts}", err=True)
        contest.start(samples)
    for number in range(size.weighings):
        click.echo(f"memory: {number} of {size.weighings}", err=True)
        contest.weigh(size.idle, samples)
    for _ in range(size.weighings):
        seconds, task = contest.longest_step()
        samples.setdefault("longest_step_start", []).append(seconds)
        notes.append(f"start and end: longest step in {task}")
    notes.append(f"the bare import imports {len(contest.modules)} modules of other people")
