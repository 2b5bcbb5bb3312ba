"""A knob on two contacts is the room's volume."""

import pytest

from tests.e2e.world import RECEPTION, World, a_room
from tests.virtual_time import passes

KNOB = """
[encoders.volume]
a = 20
b = 21
"""


def turn(world: World, *, clockwise: bool) -> None:
    a, b = (world.hardware.gpio.factory.pin(number) for number in (20, 21))
    first, second = (a, b) if clockwise else (b, a)
    for move in (first.drive_low, second.drive_low, first.drive_high, second.drive_high):
        move()


async def test_a_knob_turned_quickly_counts_every_detent(clock: object) -> None:
    async with a_room(terminal=KNOB) as world:
        before = world.state.volume
        assert before is not None
        for _ in range(4):
            turn(world, clockwise=False)
        await world.until(lambda state: state.volume == pytest.approx(before - 0.2))
        turn(world, clockwise=True)
        await world.until(lambda state: state.volume == pytest.approx(before - 0.15))
        await passes(1)
        assert world.simulator.terminal.settings.values["audioPlayLevel"] == pytest.approx(before - 0.15)
        assert set(world.asked()) == {"setSettings"}


async def test_a_knob_is_pushed_and_held_like_a_button(clock: object) -> None:
    pushed = KNOB + 'press_pin = 16\npress = "mute"\nheld = "call"\nhold = 2.0\n'
    async with a_room(terminal=pushed) as world:
        await world.press("volume")
        await world.until(lambda state: state.mic_muted is True)
        turn(world, clockwise=True)
        await world.until_sent("setSettings")
        world.hardware.gpio.press("volume")
        await world.until_sent("call", peerId=RECEPTION)
        world.hardware.gpio.release("volume")
