"""Which GPIO chips this machine has, and which of them is the one of the 40-pin header.

A chip's number says nothing: on a Raspberry Pi 5 the header's was 4, then 0, and is 15 with current kernels, after
those of the processor; adapters on USB bring chips of their own. The label stays, and so does the name that the device
tree has for the kind. Some systems have `/dev/gpiochip4` as a link to another chip for old programs: links to chips
are passed over.
"""

import fcntl
import os
import re
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from drivers.errors import DeviceMissing
from drivers.gpio.header import PLACES
from drivers.permissions import in_the_way

DEV = Path("/dev")
DEVICES = Path("/sys/bus/gpio/devices")

HEADER: Final[Mapping[str, str]] = {
    "pinctrl-rp1": "raspberrypi,rp1-gpio",
    "pinctrl-bcm2711": "brcm,bcm2711-gpio",
    "pinctrl-bcm2835": "brcm,bcm2835-gpio",
}
"""The header's chip of a Raspberry Pi 5, of a 4, and of those before: label → compatible string of the device tree."""

_INFO = struct.Struct("32s32sI")
"""`struct gpiochip_info` of linux/gpio.h: name, label, number of lines."""

_GET_INFO = (2 << 30) | (_INFO.size << 16) | (0xB4 << 8) | 0x01
"""GPIO_GET_CHIPINFO_IOCTL of linux/gpio.h."""

_FEWEST_LINES = sum(name.startswith("GPIO") for name in PLACES)
"""A chip with fewer lines than the header has GPIOs is not the header's, whatever it is called."""


class Chip(msgspec.Struct, frozen=True):
    """A GPIO chip. `trouble`: why it cannot be opened, empty where it can; then `label` and `lines` are not known."""

    path: str
    label: str = ""
    lines: int = 0
    compatible: frozenset[str] = frozenset()
    trouble: str = ""

    @property
    def number(self) -> int:
        """The number by which lgpio opens it."""
        return int(self.path.rpartition("gpiochip")[2])

    @property
    def is_header(self) -> bool:
        """Whether it is of a kind that the 40-pin header is connected to."""
        known = self.label in HEADER or not self.compatible.isdisjoint(HEADER.values())
        return known and (bool(self.trouble) or self.lines >= _FEWEST_LINES)

    def __str__(self) -> str:
        """Returns it with its label as people know it from `gpiodetect`."""
        return f"{self.path} ({self.trouble or f'{self.label}, {self.lines} lines'})"


def find_chips(dev: Path = DEV, devices: Path = DEVICES) -> list[Chip]:
    """Returns all GPIO chips in the order of their numbers; each is asked for its label, and nothing else."""
    paths = [path for path in dev.glob("gpiochip*") if re.fullmatch("gpiochip[0-9]+", path.name)]
    chips = [path for path in paths if not _is_chip(path.resolve()) or path.resolve() == dev.resolve() / path.name]
    return [_chip(path, devices) for path in sorted(chips, key=lambda path: (len(path.name), path.name))]


def _is_chip(path: Path) -> bool:
    return path.name.startswith("gpiochip")


def _chip(path: Path, devices: Path) -> Chip:
    compatible = _compatible(devices / path.name)
    if trouble := in_the_way(path):
        return Chip(str(path), compatible=compatible, trouble=trouble)
    try:
        label, lines = chip_info(path)
    except OSError as error:
        return Chip(str(path), compatible=compatible, trouble=f"cannot be asked for its label: {error.strerror}")
    return Chip(str(path), label, lines, compatible)


def chip_info(path: Path) -> tuple[str, int]:
    """Returns label and number of lines of a chip. OSError: it cannot be opened, or is no GPIO chip."""
    file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        return info_in(fcntl.ioctl(file, _GET_INFO, bytes(_INFO.size)))
    finally:
        os.close(file)


def info_in(reply: bytes) -> tuple[str, int]:
    """Returns label and number of lines out of a `struct gpiochip_info`."""
    _name, label, lines = _INFO.unpack(reply)
    return label.partition(b"\0")[0].decode("ascii", "replace"), lines


def _compatible(device: Path) -> frozenset[str]:
    """Returns what the device tree calls the kind of a chip; empty where there is no device tree."""
    for place in (device / "of_node", device / "device" / "of_node"):
        try:
            names = (place / "compatible").read_bytes()
        except OSError:
            continue
        return frozenset(name.decode("ascii", "replace") for name in names.split(b"\0") if name)
    return frozenset()


def header_chip(chips: Sequence[Chip], wanted: int | str | None = None) -> Chip:
    """Returns the chip of the 40-pin header, or the one that `chip` of `[gpio]` names; it may not be permitted.

    DeviceMissing: it is not there; the error names the chips that are.
    """
    if not chips:
        raise DeviceMissing("no GPIO chip found: nothing like /dev/gpiochip0")
    there = "; there are " + ", ".join(map(str, chips))
    if wanted is not None:
        found = next((chip for chip in chips if _is(chip, wanted)), None)
        if found is None:
            raise DeviceMissing(f"no GPIO chip {wanted!r}, which `chip` of [gpio] names{there}")
        return found
    found = min((chip for chip in chips if chip.is_header), key=_rank, default=None)
    if found is None:
        expected = ", ".join(HEADER)
        raise DeviceMissing(
            f"no GPIO chip of the 40-pin header found: expected one of {expected}{there}; "
            "`chip` of [gpio] takes one of these all the same"
        )
    return found


def _rank(chip: Chip) -> int:
    names = [chip.label == label or kind in chip.compatible for label, kind in HEADER.items()]
    return names.index(True)


def _is(chip: Chip, wanted: int | str) -> bool:
    if isinstance(wanted, int):
        return chip.number == wanted
    if wanted.startswith("/"):
        return Path(chip.path).resolve() == Path(wanted).resolve()
    return wanted == chip.label or wanted in chip.compatible
