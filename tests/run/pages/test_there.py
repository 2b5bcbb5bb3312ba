"""The hardware of a box as programs are told of it: what room.toml uses, and what it does not name."""

from pathlib import Path

import pytest
from trio.testing import MockClock

from appliance.api.devices import Hardware
from appliance.config.load import parse
from appliance.config.schema import Config
from appliance.inventory.machine import Places
from appliance.run.pages import there
from appliance.run.pages.there import AGAIN, There, found
from tests.inventory.test_inventory import machine
from tests.virtual_time import passes

__all__ = ["machine"]

ROOM = """{hardware}
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
{more}
"""
ALL = """[buttons.call]
pin = 17
press = "call"
[keypads.keypad]
[speakerphones.table]
device = "0b0e:0412"
[joysticks.joystick]
port = "{dev}/ttyUSB0"
[display]
"""


def config(more: str = "", hardware: str = "") -> Config:
    return parse(ROOM.format(more=more, hardware=hardware), Path("room.toml"))


def used(hardware: tuple[Hardware, ...]) -> dict[str, tuple[str, ...]]:
    return {each.kind: each.used_by for each in hardware}


def test_what_nothing_uses_is_there_all_the_same(machine: Places) -> None:
    there = found(config(), machine)
    assert used(there) == dict.fromkeys(("gpio", "i2c", "spi", "keypad", "speakerphone", "serial"), ())
    keypad = there[3]
    assert (keypad.name, keypad.product, keypad.port) == ("USB Keypad", "04d9:1203", "1-1.3")


def test_what_is_used_says_by_what(machine: Places) -> None:
    assert used(found(config(ALL.format(dev=machine.dev)), machine)) == {
        "gpio": ("buttons.call",),
        "i2c": ("display",),
        "spi": (),
        "keypad": ("keypads.keypad",),
        "speakerphone": ("speakerphones.table",),
        "serial": ("joysticks.joystick",),
    }


def test_a_port_by_another_name_is_the_same(machine: Places) -> None:
    link = machine.dev / "by-id"
    link.symlink_to(machine.dev / "other")
    (machine.dev / "other").touch()
    places = Places(machine.dev, machine.hidraw, machine.inputs, [(f"{machine.dev}/other", "FT232R")], machine.gpio)
    (line,) = [
        each for each in found(config(f'[joysticks.joystick]\nport = "{link}"'), places) if each.kind == "serial"
    ]
    assert line.used_by == ("joysticks.joystick",)


def test_virtual_hardware_is_none(machine: Places) -> None:
    assert found(config('[panel]\nlisten = "127.0.0.1:0"', 'hardware = "virtual"'), machine) == ()


async def test_it_is_looked_at_now_and_then(
    machine: Places, autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = list[Config]()

    def look(of: Config, places: Places | None) -> tuple[Hardware, ...]:
        looks.append(of)
        return found(of, places)

    monkeypatch.setattr(there, "found", look)
    seen, first, other = There(machine), config(), config(ALL.format(dev=machine.dev))
    for _ in range(3):
        assert len(await seen.hardware(first)) == 6
    assert looks == [first]
    await passes(AGAIN)
    await seen.hardware(first)
    await seen.hardware(other)
    assert looks == [first, first, other]
