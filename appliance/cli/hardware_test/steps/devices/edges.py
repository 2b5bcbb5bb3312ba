"""A jumper from an output to an input of the header: how long an edge takes until our driver has seen it.

Latency is from just before the system call that drives the output to the driver's callback in the event loop, which is
where a press begins. Then the output bounces as a contact does, and the button's driver must see one press and one
release for each storm.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import trio
from gpiozero import InputDevice, OutputDevice

from appliance.cli.hardware_test.bench import Bench, Jumper
from appliance.cli.hardware_test.figures import percentile
from appliance.cli.hardware_test.step import Figure, Finding, Step, failed, judged, skipped
from appliance.cli.hardware_test.steps.devices.free_pins import free_jumper, taken
from appliance.language.text import Text
from drivers.gpio.buttons import Button, ButtonEvent
from drivers.gpio.config import ButtonConfig
from drivers.gpio.debounce import Kind
from drivers.gpio.edges import Edges, edges_of
from drivers.gpio.header import gpio_name, place_of
from drivers.gpio.pins import Factory, claimed

EDGES: Final = 200
LOST_AFTER: Final = 0.25  # seconds; an edge that has not come by then is not one that a person would call a press
GAP: Final = 0.005  # seconds between an edge that was seen and the next
SLOWEST_HALF, SLOWEST = 5.0, 20.0  # ms; the debouncing of a press takes 2, and 100 is what people notice
STORMS, BOUNCES, BOUNCE = 5, 10, 0.001  # contacts bounce for 1 to 10 ms
SETTLED: Final = 0.2  # seconds after a storm; `debounce` is at most half a second, and 20 ms here


async def edges(bench: Bench) -> Finding:
    """Drives one pin and listens at the other."""
    jumper = next((each for each in bench.options.jumpers if gpio_name(each.out) not in taken(bench.config)), None)
    if jumper is None:
        jumper = free_jumper(bench.config)
        if not await bench.ready(_connect(jumper)):
            return skipped(Text("hwtest.no_jumper"))
    factory = bench.pins()
    with driven(jumper, factory) as out:
        latencies = await _latencies(jumper, out, factory)
        if not latencies:
            return failed(Text("hwtest.no_edge", out=gpio_name(jumper.out), into=gpio_name(jumper.into)))
        kinds = await _storms(jumper, out, factory)
    return finding(latencies, kinds)


def finding(latencies: Sequence[float], kinds: Sequence[Kind]) -> Finding:
    """Returns what the seconds of the edges that were seen, of `EDGES`, and what the storms were taken for mean."""
    milliseconds = [each * 1000 for each in latencies]
    return judged(
        [
            Figure(Text("hwtest.edges_lost"), EDGES - len(latencies), most=0),
            Figure(Text("hwtest.latency_p50"), percentile(milliseconds, 50), "ms", most=SLOWEST_HALF),
            Figure(Text("hwtest.latency_p99"), percentile(milliseconds, 99), "ms", most=SLOWEST),
            Figure(Text("hwtest.bounces"), STORMS * BOUNCES),
            Figure(Text("hwtest.presses"), kinds.count(Kind.PRESSED), least=STORMS, most=STORMS),
            Figure(Text("hwtest.releases"), kinds.count(Kind.RELEASED), least=STORMS, most=STORMS),
        ]
    )


@contextmanager
def driven(jumper: Jumper, factory: Factory) -> Iterator[Any]:
    """Yields the pin that is driven, low at first; it is given back in any case. DeviceMissing."""
    opener = partial(OutputDevice, gpio_name(jumper.out), initial_value=False, pin_factory=factory)
    with claimed("output", jumper.out, opener, OutputDevice.close) as device:
        yield device.pin


async def _latencies(jumper: Jumper, out: Any, factory: Factory) -> list[float]:  # noqa: ANN401  # gpiozero ships no types
    """Returns the seconds of each edge that was seen; gives up after ten in a row that were not."""
    opener = partial(InputDevice, gpio_name(jumper.into), pull_up=False, pin_factory=factory)
    seen = _Seen()
    with claimed("input", jumper.into, opener, InputDevice.close) as device:
        listening = edges_of(device.pin, seen.take)
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_listen, listening)
                found = [await _one(out, level=number % 2 == 0, seen=seen) for number in range(EDGES) if seen.hopeful]
                nursery.cancel_scope.cancel()
        finally:
            listening.close()
    return [each for each in found if each is not None]


class _Seen:
    """Edges as the driver reports them."""

    def __init__(self) -> None:
        self.hopeful = True
        self._missed = 0
        self._level: bool | None = None
        self._event = trio.Event()
        self._at = 0.0

    def take(self, level: bool, count: int, quiet: float) -> None:  # noqa: ARG002, FBT001  # called by Edges
        """Takes note of an edge."""
        if level is self._level:
            self._at = time.monotonic()
            self._event.set()

    def expect(self, *, level: bool) -> None:
        self._level, self._event = level, trio.Event()

    async def at(self) -> float | None:
        """Returns when it was seen, None: it was not."""
        with trio.move_on_after(LOST_AFTER):
            await self._event.wait()
        self._missed = 0 if self._event.is_set() else self._missed + 1
        self.hopeful = self._missed < BOUNCES
        return self._at if self._event.is_set() else None


async def _one(out: Any, *, level: bool, seen: _Seen) -> float | None:  # noqa: ANN401  # gpiozero ships no types
    seen.expect(level=level)
    began = time.monotonic()
    out.state = level
    at = await seen.at()
    await trio.sleep(GAP)
    return None if at is None else at - began


async def _listen(listening: Edges) -> None:
    while True:
        await listening.heard()


async def _storms(jumper: Jumper, out: Any, factory: Factory) -> list[Kind]:  # noqa: ANN401  # gpiozero ships no types
    """Returns what a button with the usual debouncing takes `STORMS` bouncing presses and releases for."""
    found: list[Kind] = []

    def note(event: ButtonEvent) -> None:
        found.append(event.kind)

    button = Button("jumper", ButtonConfig(pin=jumper.into, pull="down"), factory)
    async with trio.open_nursery() as nursery:
        await nursery.start(button.run, note)
        for _ in range(STORMS):
            for level in (True, False):
                await _storm(out, ends=level)
        nursery.cancel_scope.cancel()
    return found


async def _storm(out: Any, *, ends: bool) -> None:  # noqa: ANN401  # gpiozero ships no types
    for number in range(BOUNCES, 0, -1):
        out.state = ends if number % 2 else not ends
        await trio.sleep(BOUNCE)
    out.state = ends
    await trio.sleep(SETTLED)


def _connect(jumper: Jumper) -> Text:
    out, into = gpio_name(jumper.out), gpio_name(jumper.into)
    places = {"out_place": place_of(jumper.out), "into_place": place_of(jumper.into)}
    return Text("hwtest.connect", out=out, into=into, **places)


STEP = Step("edges", Text("hwtest.edges"), edges, limit=180, devices=True)
