import threading

import msgspec
import pytest
import trio
from gpiozero import InputDevice
from gpiozero.pins.mock import MockFactory
from trio.testing import MockClock

from drivers.errors import DeviceMissing
from drivers.gpio.config import EncoderConfig
from drivers.gpio.encoders import Encoder, Turn
from drivers.gpio.turns import BOUNCE, MOST_WAITING
from tests.virtual_time import passes, real

VOLUME = EncoderConfig(a=20, b="J8:40")


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


async def started(nursery: trio.Nursery, config: EncoderConfig = VOLUME) -> tuple[Knob, list[bool]]:
    turns: list[bool] = []
    factory = MockFactory()

    def emit(turn: Turn) -> None:
        assert turn.name == "volume"
        turns.append(turn.clockwise)

    await nursery.start(Encoder("volume", config, factory).run, emit)
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
            await nursery.start(Encoder("volume", VOLUME, factory).run, turns.append)
            nursery.cancel_scope.cancel()
    Knob(factory).turn(1)
    await passes(0.1)
    assert turns == []


@pytest.mark.parametrize(("a", "b"), [(99, 21), (20, 99)])
async def test_a_pin_that_is_not_there_is_named_and_the_other_is_free_again(a: int, b: int) -> None:
    factory = MockFactory()
    with pytest.raises(DeviceMissing, match=r"encoder 'volume': pin 99 cannot be used: .* 40-pin header"):
        await Encoder("volume", EncoderConfig(a=a, b=b), factory).run(lambda _turn: None)
    InputDevice(min(a, b), pin_factory=factory).close()


class LatePins:
    """Both contacts as lgpio's thread hands them over, whenever it does: a level with the time at which it began."""

    def __init__(self, factory: MockFactory) -> None:
        self._contacts = {"a": factory.pin(20).when_changed, "b": factory.pin(21).when_changed}

    def hear(self, *edges: tuple[str, float, int]) -> None:
        for contact, at, level in edges:
            self._contacts[contact](at, level)


def cycles(count: int, every: float) -> list[tuple[str, float, int]]:
    """The edges of a knob that is turned clockwise."""
    moves = (("a", 0), ("b", 0), ("a", 1), ("b", 1)) * count
    return [(contact, 100 + number * every, level) for number, (contact, level) in enumerate(moves)]


@pytest.mark.parametrize("order", ["ab", "ba"])
async def test_edges_that_come_late_and_one_contact_after_the_other_are_the_turns_that_were_made(
    order: str, nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    factory = MockFactory()
    turns: list[Turn] = []
    await nursery.start(Encoder("volume", VOLUME, factory).run, turns.append)
    made = cycles(6, every=0.004)
    late = LatePins(factory)
    late.hear(*(edge for contact in order for edge in made if edge[0] == contact))
    await passes(1)
    assert [turn.clockwise for turn in turns] == [True] * 6


async def test_while_the_loop_is_late_bursts_from_another_thread_are_all_counted(nursery: trio.Nursery) -> None:
    factory, done = MockFactory(), trio.Event()
    turns: list[bool] = []

    def emit(turn: Turn) -> None:
        turns.append(turn.clockwise)
        if len(turns) == 24:
            done.set()

    await nursery.start(Encoder("volume", VOLUME, factory).run, emit)
    late, made = LatePins(factory), cycles(24, every=0.004)

    def bursts() -> None:
        for begin in range(0, len(made), 10):
            burst = made[begin : begin + 10]
            late.hear(*(edge for contact in "ba" for edge in burst if edge[0] == contact))

    thread = threading.Thread(target=bursts)
    thread.start()
    thread.join()  # the loop is held up on purpose
    with trio.fail_after(real(5)):
        await done.wait()
    assert turns == [True] * 24


async def test_a_detent_at_every_edge_does_not_count_bounces(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    knob, turns = await started(nursery, EncoderConfig(a=20, b=21, detents_per_cycle=4))
    knob.a.drive_low()
    knob.bounce()
    await passes(2 * BOUNCE)
    assert turns == []  # it bounced back
    knob.a.drive_low()
    knob.b.drive_low()
    await passes(2 * BOUNCE)
    assert turns == [True, True]


async def test_a_storm_from_another_thread_piles_up_nothing(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    knob, turns = await started(nursery, EncoderConfig(a=20, b=21, detents_per_cycle=4))

    def storm() -> None:
        for _ in range(500):
            knob.bounce()

    thread = threading.Thread(target=storm)
    thread.start()
    thread.join()  # the loop is held up on purpose
    assert trio.lowlevel.current_statistics().run_sync_soon_queue_size <= 1
    await passes(2 * BOUNCE)
    assert turns == []


async def test_half_a_cycle_is_a_detent_where_the_configuration_says_so(
    nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    knob, turns = await started(nursery, EncoderConfig(a=20, b=21, detents_per_cycle=2))
    knob.turn(2)
    knob.turn(-1)
    await passes(0.1)
    assert turns == [True] * 4 + [False] * 2


@pytest.mark.parametrize("wrong", [0, 3, "full", True])
def test_detents_per_cycle_are_one_two_or_four(wrong: object) -> None:
    with pytest.raises(msgspec.ValidationError, match="detents_per_cycle"):
        msgspec.convert({"a": 20, "b": 21, "detents_per_cycle": wrong}, EncoderConfig)
