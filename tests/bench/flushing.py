"""A press while a picture is on its way over the I2C bus, beside one while the bus is quiet; and an idle minute."""

import contextlib
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import trio

from drivers.oled.oled import open_oled
from tests.bench.far_end import FarEnd, bare_websocket
from tests.bench.figures import Samples
from tests.bench.frames import login_event
from tests.bench.paced_bus import PacedBus
from tests.bench.patience import patience
from tests.bench.reactions import SAMPLE, Press, measurements
from tests.bench.room import BenchRoom, bench_room
from tests.bench.size import Size

QUIET = 0.1  # seconds after which no picture holds up the next
MINUTE = 20  # times what others rest, which is a minute


async def flush_and_rest(far_end: FarEnd, size: Size, samples: Samples) -> None:
    """Adds samples of presses beside a flush and without, in turn, and of what an idle minute computes."""
    async with _room(far_end) as (room, bus, press):
        for number in range(size.rounds):
            await _press(press, "quiet_bus", samples)
            await trio.sleep(QUIET)
            with trio.fail_after(patience(SAMPLE)):
                flushing = bus.next_flush()
                far_end.send_event("websocket", login_event(needed=number % 2 == 0))
                await flushing.wait()
            await _press(press, "flush", samples)
            await room.linked()
        await _idle_minute(size.idle * MINUTE, samples)


@contextlib.asynccontextmanager
async def _room(far_end: FarEnd) -> AsyncIterator[tuple[BenchRoom, PacedBus, Press]]:
    bus = PacedBus()
    async with (
        bench_room(far_end.port, lambda config: open_oled(config, bus.connect)) as room,
        bare_websocket(far_end) as bare,
        measurements(room, far_end, bare) as measures,
    ):
        yield room, bus, measures.press


async def _press(press: Press, beside: str, samples: Samples) -> None:
    with trio.fail_after(patience(SAMPLE)):
        samples.setdefault(f"line_to_frame_{beside}", []).append(await press() / 1e9)
    await trio.sleep(QUIET)  # letting go is worth a picture, too


async def _idle_minute(seconds: float, samples: Samples) -> None:
    """What the room computes, and what an interpreter does that sleeps."""
    sleeps = [sys.executable, "-c", f"import time; time.sleep({seconds + 60})"]
    with subprocess.Popen(sleeps) as asleep:  # noqa: ASYNC220  # it takes a millisecond, before anything is measured
        await trio.sleep(1)
        ours, theirs = time.process_time(), _computed(asleep.pid)
        await trio.sleep(seconds)
        samples["idle_cpu_minute"] = [time.process_time() - ours]
        samples["idle_cpu_minute_asleep"] = [_computed(asleep.pid) - theirs]
        asleep.kill()


def _computed(process: int) -> float:
    """Returns the seconds of processor time of a process so far."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
