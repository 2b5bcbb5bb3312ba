"""The event nodes of /dev/input, as the kernel describes them in /sys. None is opened.

One device may have several. Each HID application becomes a node of its own: the keyboard, its consumer keys
(volume, KEY_CALC) and its system keys (KEY_SLEEP). They share one USB device, on different interfaces.
"""

import struct
from pathlib import Path
from typing import Final

import msgspec

WORD_BITS: Final = 8 * struct.calcsize("l")
PLUGGABLE: Final = frozenset({3, 5})
"""Bus types of USB and Bluetooth (linux/input.h)."""
_HID: Final = "03"  # bInterfaceClass, USB-IF's list of class codes
_X_AND_Y: Final = frozenset({0, 1})
_POINTER: Final = frozenset(range(0x110, 0x120)) | frozenset(range(0x140, 0x150))
"""The sixteen buttons of a mouse, BTN_LEFT first; BTN_TOOL_PEN to BTN_TOOL_QUADTAP of what touches and is touched."""


class Node(msgspec.Struct, frozen=True):
    """An event node. `keys`: the codes that it has, without the buttons of a pointer.

    `bus`: see `PLUGGABLE`. `telephony`: it belongs to a speakerphone, whose driver holds it.
    """

    path: str
    name: str = ""
    keys: frozenset[int] = frozenset()
    bus: int = 0
    telephony: bool = False


def read_node(path: Path, about: Path) -> tuple[Node, tuple[int, int]]:
    """Returns a node, and its vendor and product, from its folder in /sys.

    Raises OSError or ValueError: when the device is gone.
    """
    bus, vendor, product = (int((about / "id" / word).read_text(), 16) for word in ("bustype", "vendor", "product"))
    name = (about / "name").read_text("utf-8", "replace").strip()
    return Node(str(path), name, _keys(about / "capabilities"), bus), (vendor, product)


def _keys(capabilities: Path) -> frozenset[int]:
    keys = bits_of((capabilities / "key").read_text())
    moves = any(_axes(capabilities / axes) >= _X_AND_Y for axes in ("rel", "abs"))
    return frozenset(keys - _POINTER if moves else keys)


def _axes(file: Path) -> set[int]:
    return bits_of(file.read_text()) if file.exists() else set()


def bits_of(bitmap: str) -> set[int]:
    """Returns the numbers of the bits that are set in a bitmap of /sys."""
    # words as long as the kernel's, the highest first; leading zeros of the others are left out
    bits = sum(int(word, 16) << WORD_BITS * place for place, word in enumerate(reversed(bitmap.split())))
    return {bit for bit in range(bits.bit_length()) if bits >> bit & 1}


def has_all_nodes(device: Path) -> bool:
    """Returns whether the kernel has made all nodes of the device at a path in /sys.

    It probes the interfaces of a USB device one after the other. Of a HID interface it makes the event nodes first and
    the hidraw node last.
    """
    try:
        expected = int((device / "bNumInterfaces").read_text())
        interfaces = list(device.glob("*:*/bInterfaceClass"))
        hid = [file.parent for file in interfaces if file.read_text().strip() == _HID]
    except (OSError, ValueError):
        return True  # not a USB device, or gone
    return len(interfaces) >= expected and all(any(each.glob("*/hidraw/hidraw*")) for each in hid)
