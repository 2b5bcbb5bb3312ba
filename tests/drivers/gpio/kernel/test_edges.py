"""Buttons and encoders on the kernel's lines: what is waited for is the descriptor."""

import math
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio
from gpiozero import InputDevice
from trio.testing import MockClock

from drivers.errors import DeviceLost
from drivers.gpio.buttons import Button, ButtonEvent
from drivers.gpio.config import GLITCH, ButtonConfig, EncoderConfig
from drivers.gpio.debounce import Kind
from drivers.gpio.edges import edges_of
from drivers.gpio.encoders import Encoder, Turn
from drivers.gpio.kernel.factory import KernelFactory
from drivers.gpio.kernel.lines import AT_ONCE
from drivers.gpio.turns import BOUNCE
from tests.drivers.gpio.kernel.chip import FALLING, INPUT, PULLS, RISING, KernelChip
from tests.virtual_time import passes

PRESSED, HELD, RELEASED = Kind.PRESSED, Kind.HELD, Kind.RELEASED
CALL = ButtonConfig(pin=17)


@asynccontextmanager
async def button(pins: KernelFactory, config: ButtonConfig = CALL) -> AsyncIterator[list[ButtonEvent]]:
    """A button that runs, and what it has reported."""
    events: list[ButtonEvent] = []
    async with trio.open_nursery() as nursery:
        await nursery.start(Button("call", config, pins).run, events.append)
        yield events
        nursery.cancel_scope.cancel()


def kinds(events: list[ButtonEvent]) -> list[Kind]:
    return [event.kind for event in events]


async def test_a_press_counts_after_the_glitch_and_its_end_after_the_debounce(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    async with button(pins, ButtonConfig(pin=17, hold=1.5)) as events:
        assert chip.holder(17).flags == INPUT | PULLS["up"] | RISING | FALLING
        begin = trio.current_time()
        chip.pull(17, high=False)
        await passes(4)
        chip.pull(17, high=True)
        await passes(1)
        assert [(event.kind, round(event.at - begin, 6)) for event in events] == [
            (PRESSED, GLITCH),
            (HELD, 1.5 + GLITCH),
            (RELEASED, 4.02),
        ]


async def test_no_thread_is_started_and_nothing_turns_while_nobody_presses(
    pins: KernelFactory, autojump_clock: MockClock
) -> None:
    before = threading.active_count()
    async with button(pins):
        assert threading.active_count() == before
        await trio.testing.wait_all_tasks_blocked()
        waiting = trio.lowlevel.current_statistics()
        assert (waiting.tasks_runnable, waiting.seconds_to_next_deadline) == (0, float("inf"))


async def test_spikes_are_nothing_and_bounces_are_one_press(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    async with button(pins) as events:
        for _ in range(100):
            chip.pull(17, high=False)
            await passes(GLITCH * 0.9)
            chip.pull(17, high=True)
            await passes(GLITCH * 0.9)
        await passes(1)
        assert events == []
        for _ in range(5):
            chip.pull(17, high=False)
            await passes(0.003)
            chip.pull(17, high=True)
            await passes(0.003)
        chip.pull(17, high=False)
        await passes(1)
        assert kinds(events) == [PRESSED]


async def test_a_press_counts_though_the_loop_was_late_and_the_kernel_had_dropped_edges(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    async with button(pins) as events:
        now = trio.current_time()
        chip.lose(17, 200)  # the oldest
        for press in range(3):  # all of it before the loop turns once
            chip.pull(17, high=False, at=now + press)
            chip.pull(17, high=True, at=now + press + 0.1)
        chip.pull(17, high=False, at=now + 4)
        await passes(1)
        assert kinds(events) == [PRESSED, RELEASED] * 3 + [PRESSED]


async def test_a_flood_is_read_in_parts(pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock) -> None:
    async with button(pins) as events:
        now = trio.current_time()
        for number in range(10 * AT_ONCE + 1):
            chip.pull(17, high=number % 2 == 1, at=now + number * 0.0001)
        await passes(1)
        assert kinds(events) == [PRESSED]


async def test_edges_that_the_kernel_dropped_are_known_by_their_number(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    heard: list[tuple[bool, int, float]] = []
    with InputDevice("GPIO17", pull_up=True, pin_factory=pins) as device:
        edges = edges_of(device.pin, lambda *what: heard.append(what), steady=0.002)
        for at, lost, high in ((1.0, 0, False), (2.0, 7, False), (3.0, 0, True)):
            chip.lose(17, lost)
            chip.pull(17, high=high, at=at)
            await edges.heard()
        edges.close()
    assert heard == [(False, 1, math.inf), (False, 8, 0.0), (True, 1, 1.0)]


async def test_a_chip_that_is_unplugged_is_a_lost_device_at_once(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    with pytest.RaisesGroup(
        pytest.RaisesExc(DeviceLost, match=r"button 'call': GPIO17 cannot be read: .*No such device")
    ):
        async with button(pins):
            chip.unplug()
            await passes(0.1)
    chip.failure = 0


@asynccontextmanager
async def knob(pins: KernelFactory, detents_per_cycle: int = 1) -> AsyncIterator[list[bool]]:
    turns: list[bool] = []

    def emit(turn: Turn) -> None:
        turns.append(turn.clockwise)

    config = EncoderConfig(a=20, b=21, detents_per_cycle=1 if detents_per_cycle == 1 else 4)
    async with trio.open_nursery() as nursery:
        await nursery.start(Encoder("volume", config, pins).run, emit)
        yield turns
        nursery.cancel_scope.cancel()


async def test_both_contacts_of_an_encoder_share_one_request_and_count(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    async with knob(pins) as turns:
        assert chip.holder(20).lines == [20, 21]
        for first, second in ((20, 21), (20, 21), (21, 20)):
            for line, high in ((first, False), (second, False), (first, True), (second, True)):
                chip.pull(line, high=high)
                await passes(0.001)
        assert turns == [True, True, False]


async def test_a_contact_that_bounces_at_a_detent_at_every_edge_is_no_turn(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    async with knob(pins, 4) as turns:
        for _ in range(10):
            chip.pull(20, high=False)
            await passes(0.0002)
            chip.pull(20, high=True)
        await passes(2 * BOUNCE)
        assert turns == []
        chip.pull(20, high=False)
        await passes(2 * BOUNCE)
        assert turns == [True]


async def test_an_encoder_whose_chip_is_unplugged_is_lost(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    with pytest.RaisesGroup(pytest.RaisesExc(DeviceLost, match=r"encoder 'volume': its pins cannot be read")):
        async with knob(pins):
            chip.unplug()
            await passes(0.1)
    chip.failure = 0
