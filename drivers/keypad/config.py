"""What the configuration says about a keypad, and about a reader that types."""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from drivers.errors import about
from drivers.keypad.keys import KEYMAP
from drivers.keypad.modifiers import MODIFIERS
from drivers.keypad.reader.alt_codes import AltCodes
from drivers.keypad.reader.layout import READER_KEYS
from drivers.matching import By, wanted


class KeyboardConfig(Protocol):
    """The configuration of a keypad or a reader: which input device, whether it is grabbed, what its keys mean."""

    @property
    def device(self) -> str:
        """See `KeypadConfig`."""
        ...

    @property
    def grab(self) -> bool:
        """See `KeypadConfig`."""
        ...

    @property
    def kind(self) -> str:
        """What people call it: "keypad" or "reader"."""
        ...

    def keymap(self) -> Mapping[int, str]:
        """Returns the symbol of each key, by key code."""
        ...

    def modifiers(self) -> frozenset[int]:
        """Returns the codes of the keys that change what others mean, see `Modifiers`."""
        ...


class WedgeConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reader of badges, bar codes or QR codes that types what it reads, as a keyboard of the US layout does.

    `device`: as for `KeypadConfig`, but never "auto".
    `grab`: no other program, the text console included, receives its keys.
    `alt_codes`: for which Windows the reader's Alt codes from 128 to 255 are; "ascii" refuses them.
    """

    device: str
    grab: bool = True
    alt_codes: AltCodes = "ascii"

    def __post_init__(self) -> None:
        """Refuses "auto", which could take any keyboard."""
        with about("device"):
            if wanted(self.device).by is By.ANY:
                expected = "expected a path, a USB port, vendor:product or a part of its name"
                raise ValueError(f"a reader looks like any keyboard; {expected}")

    @property
    def kind(self) -> str:
        """See `KeyboardConfig`."""
        return "reader"

    def keymap(self) -> Mapping[int, str]:
        """Returns what each key types, plain and with Shift, or what else it does to a line, by key code."""
        return READER_KEYS

    def modifiers(self) -> frozenset[int]:
        """Returns none: `Lines` decides what a combination types."""
        return frozenset()


class KeypadConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A USB keypad.

    `device`: "auto" selects the first number pad, a device with digit keys and neither letters nor the keys of a remote
    control, that no other entry has or names. A path
    such as "/dev/input/by-id/…-event-kbd" selects the device with this file, "1-1.3" the device in this USB port,
    "04d9:1203" the first free device with this vendor and product, and anything else the first free one with this in
    its name (case does not matter). A device that is named may have letters, or no digits.
    `grab`: no other program, the text console included, receives the keys.
    """

    device: str = "auto"
    grab: bool = True

    def __post_init__(self) -> None:
        """Refuses what cannot name a device."""
        with about("device"):
            wanted(self.device)

    @property
    def kind(self) -> str:
        """See `KeyboardConfig`."""
        return "keypad"

    def keymap(self) -> Mapping[int, str]:
        """Returns the symbol of each key, by key code."""
        return KEYMAP

    def modifiers(self) -> frozenset[int]:
        """Returns all modifier keys: Shift, Ctrl, Alt and Meta."""
        return MODIFIERS
