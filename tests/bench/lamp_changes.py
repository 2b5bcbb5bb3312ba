"""Lamps that change together: from the order until the last line has its level."""

import time

import trio

from drivers.gpio.config import LampConfig
from drivers.gpio.lamps import Lamps
from drivers.outputs import patterns
from tests.bench.figures import Samples
from tests.bench.kernel_pins import kernel_pins
from tests.bench.patience import patience

SLOWEST = 5.0  # seconds for a change
LAMPS = (1, 4, 16)
LINES = range(4, 4 + max(LAMPS))


async def lamp_changes(count: int, rounds: int, samples: Samples) -> None:
    """Adds samples of `lamps_change_COUNT`."""
    configs = {f"lamp {line}": LampConfig(pin=line) for line in LINES[:count]}
    lamps = Lamps(configs)
    with kernel_pins() as pins:
        async with trio.open_nursery() as nursery:
            for name in configs:
                await nursery.start(lamps.own, name, pins.factory)
            await nursery.start(lamps.play)
            for number in range(2 * rounds):
                pattern = patterns.OFF if number % 2 else patterns.ON
                with trio.fail_after(patience(SLOWEST)):
                    began = time.perf_counter()
                    for name in configs:
                        lamps.set(name, pattern)
                    while pins.chip.levels[LINES[count - 1]] != (pattern is patterns.ON):
                        await trio.lowlevel.checkpoint()
                    samples.setdefault(f"lamps_change_{count}", []).append(time.perf_counter() - began)
            nursery.cancel_scope.cancel()
