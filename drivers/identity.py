"""By what a device can be told from others of its kind: its file, name, vendor and product, and the USB port it is in.

A port is what the kernel calls it in its log and in /sys/bus/usb/devices: the number of the bus, then the port of each
hub on the way, "1-1.3". It stays the same for whatever is plugged in there.
"""

import re
from pathlib import Path
from typing import Final

import msgspec

PORT: Final = re.compile(r"[0-9]+-[0-9]+(?:\.[0-9]+)*")
PRODUCT: Final = re.compile(r"[0-9a-f]{4}:[0-9a-f]{4}")
_NUMBER: Final = re.compile(r"([0-9]+)")


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who a device is. `path`: of its device file; `product` "0b0e:0412" and `port` "1-1.3" are empty without one."""

    path: str
    name: str = ""
    product: str = ""
    port: str = ""


def port_of(device: Path) -> str:
    """The USB port that a device of /sys hangs on; empty where it hangs on none, or on a radio that does."""
    parts = device.resolve().parts
    if "bluetooth" in parts:
        return ""
    return next((part for part in reversed(parts) if PORT.fullmatch(part)), "")


def product_of(vendor: int, product: int) -> str:
    """Vendor and product as everybody writes them; empty where the device has neither."""
    return f"{vendor:04x}:{product:04x}" if vendor or product else ""


def in_order(device: Identity) -> tuple[object, ...]:
    """A sort key that stays the same over restarts: by USB port, those without one last; then by device file."""
    return not device.port, _natural(device.port), _natural(device.path)


def _natural(text: str) -> list[tuple[int, str]]:
    """Numbers compare as numbers: port 2 is before port 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBER.split(text)]
