"""Lamps on the kernel's lines: what changes together is one system call."""

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio
from gpiozero import LED
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trio.testing import MockClock

from drivers.errors import DeviceLost
from drivers.gpio.config import LampConfig
from drivers.gpio.kernel.factory import KernelFactory, write_together
from drivers.gpio.lamps import Lamps
from drivers.outputs import patterns
from tests.drivers.gpio.kernel.chip import KernelChip
from tests.virtual_time import passes

FOUR = {
    "ringing": LampConfig(pin=5),
    "in_call": LampConfig(pin=6, active_high=False),
    "muted": LampConfig(pin=13),
    "link": LampConfig(pin=19),
}
LINES = {name: int(config.pin) for name, config in FOUR.items()}


@asynccontextmanager
async def lamps(pins: KernelFactory) -> AsyncIterator[Lamps]:
    """Four lamps that play."""
    panel = Lamps(FOUR)
    async with trio.open_nursery() as nursery:
        await nursery.start(panel.play)
        for name in FOUR:
            await nursery.start(panel.own, name, pins)
        await passes(0.01)
        yield panel
        nursery.cancel_scope.cancel()


def lit(chip: KernelChip) -> set[str]:
    return {name for name, config in FOUR.items() if chip.levels[LINES[name]] == config.active_high}


async def show(panel: Lamps, *names: str) -> None:
    for name in FOUR:
        panel.set(name, patterns.ON if name in names else patterns.OFF)
    await passes(0.01)


async def test_lamps_that_change_together_are_one_system_call(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    async with lamps(pins) as panel:
        await show(panel, *FOUR)
        assert lit(chip) == set(FOUR)
        for names in ((), ("ringing", "in_call"), ("muted", "link"), ("link",), tuple(FOUR)):
            before = chip.sets
            await show(panel, *names)
            assert (lit(chip), chip.sets) == (set(names), before + 1)
        assert len({id(chip.holder(line)) for line in LINES.values()}) == 1
    assert (lit(chip), chip.requested) == (set(), {})


async def test_a_lamp_that_ends_leaves_the_others_as_they_are(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    panel = Lamps(FOUR)
    async with trio.open_nursery() as nursery:
        await nursery.start(panel.play)
        for name in ("in_call", "muted", "link"):
            await nursery.start(panel.own, name, pins)
        async with trio.open_nursery() as its_own:
            await its_own.start(panel.own, "ringing", pins)
            await show(panel, "ringing", "in_call", "link")
            its_own.cancel_scope.cancel()
        assert lit(chip) == {"in_call", "link"}
        with LED("GPIO5", pin_factory=pins):
            pass
        await nursery.start(panel.own, "ringing", pins)
        await show(panel, *FOUR)
        assert lit(chip) == set(FOUR)
        nursery.cancel_scope.cancel()


async def test_a_chip_that_is_gone_loses_every_lamp(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    with pytest.RaisesGroup(*(pytest.RaisesExc(DeviceLost, match=name) for name in FOUR)):
        async with lamps(pins) as panel:
            await show(panel, *FOUR)
            chip.failure = errno.ENODEV
            await show(panel)
    chip.failure = 0


async def test_a_line_that_is_taken_meanwhile_costs_its_own_lamp_alone(
    pins: KernelFactory, chip: KernelChip, autojump_clock: MockClock
) -> None:
    panel = Lamps(FOUR)
    async with trio.open_nursery() as nursery:
        await nursery.start(panel.play)
        for name in ("ringing", "in_call", "link"):
            await nursery.start(panel.own, name, pins)
        chip.taken_when_free[13] = "gpioset"
        with pytest.RaisesGroup(pytest.RaisesExc(DeviceLost, match="lamp 'muted'.*in use by gpioset")):
            async with trio.open_nursery() as its_own:
                await its_own.start(panel.own, "muted", pins)
                for name in FOUR:
                    panel.set(name, patterns.ON)
        await show(panel, "ringing", "link")
        assert lit(chip) - {"muted"} == {"ringing", "link"}
        nursery.cancel_scope.cancel()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from((5, 6, 13, 19)), st.booleans(), min_size=1), max_size=8))
def test_any_writes_leave_every_output_with_its_last_level(
    pins: KernelFactory, chip: KernelChip, writes: list[dict[int, bool]]
) -> None:
    outputs = {line: pins.pin(f"GPIO{line}") for line in (5, 6, 13, 19)}
    for pin in outputs.values():
        pin.output_with_state(0)
    expected = dict.fromkeys(outputs, False)
    for levels in writes:
        if not write_together({outputs[line]: level for line, level in levels.items()}):
            for line, level in levels.items():
                outputs[line].state = level
        expected |= levels
        assert {line: chip.levels[line] for line in outputs} == expected
        assert {line: bool(pin.state) for line, pin in outputs.items()} == expected
    for pin in outputs.values():
        pin.close()
    assert chip.requested == {}
