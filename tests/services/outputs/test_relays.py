"""A relay and the room: what switches it, when a pulse is over, and what the room knows of it."""

from pathlib import Path

import pytest
import trio
from gpiozero import LED
from trio.testing import MockClock, wait_all_tasks_blocked

from appliance.config.load import parse
from appliance.room.inputs import Pressed
from appliance.room.local_events.box import Halted
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.link import Link, LinkPhase
from appliance.run.demo.virtual import virtual_room
from appliance.run.parts import Parts
from appliance.run.tables.outputs import relays
from appliance.runtime.supervisor import Condition, Supervisor
from appliance.virtual.hardware import VirtualHardware
from drivers.errors import DeviceError
from tests.virtual_time import passes

ROOM = """\
hardware = "virtual"
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
[panel]
listen = "127.0.0.1:0"
[relays.lights]
pin = 17
[relays.screen]
pin = 5
active_high = false
safe = "on"
[relays.link]
pin = 27
shows = "link"
[buttons.light]
pin = 22
press = "relay lights"
[buttons.bell]
pin = 23
press = "relay lights pulse 2"
[buttons.dark]
pin = 24
press = "relay screen off"
"""


class Room:
    """The relays of a room without a terminal."""

    def __init__(self, virtual: VirtualHardware, parts: Parts) -> None:
        self.gpio = virtual.gpio
        self.store = parts.store
        self.controller = parts.controller
        self.supervisor = Supervisor([*relays(parts)], expected=(DeviceError,))

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        await self.supervisor.run(task_status=task_status)

    def press(self, name: str) -> None:
        self.controller.put(Pressed(name))


@pytest.fixture
async def room() -> Room:
    config = parse(ROOM, Path("room.toml"))
    with virtual_room(config) as (virtual, hardware):
        return Room(virtual, Parts(config, hardware))


async def test_each_is_safe_until_it_is_switched_and_the_room_knows(
    room: Room, nursery: trio.Nursery, mock_clock: MockClock
) -> None:
    assert room.store.state.outputs == {}
    await nursery.start(room.run)
    assert room.gpio.relays() == {"lights": False, "screen": True, "link": True}, "the appliance is starting"
    assert room.store.state.outputs == {"relay lights": False, "relay screen": True, "relay link": True}
    room.press("light")
    room.press("dark")
    assert room.gpio.relays() == {"lights": True, "screen": False, "link": True}, "in the call of the press itself"
    assert room.store.state.outputs == {"relay lights": True, "relay screen": False, "relay link": True}
    room.press("light")
    assert room.gpio.relays()["lights"] is False


async def test_a_pulse_ends_by_itself_and_by_any_other_press(
    room: Room, nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    await nursery.start(room.run)
    room.press("bell")
    await passes(1.9)
    assert room.store.state.outputs["relay lights"]
    room.press("bell")
    await passes(1.9)
    assert room.store.state.outputs["relay lights"], "the second began anew"
    await passes(0.2)
    assert room.store.state.outputs["relay lights"] is False
    room.press("bell")
    await passes(1)
    room.press("light")
    assert room.gpio.relays()["lights"] is False
    room.press("light")
    await passes(10)
    assert room.gpio.relays()["lights"] is True, "nothing of the pulse is left"


async def test_one_that_shows_follows_and_does_not_blink(
    room: Room, nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    await nursery.start(room.run)
    await passes(0.1)
    assert room.gpio.relays()["link"] is True, "the appliance is starting: a lamp would blink"
    room.store.apply(LinkChanged(Link(LinkPhase.UP)))
    await passes(0.1)
    assert room.gpio.relays()["link"] is False
    room.store.apply(LinkChanged(Link(LinkPhase.DOWN)))
    await passes(0.1)
    assert room.gpio.relays()["link"] is True
    room.store.apply(Halted())
    await passes(0.1)
    assert room.gpio.relays()["link"] is False


async def test_all_are_safe_after_the_end(room: Room, mock_clock: MockClock) -> None:
    async with trio.open_nursery() as nursery:
        await nursery.start(room.run)
        room.press("light")
        room.press("dark")
        room.supervisor.stop()
    assert [bool(room.gpio.factory.pin(pin).states[-1].state) for pin in (17, 5)] == [False, False], (
        "screen: active low"
    )
    assert room.store.state.outputs == {}


async def test_a_pin_that_somebody_else_has_costs_its_own_relay_and_a_press_says_so(
    room: Room, nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    with LED(17, pin_factory=room.gpio.factory):
        await nursery.start(room.run)
        assert set(room.store.state.outputs) == {"relay screen", "relay link"}
        room.press("light")
        notice = room.store.state.notice
        assert notice is not None
        assert str(notice.text) == "lights cannot be switched"
    await passes(45)
    assert room.store.state.outputs["relay lights"] is False


async def test_one_that_vanishes_is_not_known_any_more_and_safe_when_it_is_back(
    room: Room, nursery: trio.Nursery, autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await nursery.start(room.run)
    room.press("light")
    with monkeypatch.context() as patch:
        patch.setattr(room.gpio.factory.pin(17), "_set_state", unplugged)
        room.press("light")
        await wait_all_tasks_blocked()
        assert "relay lights" not in room.store.state.outputs
        assert room.supervisor.health["relay lights"].condition is Condition.OFFLINE
    await passes(45)
    assert room.store.state.outputs["relay lights"] is False


def unplugged(_value: float) -> None:
    raise OSError("unplugged")
