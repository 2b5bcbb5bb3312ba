"""A keypad's keys, long presses and chords as the room hears them; the bytes go through a real pipe."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio
from trio.testing import MockClock

from appliance.config.tables.keypads import KeyBinding, Keypad
from appliance.room.inputs import Held, Input, Key, KeyHeld, Pressed, Released, SourceGone
from appliance.services.inputs.keypad import KeypadService
from drivers.errors import DeviceLost
from drivers.keypad.fake import VirtualKeypad, input_event
from drivers.keypad.key_events import EV_SYN, SYN_DROPPED, SYN_REPORT
from drivers.keypad.keypad import Keypad as Driver
from tests.some import some
from tests.virtual_time import passes, real

CONFIG = Keypad(
    keys={
        "*": KeyBinding(held="hang_up"),
        "1+3": "reclaim",
        "F1": "camera left",
        "8": KeyBinding(held="redial", hold=0.5),
    }
)
SOURCE = "keypads.lectern"


@pytest.fixture
def clock() -> MockClock:
    """Time passes at once, but not before what is in the pipe has been read."""
    return MockClock(autojump_threshold=real(0.01))


class Pad:
    """The keypad, what the room has heard of it since it was last asked."""

    def __init__(self) -> None:
        self.virtual = VirtualKeypad("lectern")
        self._inputs: list[Input] = []
        driver = Driver(CONFIG, self.virtual.open)
        bound = frozenset(CONFIG.bindings())
        self.service = KeypadService("lectern", driver, CONFIG.gestures(), bound, self._inputs.append)

    async def heard(self, after: float = 0.02) -> list[Input]:
        await passes(after)
        heard = list(self._inputs)
        self._inputs.clear()
        return heard


@asynccontextmanager
async def a_pad() -> AsyncIterator[Pad]:
    pad = Pad()
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: pad.service.run(task_status=task_status))
        yield pad
        nursery.cancel_scope.cancel()


def button(key: str) -> str:
    return f"{SOURCE}.{key}"


async def test_a_plain_key_counts_when_it_goes_down(clock: object) -> None:
    async with a_pad() as pad:
        pad.virtual.key("5", True)
        assert await pad.heard() == [Key("5")]
        pad.virtual.key("5", False)
        assert await pad.heard() == []


async def test_a_key_is_held_after_its_time_and_not_before(clock: object) -> None:
    async with a_pad() as pad:
        pad.virtual.key("*", True)
        assert await pad.heard(0.9) == [Pressed(button("*"))]
        assert await pad.heard(0.2) == [Held(button("*"))]
        pad.virtual.key("*", False)
        assert await pad.heard(5) == [Released(button("*"))]


async def test_each_key_has_its_own_time(clock: object) -> None:
    async with a_pad() as pad:
        pad.virtual.key("8", True)
        assert await pad.heard(0.4) == [Pressed(button("8"))]
        assert await pad.heard(0.2) == [Held(button("8"))]


async def test_a_chord(clock: object) -> None:
    async with a_pad() as pad:
        pad.virtual.key("3", True)
        pad.virtual.key("1", True)
        assert await pad.heard(0.05) == []
        assert await pad.heard(0.1) == [Pressed(button("1+3"))]
        pad.virtual.key("1", False)
        pad.virtual.key("3", False)
        assert await pad.heard(5) == [Released(button("1+3"))]


async def test_a_key_of_a_chord_by_itself(clock: object) -> None:
    async with a_pad() as pad:
        pad.virtual.key("1")
        assert await pad.heard() == [Pressed(button("1")), Released(button("1"))]


async def test_autorepeat_holds_nothing_up(clock: object) -> None:
    async with a_pad() as pad:
        pad.virtual.key("*", True)
        for _ in range(5):
            some(pad.virtual._pipe).send(input_event(1, 55, 2) + input_event(EV_SYN, SYN_REPORT, 0))
            await passes(0.1)
        assert await pad.heard(0.7) == [Pressed(button("*")), Held(button("*"))]


async def test_unplugged_while_a_key_is_down_ends_what_it_began_and_types_nothing(clock: object) -> None:
    pad = Pad()

    async def lost(*, task_status: trio.TaskStatus[None]) -> None:
        with pytest.RaisesGroup(pytest.RaisesExc(DeviceLost, match="lectern")):
            await pad.service.run(task_status=task_status)

    async with trio.open_nursery() as nursery:
        await nursery.start(lost)
        pad.virtual.key("F1", True)
        pad.virtual.key("*", True)
        assert await pad.heard() == [Pressed(button("KEY_F1")), Pressed(button("*"))]
        pad.virtual.unplug()
    assert await pad.heard(5) == [SourceGone(SOURCE)]


async def test_events_that_the_kernel_dropped_hold_nothing(clock: object) -> None:
    async with a_pad() as pad:
        pad.virtual.key("*", True)
        assert await pad.heard() == [Pressed(button("*"))]
        some(pad.virtual._pipe).send(input_event(EV_SYN, SYN_DROPPED, 0) + input_event(EV_SYN, SYN_REPORT, 0))
        assert await pad.heard(5) == [SourceGone(SOURCE)]
        pad.virtual.key("*", False)
        pad.virtual.key("*", True)
        assert await pad.heard() == [Pressed(button("*"))]


async def test_ended_while_a_camera_moves(clock: object) -> None:
    async with a_pad() as pad:
        pad.virtual.key("F1", True)
        assert await pad.heard() == [Pressed(button("KEY_F1"))]
    assert await pad.heard() == [SourceGone(SOURCE)]


async def test_ended_while_nothing_is_down_stops_nobodys_camera(clock: object) -> None:
    async with a_pad() as pad:
        pad.virtual.key("F1")
        await pad.heard()
    assert await pad.heard() == []


async def test_a_digit_that_is_held_says_so(clock: MockClock) -> None:
    async with a_pad() as pad:
        pad.virtual.key("2", True)
        assert await pad.heard(0.79) == [Key("2")]
        assert await pad.heard() == [KeyHeld("2")]
        assert await pad.heard(30) == []
        pad.virtual.key("2", False)
        pad.virtual.key("2")
        assert await pad.heard() == [Key("2")]


async def test_digits_that_are_typed_fast_are_held_each_for_itself(clock: MockClock) -> None:
    async with a_pad() as pad:
        pad.virtual.key("4", True)
        await passes(0.5)
        pad.virtual.key("5", True)
        pad.virtual.key("4", False)
        assert await pad.heard(0.5) == [Key("4"), Key("5")]
        assert await pad.heard(0.5) == [KeyHeld("5")]


async def test_a_digit_without_a_letter_and_a_key_with_an_action_are_not_held(clock: MockClock) -> None:
    async with a_pad() as pad:
        pad.virtual.key("7", True)
        pad.virtual.key("1", True)  # of a chord
        assert KeyHeld("1") not in (heard := await pad.heard(5))
        assert KeyHeld("7") not in heard
