"""What grows: events a second, people, open pages, lamps, bindings. More of them may cost a press nothing."""

import click
import trio

from tests.bench.bindings import resolving
from tests.bench.book import arrivals, status_events
from tests.bench.far_end import FarEnd, apart, bare_server, bare_websocket
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.lamp_changes import LAMPS, lamp_changes
from tests.bench.lit import lit
from tests.bench.load import presses
from tests.bench.pages import opened
from tests.bench.reactions import Press, measurements
from tests.bench.room import BenchRoom, bench_room
from tests.bench.saturation import bare_events, events
from tests.bench.size import Size

PAGES = (0, 1, 20)

RATIOS = (
    Ratio("s   press with 20 pages open, over one without", "line_to_frame_pages_20", "line_to_frame_pages_0", aim=1.2),
    Ratio("s   the same with one page", "line_to_frame_pages_1", "line_to_frame_pages_0", aim=None),
    Ratio("t   event at saturation, over bare receive + decode", "event_taken", "bare_event_taken", aim=None),
    Ratio("u   status of somebody among 20,000, over among 100", "status_event_20000", "status_event_100"),
    Ratio("u   the same among 1,000", "status_event_1000", "status_event_100", aim=None),
    Ratio("aa  press with 200 bindings, over one with 3", "press_resolved_200", "press_resolved_3", aim=1.2),
    Ratio("ae  20 lamps and a bar of 60 blink: processor time, over the least", "idle_cpu_lit", "idle_cpu_bare_lit"),
    Ratio("ae  wake-ups of the same", "wakeups_lit", "wakeups_bare_lit"),
    Ratio("ae  press beside them, over one without", "press_lit", "press_dark", aim=1.2),
    Ratio("v   16 lamps that change together, over one", "lamps_change_16", "lamps_change_1", aim=None),
)
LIMITS = (
    Limit("t   event at saturation (10,000/s)", "event_taken", 100),
    Limit("u   longest step for a book of 20,000 people", "longest_step_book", 5000),
)


def measure(size: Size, samples: Samples, notes: list[str]) -> None:
    """Adds samples of everything."""
    click.echo("growth: people", err=True)
    status_events(size.rounds, samples)
    click.echo("growth: bindings", err=True)
    resolving(size.rounds, samples)
    click.echo("growth: lamps", err=True)
    for count in LAMPS:
        trio.run(lamp_changes, count, size.rounds, samples)
    trio.run(lit, size.idle, size.rounds, samples)
    with bare_server() as far_end, apart(far_end.process):
        trio.run(grow, far_end, size, samples, notes)


async def grow(far_end: FarEnd, size: Size, samples: Samples, notes: list[str]) -> None:
    """Everything that takes a whole room."""
    async with (
        bench_room(far_end.port) as room,
        bare_websocket(far_end) as bare,
        measurements(room, far_end, bare) as measures,
    ):
        await press_beside_pages(room, far_end, measures.press, size.rounds, samples)
        for number in range(size.weighings):
            click.echo(f"growth: events and people, {number} of {size.weighings}", err=True)
            rate = await events(room, far_end, size.idle / 2, samples)
            await bare_events(bare, far_end, size.idle / 2, samples)
            notes.append(f"saturated by {rate:.0f} events/s")
            task = await arrivals(room, far_end, samples)
            notes.append(f"book of 20,000 people: longest step in {task}")


async def press_beside_pages(room: BenchRoom, far_end: FarEnd, press: Press, rounds: int, samples: Samples) -> None:
    """Presses with no page open, with one and with many."""
    for count in PAGES:
        click.echo(f"growth: {count} pages", err=True)
        async with opened(room.page, count, beside=far_end.process):
            await presses(press, rounds, f"line_to_frame_pages_{count}", samples)
