"""A pattern on 20 lamps and a bar of 60 LEDs: what it costs, what the least costs that such patterns need, and a press.

The least is one loop that knows beforehand what to write when, and writes that to the lines and the bus.
"""

import time

import trio

from drivers.gpio.buttons import Button, ButtonEvent
from drivers.gpio.config import ButtonConfig, LampConfig
from drivers.gpio.kernel.abi import Flags
from drivers.gpio.kernel.lines import Lines
from drivers.gpio.lamps import Lamps
from drivers.outputs.bars.bar import Bar, transfer
from drivers.outputs.bars.config import BarConfig
from drivers.outputs.patterns import BLINK, BLINK_FAST
from tests.bench.figures import Samples
from tests.bench.idle import wakeups
from tests.bench.kernel_pins import KernelPins, kernel_pins
from tests.bench.patience import patience

LAMPS = {f"lamp {line}": LampConfig(pin=line) for line in range(2, 22)}
BUTTON = 24
BAR = BarConfig(pixels=60)
SLOT, BAR_EVERY = 0.125, 4  # seconds of a fast blink's half; a slow one's half is four of them
SLOWEST = 5.0  # seconds for a press
BETWEEN = 0.0371  # seconds from press to press, so that they meet lamps at every moment


class Sink:
    """An SPI bus that takes everything at once."""

    def __init__(self, *_opened_with: object) -> None:
        self.last = b""

    def write(self, data: bytes) -> None:
        self.last = data

    def close(self) -> None:
        """Does nothing."""


async def lit(seconds: float, rounds: int, samples: Samples) -> None:
    """Adds samples of what lamps and bar cost, with and without presses, beside those of the least."""
    with kernel_pins() as pins:
        await _pressed("press_dark", pins, rounds, samples)
        async with trio.open_nursery() as nursery:
            await _light(pins, nursery)
            await _cost("lit", seconds, samples)
            await _pressed("press_lit", pins, rounds, samples)
            nursery.cancel_scope.cancel()
    with kernel_pins() as pins:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_least, pins)
            await _cost("bare_lit", seconds, samples)
            nursery.cancel_scope.cancel()


async def _light(pins: KernelPins, nursery: trio.Nursery) -> None:
    lamps, bar = Lamps(dict(LAMPS)), Bar("door", BAR, Sink)
    for name in LAMPS:
        await nursery.start(lamps.own, name, pins.factory)
        lamps.set(name, BLINK_FAST)
    bar.set(BLINK, "red")
    await nursery.start(lamps.play)
    await nursery.start(bar.run)


async def _least(pins: KernelPins) -> None:
    lines = Lines(pins.factory.descriptor, [each.pin for each in LAMPS.values()], Flags.OUTPUT, levels=0)  # type: ignore[misc]
    levels = [{each.pin: on for each in LAMPS.values()} for on in (True, False)]
    colours = [transfer(BAR, "#ff0000", level) for level in (1.0, 0.0)]
    bus, slot, begin = Sink(), 0, trio.current_time()
    while True:
        lines.drive(levels[slot % 2])  # type: ignore[arg-type]
        if slot % BAR_EVERY == 0:
            await trio.to_thread.run_sync(bus.write, colours[slot // BAR_EVERY % 2])
        slot += 1
        await trio.sleep_until(begin + slot * SLOT)


async def _cost(name: str, seconds: float, samples: Samples) -> None:
    """Adds a sample of wake-ups a second and one of processor time a second."""
    began, woken, computed = time.perf_counter(), wakeups(), time.process_time()
    await trio.sleep(seconds)
    took = time.perf_counter() - began
    samples.setdefault(f"wakeups_{name}", []).append((wakeups() - woken) / took)
    samples.setdefault(f"idle_cpu_{name}", []).append((time.process_time() - computed) / took)


async def _pressed(name: str, pins: KernelPins, rounds: int, samples: Samples) -> None:
    """Adds samples of the time from an edge until the driver reports the press."""
    heard = trio.Event()

    def hear(_event: ButtonEvent) -> None:
        heard.set()

    button = Button("call", ButtonConfig(pin=BUTTON, debounce=0), pins.factory)
    async with trio.open_nursery() as nursery:
        await nursery.start(button.run, hear)
        for number in range(2 * rounds):
            await trio.sleep(BETWEEN)
            heard = trio.Event()
            with trio.fail_after(patience(SLOWEST)):
                began = time.perf_counter()
                pins.chip.pull(BUTTON, high=bool(number % 2))
                await heard.wait()
                samples.setdefault(name, []).append(time.perf_counter() - began)
        nursery.cancel_scope.cancel()
