"""By what a device can be told from others of its kind: its file, name, vendor and product, and the USB port it is in.

A port is what the kernel calls it in its log and in /sys/bus/usb/devices: the number of the bus, then the port of each
hub on the way, "1-1.3". It stays the same for whatever is plugged in there.
"""

import re
from pathlib import Path
from typing import Final

import msgspec

PORT: Final = re.compile(r"[0-9]+-[0-9]+(?:\.[0-9]+)*")
HID: Final = re.compile(r"[0-9A-F]{4}:[0-9A-F]{4}:[0-9A-F]{4}\.[0-9A-F]{4,}")
PRODUCT: Final = re.compile(r"[0-9a-f]{4}:[0-9a-f]{4}")
_NUMBER: Final = re.compile(r"([0-9]+)")


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who a device is. `path`: of its device file; `product` "0b0e:0412" and `port` "1-1.3" are empty without one.

    `others` are the paths of its other device files.
    """

    path: str
    name: str = ""
    product: str = ""
    port: str = ""
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that the device is called: its device files may differ in this."""
        return (self.name,)

    def is_same(self, other: "Identity") -> bool:
        """Returns whether both are one device: in one USB port, or with a device file in common."""
        same_port = bool(self.port) and self.port == other.port
        return same_port or not {self.path, *self.others}.isdisjoint((other.path, *other.others))


def port_of(device: Path) -> str:
    """Returns the USB port of a device of /sys; empty where it has none, or belongs to a radio that has one."""
    usb = _usb_device(device.resolve())
    return usb.name if usb else ""


def whole_device(device: Path) -> Path:
    """Returns the folder of /sys that the device shares with all its other parts.

    That is the folder of the USB device; without one that of the HID device, and else its own.
    """
    resolved = device.resolve()
    hid = (folder for folder in resolved.parents if HID.fullmatch(folder.name))
    return _usb_device(resolved) or next(hid, resolved)


def _usb_device(resolved: Path) -> Path | None:
    if "bluetooth" in resolved.parts:
        return None
    return next((folder for folder in (resolved, *resolved.parents) if PORT.fullmatch(folder.name)), None)


def product_of(vendor: int, product: int) -> str:
    """Vendor and product as everybody writes them; empty where the device has neither."""
    return f"{vendor:04x}:{product:04x}" if vendor or product else ""


def in_order(device: Identity) -> tuple[object, ...]:
    """A sort key that stays the same over restarts: by USB port, those without one last; then by device file."""
    return not device.port, _natural(device.port), _natural(device.path)


def _natural(text: str) -> list[tuple[int, str]]:
    """Numbers compare as numbers: port 2 is before port 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBER.split(text)]
