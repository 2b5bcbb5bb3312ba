"""The display: from an event of the terminal until the last byte of its picture on a bus, and what minutes cost there.

The first is on an I2C bus of its real speed, the second in virtual time and the same on every machine.
"""

import click
import trio

from drivers.oled.oled import open_oled
from tests.bench.bus_minutes import PANELS, SCENES, cost
from tests.bench.far_end import FarEnd, apart, bare_server
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.flushing import flush_and_rest
from tests.bench.frames import login_event, mute_event
from tests.bench.paced_bus import BYTE, PacedBus
from tests.bench.patience import patience
from tests.bench.reactions import SAMPLE
from tests.bench.room import BenchRoom, bench_room
from tests.bench.size import Size

QUIET = 0.1  # seconds after which no picture holds up the next
WARM_UP = 4  # rounds that do not count

BUS_AIMS = {"idle": 0.2, "call": 0.1, "dialling": 0.25, "scrolling": 0.25}
_SCENES = {
    "idle": "idle until it is dark",
    "call": "in a call",
    "dialling": "dialling",
    "scrolling": "a long name scrolls",
}

RATIOS = (
    *(
        Ratio(
            f"d   {_SCENES[scene]}{panel.replace('_', ', ')}, bytes over luma's",
            f"count_bus_{scene}{panel}",
            f"count_luma_{scene}{panel}",
            aim=aim,
        )
        for scene, aim in BUS_AIMS.items()
        for panel in PANELS
    ),
    Ratio("d   new page on the bus, over its time for what changes", "event_to_bus", "bus_alone", aim=1.3),
    Ratio("d   the same, of a mark of 24 bytes", "event_to_bus_mark", "bus_alone_mark", aim=1.3),
    Ratio("d   press during a flush, over one without", "line_to_frame_flush", "line_to_frame_quiet_bus", aim=1.2),
)
LIMITS = (Limit("d   idle minute: processor time (a sleeping interpreter: `_asleep`)", "idle_cpu_minute", 120),)


def measure(size: Size, samples: Samples, _notes: list[str]) -> None:
    """Adds samples of everything."""
    for panel, config in PANELS.items():
        for scene, play in SCENES.items():
            ours, luma = cost(play, config)
            samples[f"count_bus_{scene}{panel}"] = [ours]
            samples[f"count_luma_{scene}{panel}"] = [luma]
    with bare_server(tells=False) as far_end, apart(far_end.process):
        trio.run(show, far_end, size.rounds, samples)
    with bare_server() as far_end, apart(far_end.process):
        trio.run(flush_and_rest, far_end, size, samples)


async def show(far_end: FarEnd, rounds: int, samples: Samples) -> None:
    """Pages come and go, and the mark of a muted microphone, in turn."""
    bus = PacedBus()
    async with (
        bench_room(far_end.port, lambda config: open_oled(config, bus.connect)) as room,
        trio.open_nursery() as nursery,
    ):
        nursery.start_soon(far_end.listen)
        for number in range(rounds + WARM_UP):
            if number % 50 == 0:
                click.echo(f"display: {number} of {rounds}", err=True)
            mute = mute_event(on=number % 2 == 0)
            for suffix, event in (("", login_event(needed=True)), ("", login_event(needed=False)), ("_mark", mute)):
                took, carried, changed = await _shown(room, bus, far_end, event)
                if number >= WARM_UP:
                    samples.setdefault(f"event_to_bus{suffix}", []).append(took)
                    samples.setdefault(f"bus_alone{suffix}", []).append(changed * BYTE)
                    samples.setdefault(f"count_bus_bytes{suffix}", []).append(carried)
                    samples.setdefault(f"count_bus_bytes_changed{suffix}", []).append(changed)
        nursery.cancel_scope.cancel()


async def _shown(room: BenchRoom, bus: PacedBus, far_end: FarEnd, event: bytes) -> tuple[float, int, int]:
    """Seconds from the event's bytes to the last byte of the picture, bytes on the bus, and bytes that changed."""
    await trio.sleep(QUIET)
    bus.forget()
    far_end.send_event("websocket", event)
    with trio.fail_after(patience(SAMPLE)):
        sent = await far_end.sent_at()
        picture = await bus.next_picture()
        while picture.at < max(sent, room.read_at):  # it was under way before the event
            picture = await bus.next_picture()
    return (picture.at - room.read_at) / 1e9, picture.carried, picture.changed
