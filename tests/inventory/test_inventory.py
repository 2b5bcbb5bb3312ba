import os
from collections.abc import Mapping
from pathlib import Path

import evdev
import msgspec
import pytest

from appliance.config.load import parse
from appliance.inventory.asked_for import Configured, configured
from appliance.inventory.machine import Offer, Places, take
from tests.drivers.keypad.test_device import NUMPAD, Desk, Paper
from tests.drivers.speakerphone import descriptors as hid
from tests.drivers.speakerphone.test_device import Sys

ROOM = """\
{hardware}
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
[buttons.call]
pin = 17
press = "call"
[lamps.link]
pin = "BOARD13"
[keypads.keypad]
[speakerphones.table]
device = "0b0e:0412"
[joysticks.joystick]
port = "{port}"
[display]
[panel]
listen = "127.0.0.1:0"
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A machine that has everything: its device files are links to /dev/null."""
    phones = Sys(tmp_path)
    phones.plug(0, hid.JABRA_LIKE, "Jabra", port="1-1.2")
    (phones.dev / "input").mkdir()
    for name in ("gpiochip0", "i2c-1", "spidev0.0", "ttyUSB0"):
        (phones.dev / name).symlink_to("/dev/null")
    desk = Desk(phones.dev / "input", {})
    desk.plug(Paper("USB Keypad", NUMPAD, port="1-1.3", product="04d9:1203"))
    monkeypatch.setattr("drivers.gpio.chips.chip_info", lambda _path: ("pinctrl-bcm2711", 58))
    monkeypatch.setattr(evdev, "InputDevice", lambda path: desk.devices[path].open(path))
    ports = [(f"{phones.dev}/ttyUSB0", "FT232R")]
    return Places(phones.dev, phones.hidraw, desk.classes, ports, tmp_path / "gpio")


def missing(places: Places, port: str = "/dev/null", hardware: str = "") -> Mapping[str, str]:
    """What `take` says of every configured device: key → what is in the way."""
    config = parse(ROOM.format(port=port, hardware=hardware), Path("room.toml"))
    return {device.key: device.missing for device in configured(config, places)}


ALL = ["buttons.call", "lamps.link", "speakerphones.table", "keypads.keypad", "joysticks.joystick", "display"]


def test_everything_found_says_what_it_would_be_used_for(machine: Places) -> None:
    inventory = take(machine)
    assert inventory.lacking == []
    assert [(each.kind, each.path, each.name, each.use, each.product, each.port) for each in inventory.found] == [
        (
            "gpio",
            f"{machine.dev}/gpiochip0",
            "pinctrl-bcm2711 (58 lines)",
            "buttons and lamps (the 40-pin header)",
            "",
            "",
        ),
        ("i2c", f"{machine.dev}/i2c-1", "", "display (not probed)", "", ""),
        ("spi", f"{machine.dev}/spidev0.0", "", "display (not probed)", "", ""),
        ("keypad", f"{machine.dev}/input/event0", "USB Keypad", "keypad", "04d9:1203", "1-1.3"),
        ("speakerphone", f"{machine.dev}/hidraw0", "Jabra", "speakerphone", "0b0e:0412", "1-1.2"),
        ("serial", f"{machine.dev}/ttyUSB0", "FT232R", "joystick", "", ""),
    ]
    assert not any(each.trouble for each in inventory.found)


def test_each_key_and_lamp_says_where_it_is_read_or_written(machine: Places) -> None:
    _, _, _, pad, phone, _ = take(machine).found
    assert pad.offers == [Offer(f"key {digit}", "evdev") for digit in range(10)]
    assert Offer("mute", "hidraw", 2, "relative") in phone.offers
    assert Offer("hook", "hidraw", 2, "absolute") in phone.offers
    assert Offer("ring", "hidraw", 2, "lamp") in phone.offers


def test_a_room_whose_devices_are_all_there(machine: Places) -> None:
    config = parse(ROOM.format(port="/dev/null", hardware=""), Path("room.toml"))
    assert configured(config, machine) == [
        Configured("buttons.call", "pin 17", "", f"{machine.dev}/gpiochip0"),
        Configured("lamps.link", "pin BOARD13", "", f"{machine.dev}/gpiochip0"),
        Configured("speakerphones.table", "0b0e:0412", "", f"{machine.dev}/hidraw0"),
        Configured("keypads.keypad", "auto", "", f"{machine.dev}/input/event0"),
        Configured("joysticks.joystick", "/dev/null"),
        Configured("display", f"0x3c on {machine.dev}/i2c-1 (not probed)"),
    ]


def test_a_display_on_spi_needs_its_bus_and_the_header(machine: Places) -> None:
    on_spi = '[display]\nspi = "{}"\ndc_pin = 24\nreset_pin = 25\n'
    plain = ROOM.format(port="/dev/null", hardware="")
    there, gone = (
        configured(parse(plain.replace("[display]\n", on_spi.format(device)), Path("room.toml")), machine)[-1]
        for device in ("0.0", "0.1")
    )
    assert there == Configured("display", f"{machine.dev}/spidev0.0 (not probed), pins 24, 25")
    assert gone.missing == f"there is no {machine.dev}/spidev0.1"


