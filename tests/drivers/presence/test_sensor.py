"""A sensor of presence: what it sees, and when it is given up."""

from collections.abc import Awaitable, Callable

import pytest
import trio
from gpiozero import LED
from trio.testing import MockClock, wait_all_tasks_blocked

from drivers.errors import DeviceLost, DeviceMissing
from drivers.gpio.fake import VirtualGpio
from drivers.presence.config import PresenceConfig
from drivers.presence.sensor import CALM, MOST_EDGES, PresenceSensor
from tests.virtual_time import passes

Start = Callable[..., Awaitable[None]]


class Room:
    """A sensor on a virtual pin, and what it has said."""

    def __init__(self, config: PresenceConfig) -> None:
        self.gpio = VirtualGpio({}, {}, sensors={"door": config})
        self.sensor = PresenceSensor("door", config, self.gpio.factory)
        self.seen: list[bool] = []

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        await self.sensor.run(self.seen.append, task_status=task_status)

    async def edge(self, *, somebody: bool) -> None:
        self.gpio.sense("door", somebody=somebody)
        await wait_all_tasks_blocked()

    async def flutter(self, edges: int) -> None:
        for number in range(edges):
            await self.edge(somebody=number % 2 == 0)


@pytest.mark.parametrize(
    ("config", "level"),
    [
        (PresenceConfig(pin=17), True),
        (PresenceConfig(pin=17, pull="up"), False),
        (PresenceConfig(pin=17, pull="none"), True),
        (PresenceConfig(pin=17, pull="up", active_high=True), True),
    ],
)
async def test_it_says_what_it_sees(
    config: PresenceConfig, level: bool, nursery: trio.Nursery, mock_clock: MockClock
) -> None:
    room = Room(config)
    await nursery.start(room.run)
    assert room.seen == [False]
    await room.edge(somebody=True)
    assert bool(room.gpio.factory.pin(17).state) is level
    await room.edge(somebody=False)
    assert room.seen == [False, True, False]


async def test_somebody_who_is_there_from_the_beginning_is_seen(nursery: trio.Nursery, mock_clock: MockClock) -> None:
    room = Room(PresenceConfig(pin=17))
    room.gpio.sense("door", somebody=True)
    await nursery.start(room.run)
    assert room.seen == [True]


async def test_a_pin_in_use_is_missing_and_named() -> None:
    room = Room(PresenceConfig(pin=17))
    with (
        LED(17, pin_factory=room.gpio.factory),
        pytest.raises(DeviceMissing, match=r"presence 'door': pin 17 .* in use"),
    ):
        await room.run()


async def test_as_many_edges_as_a_sensor_has_are_no_fault(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    room = Room(PresenceConfig(pin=17))
    await nursery.start(room.run)
    for _ in range(3):
        await room.flutter(MOST_EDGES - 2)
        await passes(61)
    assert room.seen[-1] is False


async def test_one_that_chatters_is_lost_and_counts_again_once_it_is_calm(autojump_clock: MockClock) -> None:
    room = Room(PresenceConfig(pin=17))
    with pytest.RaisesGroup(pytest.RaisesExc(DeviceLost, match="presence 'door': .* edges within a minute")):
        async with trio.open_nursery() as nursery:
            await nursery.start(room.run)
            await room.flutter(MOST_EDGES + 2)
    told = len(room.seen)
    with pytest.RaisesGroup(pytest.RaisesExc(DeviceLost)):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(room.run)
            await wait_all_tasks_blocked()
            await room.flutter(MOST_EDGES)
    assert len(room.seen) == told, "what it says is not believed while it chatters"
    async with trio.open_nursery() as nursery:
        began = trio.current_time()
        room.gpio.sense("door", somebody=True)
        await nursery.start(room.run)
        assert trio.current_time() == pytest.approx(began + CALM)
        await wait_all_tasks_blocked()
        assert room.seen[told:] == [True]
        nursery.cancel_scope.cancel()


async def test_one_that_cannot_be_read_is_lost(monkeypatch: pytest.MonkeyPatch, mock_clock: MockClock) -> None:
    room = Room(PresenceConfig(pin=17))

    def gone() -> bool:
        raise OSError("gone")

    monkeypatch.setattr(room.gpio.factory.pin(17), "_get_state", gone)
    with pytest.raises(DeviceLost, match="presence 'door': its pin cannot be read: gone"):
        await room.run()
