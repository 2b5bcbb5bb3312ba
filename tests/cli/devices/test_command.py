"""What `offhook devices` prints of a machine that has everything."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from appliance.cli.devices import command as devices
from appliance.inventory.machine import Places
from drivers.keypad.codes import CODES
from tests.drivers.keypad.test_device import Desk, Paper
from tests.inventory.test_inventory import machine

__all__ = ["machine"]

ROOM = """\
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
[keypads.keypad]
[keypads.lectern]
[speakerphones.table]
device = "1-1.2"
"""


@pytest.fixture(autouse=True)
def on_this_machine(machine: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "Places", lambda: machine)


def offhook_devices(*words: str | Path) -> Result:
    return CliRunner().invoke(devices.devices, [str(word) for word in words])


def test_each_device_says_how_to_name_it_and_what_it_has(machine: Places) -> None:
    lines = [line.replace(str(machine.dev), "/dev") for line in offhook_devices().stdout.splitlines()]
    assert lines == [
        "gpio          /dev/gpiochip0     pinctrl-bcm2711 (58 lines)  for: buttons and lamps (the 40-pin header)",
        "i2c           /dev/i2c-1                                     for: display (not probed)",
        '    driver = "ssd1306"; "sh1106" where the picture is shifted by two pixels, with snow at the edge (1.3")',
        "spi           /dev/spidev0.0                                 for: display (not probed)",
        '    spi = "0.0"',
        "keypad        /dev/input/event0  USB Keypad                  for: keypad",
        '    device = "1-1.3" (port) or "04d9:1203" (vendor:product)',
        "    evdev: keys 0123456789",
        "speakerphone  /dev/hidraw0       Jabra                       for: speakerphone",
        '    device = "1-1.2" (port) or "0b0e:0412" (vendor:product)',
        "    hidraw report 1, absolute: volume up, volume down",
        "    hidraw report 2, absolute: hook",
        "    hidraw report 2, relative: mute, flash",
        "    hidraw report 2, absolute: reject",
        "    hidraw report 2, array: keys 0123456789*#",
        "    hidraw report 2, lamp: off hook, ring, microphone, hold",
        "serial        /dev/ttyUSB0       FT232R                      for: joystick",
    ]


def test_the_same_for_machines() -> None:
    report = msgspec.json.decode(offhook_devices("--json").stdout)
    assert set(report) == {"found", "lacking", "configured"}
    pad = report["found"][3]
    assert (pad["port"], pad["product"]) == ("1-1.3", "04d9:1203")
    assert pad["offers"][5] == {"what": "key 5", "source": "evdev", "report": 0, "how": ""}
    assert {"what": "ring", "source": "hidraw", "report": 2, "how": "lamp"} in report["found"][4]["offers"]


def test_the_room_is_told_which_of_several_each_is_and_what_lacks(machine: Places, tmp_path: Path) -> None:
    (tmp_path / "room.toml").write_text(ROOM)
    result = offhook_devices("--config", tmp_path / "room.toml")
    assert result.exit_code == 1
    assert [" ".join(line.split()) for line in result.stdout.partition("Of the configuration:\n")[2].splitlines()] == [
        f"there speakerphones.table 1-1.2 {machine.dev}/hidraw0",
        f"there keypads.keypad auto {machine.dev}/input/event0",
        f"MISSING keypads.lectern auto no keypad found; {machine.dev}/input/event0 is used by keypad already",
    ]


def test_a_device_without_digits_is_listed_with_all_its_keys(machine: Places) -> None:
    desk = Desk(machine.dev / "input", {"": Paper("", frozenset())})  # the first number is taken
    keys = frozenset(CODES[f"KEY_F{number}"] for number in (14, 15, 16))
    consumer = frozenset({CODES["KEY_CALC"], 266})
    for name, part in (("VEC Footswitch", keys), ("VEC Consumer", consumer)):
        desk.plug(Paper(name, part, port="1-1.5", product="05f3:00ff"))
    lines = [line.replace(str(machine.dev), "/dev") for line in offhook_devices().stdout.splitlines()]
    first = next(number for number, line in enumerate(lines) if "Footswitch" in line)
    assert " ".join(lines[first].split()) == (
        "keypad /dev/input/event1 VEC Footswitch for: keypad, if the configuration names it (it has no digit keys)"
    )
    assert lines[first + 1 : first + 4] == [
        '    device = "1-1.5" (port) or "05f3:00ff" (vendor:product)',
        "    evdev: KEY_F14, KEY_F15, KEY_F16",
        "    evdev, /dev/input/event2: KEY_CALC, CODE_266",
    ]


def test_a_whole_keyboard_is_not_listed_key_by_key(machine: Places) -> None:
    desk = Desk(machine.dev / "input", {"": Paper("", frozenset())})
    desk.plug(Paper("Keyboard", frozenset(range(1, 128)), port="1-1.5"))
    line = next(line for line in offhook_devices().stdout.splitlines() if "KEY_Q" in line)
    assert line.endswith(" more (--json has all)")
