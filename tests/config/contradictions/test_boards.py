"""A Pi 5 with the card's kernel: what its header lacks is refused there, and nowhere else."""

from pathlib import Path

import pytest

from appliance.config.bounded import loads
from appliance.config.contradictions.boards import board_contradictions

WANTS = """
[joysticks.desk]
port = "/dev/serial0"
[cameras.wall]
line = "/dev/ttyUSB0"
[screens.wall]
line = "/dev/ttyAMA0"
[display]
spi = "0.0"
[bars.door]
leds = 8
"""
REFUSED = {
    ("joysticks", "desk", "port"): "mistake.pi5_serial",
    ("screens", "wall", "line"): "mistake.pi5_serial",
    ("display", "spi"): "mistake.pi5_spi_display",
    ("bars", "door"): "mistake.pi5_spi_bar",
}


def machine(root: Path, names: bytes | None = b"raspberrypi,5-model-b\0brcm,bcm2712\0", *, card: bool = True) -> Path:
    """The root of a machine, as far as it says what it is."""
    if names is not None:
        (root / "proc/device-tree").mkdir(parents=True)
        (root / "proc/device-tree/compatible").write_bytes(names)
    if card:
        (root / "usr/lib/card").mkdir(parents=True)
    return root


def refused(root: Path, text: str = WANTS) -> dict[tuple[str | int, ...], str]:
    return {tuple(key): why.key for key, why in board_contradictions(loads(text), root)}


def test_a_pi_5_with_a_card_has_no_serial_line_and_no_spi(tmp_path: Path) -> None:
    assert refused(machine(tmp_path)) == REFUSED


@pytest.mark.parametrize("names", [b"raspberrypi,4-model-b\0brcm,bcm2711\0", b"linux,dummy-virt\0", None])
def test_other_boards_have_what_is_configured(tmp_path: Path, names: bytes | None) -> None:
    assert refused(machine(tmp_path, names)) == {}


def test_raspberry_pi_os_drives_a_pi_5s_whole_header(tmp_path: Path) -> None:
    assert refused(machine(tmp_path, card=False)) == {}


def test_usb_i2c_and_other_spi_are_no_matter_of_the_header(tmp_path: Path) -> None:
    text = '[display]\nbus = 1\n[bars.door]\nspi = "3.0"\n[joysticks.desk]\nport = "/dev/ttyUSB0"\n'
    assert refused(machine(tmp_path), text) == {}


def test_virtual_hardware_needs_no_header(tmp_path: Path) -> None:
    assert refused(machine(tmp_path), 'hardware = "virtual"\n' + WANTS) == {}
