import pytest
import trio
from gpiozero.pins.mock import MockFactory
from trio.testing import MockClock

from drivers.errors import DeviceMissing
from drivers.gpio.config import EncoderConfig
from drivers.gpio.encoders import MOST_WAITING, Encoders, Turn
from tests.virtual_time import passes

VOLUME = {"volume": EncoderConfig(a=20, b=21)}


class Knob:
    """Fingers on an encoder."""

    def __init__(self, factory: MockFactory) -> None:
        self.a, self.b = factory.pin(20), factory.pin(21)

    def turn(self, detents: int) -> None:
        first, second = (self.a, self.b) if detents > 0 else (self.b, self.a)
        for _ in range(abs(detents)):
            for move in (first.drive_low, second.drive_low, first.drive_high, second.drive_high):
                move()

    def bounce(self) -> None:
        """One contact flutters, and comes to rest where it was."""
        for _ in range(20):
            self.a.drive_low()
            self.a.drive_high()


async def started(nursery: trio.Nursery) -> tuple[Knob, list[bool]]:
    turns: list[bool] = []
    factory = MockFactory()

    def emit(turn: Turn) -> None:
        assert turn.name == "volume"
        turns.append(turn.clockwise)

    await nursery.start(Encoders(VOLUME, factory).run, emit)
    return Knob(factory), turns


async def test_each_detent_is_a_turn_in_its_direction_and_order(
    nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    knob, turns = await started(nursery)
    knob.turn(3)
    knob.turn(-2)
    knob.turn(1)
    await passes(0.1)
    assert turns == [True, True, True, False, False, True]


async def test_a_fluttering_contact_and_half_a_turn_are_nothing(
    nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    knob, turns = await started(nursery)
    knob.bounce()
    knob.a.drive_low()
    knob.b.drive_low()
    knob.b.drive_high()
    knob.a.drive_high()
    await passes(0.1)
    assert turns == []
    knob.turn(1)
    await passes(0.1)
    assert turns == [True]


async def test_what_the_loop_has_no_time_for_is_bounded(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    knob, turns = await started(nursery)
    knob.turn(10 * MOST_WAITING)
    await passes(0.1)
    assert turns == [True] * MOST_WAITING


async def test_pins_are_free_again_afterwards_and_heard_no_more(autojump_clock: MockClock) -> None:
    factory = MockFactory()
    turns: list[Turn] = []
    for _ in range(2):
        async with trio.open_nursery() as nursery:
            await nursery.start(Encoders(VOLUME, factory).run, turns.append)
            nursery.cancel_scope.cancel()
    Knob(factory).turn(1)
    await passes(0.1)
    assert turns == []


async def test_a_pin_that_is_not_there_is_named(autojump_clock: MockClock) -> None:
    with pytest.raises(DeviceMissing, match=r"encoder 'volume': pin '20, 99' cannot be used"):
        await Encoders({"volume": EncoderConfig(a=20, b=99)}, MockFactory()).run(lambda _turn: None)
