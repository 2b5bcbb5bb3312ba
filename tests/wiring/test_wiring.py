"""Which wire goes where: the header, the list, the picture and the command."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner
from gpiozero import PiBoardInfo

from appliance.cli.wiring import wiring_command
from appliance.config.load import load, parse
from appliance.language.text import Text
from appliance.wiring.picture import picture
from appliance.wiring.places import Wire, Wiring, wiring
from drivers.gpio.header import PLACES, nearest, place_of

DEFAULT = Path(__file__).parents[2] / "image" / "deb" / "room.toml"
ROOM = '[room]\nname = "A & <B>"\n[terminal]\nhost = "127.0.0.1"\n'


def wired(more: str) -> Wiring:
    return wiring(parse(ROOM + more, Path("room.toml")))


def test_the_header_has_every_gpio_once_and_the_supplies_of_a_pi() -> None:
    assert len(PLACES) == 40
    assert {name for name in PLACES if name.startswith("GPIO")} == {f"GPIO{n}" for n in range(28)}
    assert [n for n, name in enumerate(PLACES, 1) if name == "GND"] == [6, 9, 14, 20, 25, 30, 34, 39]
    assert [n for n, name in enumerate(PLACES, 1) if name == "3V3"] == [1, 17]
    assert [n for n, name in enumerate(PLACES, 1) if name == "5V"] == [2, 4]


def test_the_header_is_the_one_that_gpiozero_knows() -> None:
    pins = PiBoardInfo.from_revision(0xA02082).headers["J8"].pins  # a Pi 3B
    assert {place: pin.name for place, pin in pins.items()} == dict(enumerate(PLACES, 1))


@pytest.mark.parametrize("name", [17, "17", "GPIO17", "gpio17", "BCM17", "BOARD11", "J8:11"])
def test_a_pin_has_one_place_by_each_of_its_names(name: int | str) -> None:
    assert place_of(name) == 11


@pytest.mark.parametrize("name", [28, 99, "BOARD1", "BOARD0", "J8:41", "J8:6", "GPIO", "led", "-1", "WPI0", "GPIO²"])
def test_what_is_no_gpio_of_the_header_is_refused(name: int | str) -> None:
    with pytest.raises(ValueError, match="not a GPIO of the 40-pin header"):
        place_of(name)


def test_the_nearest_supply_is_beside_the_pin() -> None:
    assert nearest("GND", place_of(5)) == 30
    assert nearest("3V3", place_of(22)) == 17
    assert nearest("GND", place_of(26)) == 39


def test_the_default_room_is_wired_whole() -> None:
    found = wiring(load(DEFAULT))
    places = {wire.key: wire.place for wire in found.wires if wire.kind in ("button", "lamp")}
    assert places == {
        "buttons.call": 11,
        "buttons.hangup": 13,
        "buttons.mute": 15,
        "lamps.ringing": 29,
        "lamps.in_call": 31,
        "lamps.muted": 33,
        "lamps.link": 35,
    }
    assert [(w.place, str(w.what)) for w in found.wires if w.key == "display"] == [
        (1, "VCC (3.3 V)"),
        (3, "SDA"),
        (5, "SCL"),
        (6, "GND"),
    ]
    assert tuple(map(str, found.wrong)) == ()
    assert "5V" not in {wire.signal for wire in found.wires}


@pytest.mark.parametrize(
    ("keys", "supply", "what"),
    [
        ("", "GND", "button"),
        ('pull = "down"', "3V3", "button"),
        ("active_high = true", "GND", "button (opens when pressed)"),
        ('pull = "none"', "GND", "button, external pull-up to 3V3 (1 kΩ)"),
        ('pull = "none"\nactive_high = true', "3V3", "button, external pull-down to GND (1 kΩ)"),
    ],
)
def test_a_button_goes_to_the_supply_that_its_pull_asks_for(keys: str, supply: str, what: str) -> None:
    wires = wired(f'[buttons.x]\npin = 17\npress = "call"\n{keys}\n').wires
    assert {(wire.kind, wire.signal) for wire in wires} == {("button", "GPIO17"), ("supply", supply)}
    assert [str(wire.what) for wire in wires if wire.kind == "button"] == [what]


def test_an_inverted_lamp_hangs_on_the_supply() -> None:
    wires = wired("[lamps.muted]\npin = 22\nactive_high = false\n").wires
    assert [(wire.signal, str(wire.what)) for wire in wires] == [
        ("GPIO22", "LED cathode, through 330 Ω"),
        ("3V3", "LED anode"),
    ]


def test_an_encoder_has_two_contacts_and_a_common_one() -> None:
    wires = wired("[encoders.volume]\na = 23\nb = 24\n").wires
    assert [(wire.place, wire.signal, str(wire.what)) for wire in wires] == [
        (14, "GND", "common contact"),
        (16, "GPIO23", "contact A (closes first when turned clockwise)"),
        (18, "GPIO24", "contact B"),
    ]


def test_the_push_contact_of_an_encoder_is_wired_as_a_button() -> None:
    wires = wired('[encoders.volume]\na = 23\nb = 24\npress_pin = 25\npress = "mute"\n').wires
    button = wired('[buttons.mute]\npin = 25\npress = "mute"\n').wires
    of_the_knob = {(wire.signal, str(wire.what)) for wire in wires if wire.key == "encoders.volume"}
    assert {(wire.signal, str(wire.what)) for wire in button} <= of_the_knob
    assert len(of_the_knob) == 5


def test_a_joystick_on_the_header_is_wired_and_one_on_usb_is_not() -> None:
    wires = wired('[joysticks.a]\nport = "/dev/serial0"\n[joysticks.b]\nport = "/dev/ttyUSB0"\n').wires
    assert [(wire.place, wire.key, wire.signal) for wire in wires] == [
        (8, "joysticks.a", "GPIO14"),
        (9, "joysticks.a", "GND"),
        (10, "joysticks.a", "GPIO15"),
    ]


def test_cameras_on_the_header_are_wired_once() -> None:
    line = 'line = "/dev/serial0"\n'
    wires = wired(f"[cameras.a]\nnumber = 2\n{line}[cameras.b]\nnumber = 3\naddress = 2\n{line}").wires
    assert [(wire.place, wire.key) for wire in wires] == [(8, "cameras.a"), (9, "cameras.a"), (10, "cameras.a")]


def test_what_cannot_be_wired_is_said_and_the_rest_is_wired() -> None:
    found = wired('[buttons.x]\npin = 14\npress = "call"\n[display]\nbus = 7\n')
    assert Wire(8, "buttons.x", "button", Text("wiring.button")) in found.wires
    assert tuple(map(str, found.wrong)) == ("display.bus: bus 7 has no fixed pins on the header: expected 0 or 1",)


def test_the_picture_is_well_formed_and_names_every_wire() -> None:
    found = wired('[buttons.x]\npin = 17\npress = "call"\n[display]\n')
    drawn = ET.fromstring(picture(found))  # noqa: S314  # our own document
    texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "A & <B>"
    assert [text for text in texts if text in PLACES] == list(PLACES)
    assert {"buttons.x: button", "display: SDA", "display: SCL", "display", "buttons.x"} <= set(texts)


def test_the_command_prints_the_table_and_draws(tmp_path: Path) -> None:
    svg = tmp_path / "wiring.svg"
    outcome = CliRunner().invoke(wiring_command, ["--config", str(DEFAULT), "--svg", str(svg)])
    assert outcome.exit_code == 0
    assert [line.split()[:3] for line in outcome.output.splitlines()][:3] == [
        ["pin", "signal", "for"],
        ["1", "3V3", "display"],
        ["3", "GPIO2", "display"],
    ]
    assert svg.read_text() == picture(wiring(load(DEFAULT)))


def test_the_command_says_what_cannot_be_wired_or_written(tmp_path: Path) -> None:
    room = tmp_path / "room.toml"
    room.write_text(ROOM + "[display]\nbus = 7\n")
    outcome = CliRunner().invoke(wiring_command, ["--config", str(room)])
    assert outcome.exit_code == 2
    assert f"{room}: display.bus: bus 7 has no fixed pins" in outcome.output
    outcome = CliRunner().invoke(wiring_command, ["--config", str(DEFAULT), "--svg", str(tmp_path / "none" / "x.svg")])
    assert outcome.exit_code == 2
    assert "cannot be written: No such file" in outcome.output


def test_boards_have_a_signal_and_a_ground() -> None:
    found = wired("[relays.lights]\npin = 16\n[presence.door]\npin = 25\n")
    assert [(wire.key, wire.signal, wire.kind, str(wire.what)) for wire in found.wires] == [
        ("presence.door", "GND", "supply", "presence sensor, GND"),
        ("presence.door", "GPIO25", "button", "presence sensor, output (3.3 V)"),
        ("relays.lights", "GND", "supply", "relay board, GND"),
        ("relays.lights", "GPIO16", "lamp", "relay board, input"),
    ]


def test_a_display_on_spi_has_its_bus_and_its_lines() -> None:
    lines = 'spi = "0.1"\ndriver = "st7789"\ndc_pin = 24\nreset_pin = "BOARD22"\nbacklight_pin = 0\n'
    found = wired(f"[display]\n{lines}")
    assert found.wrong == ()
    assert {str(wire.what): wire.signal for wire in found.wires} == {
        "SCK (CLK, SCL)": "GPIO11",
        "MOSI (DIN, SDA)": "GPIO10",
        "CS": "GPIO7",
        "D/C": "GPIO24",
        "RES": "GPIO25",
        "BL": "GPIO0",
        "VCC (3.3 V)": "3V3",
        "GND": "GND",
    }


def test_an_spi_device_that_the_header_has_no_pins_for_is_said() -> None:
    found = wired('[display]\nspi = "4.0"\ndc_pin = 24\n')
    assert [str(text) for text in found.wrong] == [
        "display.spi: 4.0 has no fixed pins on the header: expected 0.0 or 0.1"
    ]
    assert [wire.signal for wire in found.wires if wire.kind == "display"] == ["GPIO24"]


def test_a_display_on_i2c_may_have_a_reset_line() -> None:
    found = wired("[display]\nreset_pin = 25\n")
    assert {str(wire.what): wire.signal for wire in found.wires if wire.kind == "display"} == {
        "SDA": "GPIO2",
        "SCL": "GPIO3",
        "RES": "GPIO25",
    }
