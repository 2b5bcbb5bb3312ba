"""A pin that cannot be used costs one button, lamp or encoder, and that comes back by itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog
import structlog.testing
import trio
from gpiozero import InputDevice
from trio.testing import MockClock

from appliance.config.load import parse
from appliance.room.inputs import Input, Pressed, SourceGone, Turned
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.link import Link, LinkPhase
from appliance.run.demo.virtual import virtual_room
from appliance.run.parts import Parts
from appliance.run.tables.lamps import lamps
from appliance.run.tables.touched import buttons, encoders
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
[buttons.call]
pin = 17
press = "call"
[buttons.mute]
pin = 27
press = "mute"
[lamps.link]
pin = 5
[lamps.muted]
pin = 6
[encoders.volume]
a = 20
b = 21
[encoders.other]
a = 23
b = 24
"""
ON = {17: "button call", 27: "button mute", 5: "lamp link", 20: "encoder volume", 24: "encoder other"}
LONGEST_WAIT = 45.0  # seconds; half a minute with its jitter


class Room:
    """The pins of a room as its supervisor keeps them, and what they tell the controller."""

    def __init__(self, virtual: VirtualHardware, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gpio = virtual.gpio
        self.heard: list[Input] = []
        monkeypatch.setattr(parts.controller, "put", self.heard.append)  # what comes of it is tried elsewhere
        parts.store.apply(LinkChanged(Link(LinkPhase.DOWN)))  # the lamp `link` is on
        services = [*lamps(parts), *buttons(parts), *encoders(parts)]
        self.supervisor = Supervisor(services, expected=(DeviceError,))

    def taken(self, pin: int) -> InputDevice:
        """Somebody else has the pin, until it is closed."""
        return InputDevice(pin, pin_factory=self.gpio.factory)

    def offline(self) -> dict[str, str]:
        health = self.supervisor.health
        return {name: each.reason for name, each in health.items() if each.condition is Condition.OFFLINE}

    def turn(self, a: int, b: int) -> None:
        """A detent clockwise."""
        first, second = (self.gpio.factory.pin(pin) for pin in (a, b))
        for move in (first.drive_low, second.drive_low, first.drive_high, second.drive_high):
            move()


@pytest.fixture
async def room(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Room]:
    config = parse(ROOM, Path("room.toml"))
    with virtual_room(config) as (virtual, hardware):
        yield Room(virtual, Parts(config, hardware), monkeypatch)


async def test_a_room_whose_pins_are_free(room: Room, nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    await nursery.start(room.supervisor.run)
    await passes(1)
    assert (room.offline(), room.gpio.lamp("link")) == ({}, True)


@pytest.mark.parametrize("pin", list(ON))
async def test_a_pin_that_somebody_else_has_costs_what_is_on_it_and_nothing_else(
    pin: int, room: Room, nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    with room.taken(pin):
        await nursery.start(room.supervisor.run)
        await passes(1)
        assert list(room.offline()) == [ON[pin]]
        assert room.offline()[ON[pin]].startswith(_named(ON[pin]))
        assert f"pin {pin} cannot be used: pin GPIO{pin} is already in use" in room.offline()[ON[pin]]
        assert room.gpio.lamp("link") is (pin != 5)
        for name in {"button call": ("mute",), "button mute": ("call",)}.get(ON[pin], ("call", "mute")):
            room.gpio.press(name)
            await passes(1)
            assert room.heard.pop() == Pressed(name)
        a, b, name = (20, 21, "volume") if ON[pin] == "encoder other" else (23, 24, "other")
        room.turn(a, b)
        await passes(1)
        assert room.heard == [Turned(name, clockwise=True)]


@pytest.mark.parametrize("pin", list(ON))
async def test_it_is_said_once_and_comes_back_by_itself_once_the_pin_is_free(
    pin: int, room: Room, nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    other = room.taken(pin)
    with structlog.testing.capture_logs() as log:
        await nursery.start(room.supervisor.run)
        await passes(600)
        other.close()
        await passes(LONGEST_WAIT)
    said = [(each["event"], each["service"]) for each in log if "service" in each]
    assert said == [("service_failed", ON[pin]), ("service_back", ON[pin])]
    assert room.offline() == {}
    assert room.gpio.lamp("link")
    room.gpio.press("call")
    await passes(1)
    assert room.heard == [Pressed("call")]


async def test_a_button_that_is_lost_while_it_is_down_is_let_go(
    room: Room, nursery: trio.Nursery, autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await nursery.start(room.supervisor.run)
    room.gpio.press("call")
    await passes(0.1)
    with monkeypatch.context() as broken:
        broken.setattr(type(room.gpio.factory.pin(17)), "state", property(unplugged))
        await passes(2)
    await passes(LONGEST_WAIT)
    assert room.heard == [Pressed("call"), SourceGone("buttons.call")]
    assert room.offline() == {}


def unplugged(_pin: object) -> bool:
    raise OSError("unplugged")


def _named(service: str) -> str:
    kind, _, name = service.partition(" ")
    return f"{kind} {name!r}: "
