"""Chips are found by what they are; the numbers that machines of the field have for them are in `field.toml`."""

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from drivers.errors import DeviceMissing
from drivers.gpio.chips import Chip, chip_info, find_chips, header_chip, info_in

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).with_name("field.toml").read_text())
Info = tuple[str, int]
Plug = Callable[[Mapping[str, Info]], None]


@pytest.fixture
def plug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plug:
    """Puts chips into the folder, by name; what the kernel would say of each is label and lines."""
    there: dict[str, Info] = {}

    def info(path: Path) -> Info:
        return there[path.name]

    def add(chips: Mapping[str, Info]) -> None:
        there.update(chips)
        for name in chips:
            (tmp_path / name).touch()

    monkeypatch.setattr("drivers.gpio.chips.chip_info", info)
    return add


def found(folder: Path) -> list[Chip]:
    return find_chips(folder, folder / "sys")


@pytest.mark.parametrize("case", FIELD["chips"], ids=lambda case: case["name"])
def test_the_headers_chip_of_the_field(case: dict[str, Any], plug: Plug, tmp_path: Path) -> None:
    plug({f"gpiochip{number}": (label, lines) for number, label, lines in case["chips"]})
    for link, target in case.get("links", {}).items():
        (tmp_path / link).symlink_to(target)
    chips = found(tmp_path)
    assert [(chip.number, chip.label, chip.lines) for chip in chips] == [tuple(chip) for chip in case["chips"]]
    if "header" in case:
        assert header_chip(chips).number == case["header"]
    else:
        with pytest.raises(DeviceMissing, match="no GPIO chip of the 40-pin header found"):
            header_chip(chips)


def test_chips_come_in_the_order_of_their_numbers(plug: Plug, tmp_path: Path) -> None:
    for name in ("gpiomem", "gpiochip", "gpiochip-of-mine"):
        (tmp_path / name).touch()
    plug(dict.fromkeys(("gpiochip10", "gpiochip0", "gpiochip4"), ("x", 1)))
    assert [chip.number for chip in found(tmp_path)] == [0, 4, 10]
    assert found(tmp_path / "nothing") == []


def test_no_chip_at_all_is_said() -> None:
    with pytest.raises(DeviceMissing, match="no GPIO chip found"):
        header_chip([])


@pytest.mark.parametrize("place", ["of_node", "device/of_node"])
def test_a_chip_with_another_label_is_known_by_the_device_tree(place: str, plug: Plug, tmp_path: Path) -> None:
    plug({"gpiochip0": ("some-expander", 32), "gpiochip3": ("gpio-of-the-header", 54)})
    node = tmp_path / "sys" / "gpiochip3" / place
    node.mkdir(parents=True)
    (node / "compatible").write_bytes(b"vendor,newer-gpio\0raspberrypi,rp1-gpio\0")
    assert header_chip(found(tmp_path)).number == 3


def test_a_chip_that_is_too_small_for_the_header_is_not_it(plug: Plug, tmp_path: Path) -> None:
    plug({"gpiochip0": ("pinctrl-bcm2835", 2), "gpiochip7": ("pinctrl-rp1", 54)})
    assert header_chip(found(tmp_path)).number == 7


@pytest.mark.parametrize("wanted", [11, "/dev/gpiochip11", "cp210x", "vendor,odd"])
def test_the_configuration_may_name_any_chip(wanted: int | str) -> None:
    odd = Chip("/dev/gpiochip11", "cp210x", 16, frozenset({"vendor,odd"}))
    assert header_chip([Chip("/dev/gpiochip0", "pinctrl-rp1", 54), odd], wanted) is odd


def test_a_path_may_be_a_link(plug: Plug, tmp_path: Path) -> None:
    plug({"gpiochip0": ("pinctrl-rp1", 54), "gpiochip9": ("other", 54)})
    (tmp_path / "gpiochip4").symlink_to("gpiochip9")
    assert header_chip(found(tmp_path), f"{tmp_path}/gpiochip4").number == 9


@pytest.mark.parametrize("wanted", [1, "/dev/gpiochip1", "pinctrl"])
def test_a_chip_that_is_not_there_is_named_with_those_that_are(wanted: int | str) -> None:
    there = [Chip("/dev/gpiochip0", "pinctrl-rp1", 54), Chip("/dev/gpiochip10", "gpio-brcmstb", 32)]
    with pytest.raises(DeviceMissing) as error:
        header_chip(there, wanted)
    assert str(error.value) == (
        f"no GPIO chip {wanted!r}, which `chip` of [gpio] names; "
        "there are /dev/gpiochip0 (pinctrl-rp1, 54 lines), /dev/gpiochip10 (gpio-brcmstb, 32 lines)"
    )


def test_chips_that_may_not_be_opened_are_told_as_such(
    plug: Plug, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug({"gpiochip0": ("pinctrl-rp1", 54)})
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)  # tests may run as root
    (chip,) = found(tmp_path)
    assert (chip.label, chip.lines) == ("", 0)
    assert chip.trouble.startswith(f"no permission to open {tmp_path}/gpiochip0")
    with pytest.raises(DeviceMissing, match=r"there are .*gpiochip0 \(no permission to open"):
        header_chip([chip])


def test_a_chip_that_may_not_be_opened_is_still_the_headers_by_the_device_tree(
    plug: Plug, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug({"gpiochip0": ("pinctrl-bcm2711", 58)})
    node = tmp_path / "sys" / "gpiochip0" / "of_node"
    node.mkdir(parents=True)
    (node / "compatible").write_bytes(b"brcm,bcm2711-gpio\0")
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert header_chip(found(tmp_path)).trouble.startswith("no permission to open")


def test_what_is_no_chip_says_so(tmp_path: Path) -> None:
    (tmp_path / "gpiochip0").symlink_to("/dev/null")
    (chip,) = found(tmp_path)
    assert chip.trouble == "cannot be asked for its label: Inappropriate ioctl for device"
    with pytest.raises(OSError, match="Inappropriate ioctl"):
        chip_info(tmp_path / "gpiochip0")


def test_the_kernels_answer() -> None:
    reply = b"gpiochip15".ljust(32, b"\0") + b"pinctrl-rp1".ljust(32, b"\0") + (54).to_bytes(4, "little")
    assert info_in(reply) == ("pinctrl-rp1", 54)