def test_one_keypad_is_not_two(machine: Places) -> None:
    two = ROOM.format(port="/dev/null", hardware="") + "[keypads.second]\n[readers.badge]\ndevice = '1-1.3'\n"
    of_the_room = {each.key: each for each in configured(parse(two, Path("room.toml")), machine)}
    assert "event0 is used by badge already" in of_the_room["keypads.second"].missing
    assert of_the_room["readers.badge"].path == f"{machine.dev}/input/event0"


def test_a_key_that_the_device_lacks_is_said(machine: Places) -> None:
    keys = "[keypads.keypad.keys]\nCALC = 'redial'\n'1+3' = 'reclaim'\n'#' = { held = 'hang_up' }\n"
    room = ROOM.format(port="/dev/null", hardware="").replace("[keypads.keypad]\n", keys)
    (pad,) = [each for each in configured(parse(room, Path("room.toml")), machine) if each.key == "keypads.keypad"]
    assert pad.missing == f"{machine.dev}/input/event0 (USB Keypad) has no key #, KEY_CALC"
    assert pad.path == f"{machine.dev}/input/event0"


def test_a_machine_with_nothing_says_so_of_each_kind(tmp_path: Path) -> None:
    inventory = take(Places(tmp_path, tmp_path, tmp_path, []))
    assert inventory.found == []
    assert [reason.split(":")[0] for reason in inventory.lacking] == [
        "no GPIO chip found",
        "no I2C bus found",
        "no keypad found",
        "no speakerphone found",
        "no serial line found",
    ]


def test_a_room_with_nothing_of_what_it_asks_for(tmp_path: Path) -> None:
    gone = missing(Places(tmp_path, tmp_path, tmp_path, []), port=f"{tmp_path}/ttyUSB7")
    assert list(gone) == ALL
    assert "no GPIO chip found" in gone["buttons.call"]
    assert gone["keypads.keypad"] == "no keypad found"
    assert gone["speakerphones.table"] == "no speakerphone 0b0e:0412 found"
    assert gone["joysticks.joystick"] == f"there is no {tmp_path}/ttyUSB7"
    assert gone["display"] == f"there is no {tmp_path}/i2c-1"


def test_a_file_is_no_serial_line(machine: Places, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert missing(machine, f"{tmp_path}/notes.txt")["joysticks.joystick"] == f"{tmp_path}/notes.txt is no serial line"


def test_what_may_not_be_opened_is_missing_and_names_the_group(
    machine: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)  # tests may run as root
    gone = missing(machine)
    for key in ("buttons.call", "speakerphones.table", "joysticks.joystick", "display"):
        assert "it belongs to group" in gone[key]
    assert "it belongs to group" in take(machine).found[0].trouble


FIVE = {"gpiochip11": ("gpio-brcmstb@107d508500", 32), "gpiochip15": ("pinctrl-rp1", 54)}


@pytest.fixture
def five(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A Raspberry Pi 5 with a current kernel."""
    for name in FIVE:
        (tmp_path / name).touch()
    monkeypatch.setattr("drivers.gpio.chips.chip_info", lambda path: FIVE[path.name])
    return Places(tmp_path, tmp_path, tmp_path, [], tmp_path)


def test_the_headers_chip_is_named_and_of_the_others_why_they_are_not_it(five: Places) -> None:
    other, chip = take(five).found
    assert (chip.path, chip.name) == (f"{five.dev}/gpiochip15", "pinctrl-rp1 (54 lines)")
    assert chip.use == "buttons and lamps (the 40-pin header)"
    assert other.use == (
        "nothing: the 40-pin header's chip is called pinctrl-rp1 or pinctrl-bcm2711 or pinctrl-bcm2835"
    )


def test_the_chip_of_the_configuration_is_the_headers(five: Places) -> None:
    chosen, chip = take(msgspec.structs.replace(five, chip=11)).found
    assert chosen.use == "buttons and lamps (the 40-pin header)"
    assert chip.use == "nothing: `chip` of [gpio] names another"


def test_chips_of_which_none_is_the_headers_are_listed_and_what_to_do_is_said(five: Places) -> None:
    (five.dev / "gpiochip15").unlink()
    inventory = take(five)
    assert [piece.path for piece in inventory.found] == [f"{five.dev}/gpiochip11"]
    assert inventory.lacking[0] == (
        "no GPIO chip of the 40-pin header found: expected one of pinctrl-rp1, pinctrl-bcm2711, pinctrl-bcm2835; "
        f"there are {five.dev}/gpiochip11 (gpio-brcmstb@107d508500, 32 lines); "
        "`chip` of [gpio] takes one of these all the same"
    )


def test_virtual_hardware_is_never_missing(tmp_path: Path) -> None:
    gone = missing(Places(tmp_path, tmp_path, tmp_path, []), hardware='hardware = "virtual"')
    assert gone == dict.fromkeys(ALL, "")
