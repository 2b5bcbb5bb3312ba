"""Lists the serial lines of this machine, by stable names where udev provides them."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from serial.tools.list_ports import comports

DEV = Path("/dev")
STABLE = ("serial/by-id/*", "serial[0-9]*")  # udev's links for USB adapters; Raspberry Pi OS's for its own UARTs


class Found(msgspec.Struct, frozen=True):
    """A serial line: `path` is its name for the configuration, `device` the kernel's current name."""

    path: str
    device: str
    name: str


def find_lines(dev: Path = DEV, ports: Iterable[tuple[str, str]] | None = None) -> list[Found]:
    """Returns every serial line that exists, without opening any.

    `ports`: (device, description) of each, by default as the system has them.
    """
    if ports is None:
        ports = [(port.device, port.description) for port in comports()]
    names = dict(ports)
    stable = {str(link.resolve()): str(link) for pattern in STABLE for link in sorted(dev.glob(pattern), reverse=True)}
    devices = sorted({*names, *stable})
    return [Found(stable.get(device, device), device, _plain(names.get(device, ""))) for device in devices]


def _plain(description: str) -> str:
    return "" if description == "n/a" else description  # what pyserial says where the kernel says nothing
