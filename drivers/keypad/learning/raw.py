"""Keys as a device sends them: scan code, key code, and the HID usage that the scan code is. No I/O.

The kernel's HID driver sends the usage of each key as a scan code (MSC_SCAN) before the key itself: 0x7003a is usage
3a of page 07, F1 of a keyboard. Devices that are not HID have scan codes of their own.
"""

from collections.abc import Collection, Iterable
from typing import Final

import msgspec

from drivers.keypad.codes import name_of
from drivers.keypad.key_events import DOWN, EV_KEY
from drivers.keypad.learning.recording import Event
from drivers.keypad.modifiers import MODIFIERS

EV_MSC: Final = 4
MSC_SCAN: Final = 4


class RawKey(msgspec.Struct, frozen=True):
    """A key that went down. `scan`: its scan code, None where the device sends none."""

    node: int
    code: int
    scan: int | None = None

    @property
    def name(self) -> str:
        """The kernel's name, as `[keypads.NAME.keys]` takes it."""
        return name_of(self.code)

    @property
    def usage(self) -> str:
        """Page and usage of HID such as "07:003a"; the scan code where it is none; empty where there is none."""
        if self.scan is None:
            return ""
        return f"{self.scan >> 16:02x}:{self.scan & 0xFFFF:04x}" if self.scan >> 16 else f"{self.scan:#x}"


def pressed(node: int, events: Iterable[Event]) -> list[RawKey]:
    """Returns the keys that went down, each with the scan code that was sent before it."""
    keys, scan = [], None
    for kind, code, value in events:
        if kind == EV_MSC and code == MSC_SCAN:
            scan = value & 0xFFFFFFFF
        elif kind == EV_KEY:
            if value == DOWN:
                keys.append(RawKey(node, code, scan))
            scan = None
    return keys


def named_as(codes: Collection[int]) -> str:
    """Returns what one press is called that sent these keys, empty where it cannot be bound.

    One key by its name; one with modifiers as a chord, "KEY_C+KEY_LEFTCTRL".
    """
    different = set(codes)
    if len(different - MODIFIERS) > 1:
        return ""
    return "+".join(sorted(map(name_of, different)))
