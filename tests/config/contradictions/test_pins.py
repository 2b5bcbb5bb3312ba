"""Pins that cannot be used: every command that reads a `room.toml` refuses them, with line, key and advice."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from appliance.config.examine import examine
from appliance.config.reading import read_parts
from tests.cli.processes import offhook

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).parents[2].joinpath("drivers/gpio/field.toml").read_text())
ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "127.0.0.1"\n'
VIRTUAL = f'hardware = "virtual"\n{ROOM}[panel]\nlisten = "127.0.0.1:0"\n'


def refused(text: str) -> dict[str, str]:
    """The key and the pin of every mistake in a file."""
    _, mistakes = examine(text)
    return {mistake.key: _pin(text.splitlines()[mistake.line - 1]) for mistake in mistakes}


def _pin(line: str) -> str:
    return line.partition("=")[2].strip().strip('"')


@pytest.mark.parametrize("case", FIELD["pins"], ids=lambda case: case["name"])
@pytest.mark.parametrize("room", [ROOM, VIRTUAL], ids=["pi", "virtual"])
def test_pins_that_cannot_be_used_are_refused_at_their_line_on_every_hardware(room: str, case: dict[str, Any]) -> None:
    assert refused(room + case["text"]) == case["refused"]


def test_a_pin_that_is_not_on_the_header_is_said_once_with_what_to_write_instead() -> None:
    _, (mistake,) = examine(f"{ROOM}[lamps.muted]\npin = 99\n")
    assert str(mistake.message) == "99 is not a GPIO of the 40-pin header; expected 0 to 27, GPIO17, BOARD11 or J8:11"


@pytest.mark.parametrize("pin", ["-1", '""', "true", "1.5", "[17]"])
def test_what_is_no_pin_at_all_is_refused_once(pin: str) -> None:
    _, mistakes = examine(f"{ROOM}[lamps.muted]\npin = {pin}\n")
    assert [mistake.key for mistake in mistakes] == ["lamps.muted.pin"]


@pytest.mark.parametrize("room", [ROOM, VIRTUAL], ids=["pi", "virtual"])
@pytest.mark.parametrize(
    "command", [["check"], ["wiring", "--config"], ["run", "--config"]], ids=lambda words: words[0]
)
def test_commands_agree_about_a_pin(command: list[str], room: str, tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text(f"{room}[lamps.muted]\npin = 99\n")
    code, out, err = offhook(*command, str(path))
    line = len(room.splitlines()) + 2
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}:{line}: lamps.muted.pin: 99 is not a GPIO of the 40-pin header; expected 0 to 27")
    assert len(err.splitlines()) == 1


def test_on_a_card_a_pin_that_cannot_be_used_costs_its_own_part(tmp_path: Path) -> None:
    text = f'{ROOM}[lamps.muted]\npin = 99\n[lamps.link]\npin = 5\n[lamps.idle]\npin = "J8:29"\n'
    reading = read_parts(text.encode(), tmp_path)
    assert [mistake.key for mistake in reading.mistakes] == ["lamps.muted.pin", "lamps.idle.pin"]
    assert reading.config is not None
    assert list(reading.config.lamps) == ["link"]


@pytest.mark.parametrize(
    ("spi", "refused_on_a_pi"),
    [
        ("0.0", {"buttons.select.pin", "buttons.clock.pin", "buttons.data.pin"}),
        ("0.1", {"buttons.clock.pin", "buttons.data.pin"}),
        ("5.0", set()),
    ],
)
def test_pins_of_the_spi_bus_that_the_display_is_on_are_the_displays(spi: str, refused_on_a_pi: set[str]) -> None:
    pins = {"select": 8, "clock": 11, "data": 10, "sda": 2}
    buttons = "".join(f'[buttons.{name}]\npin = {pin}\npress = "mute"\n' for name, pin in pins.items())
    text = f'[display]\nspi = "{spi}"\ndc_pin = 24\n{buttons}'
    assert refused(ROOM + text).keys() == refused_on_a_pi
    assert refused(VIRTUAL + text) == {}
