"""What each controller has: its sizes, its pixels and its buses."""

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

Driver = Literal["ssd1306", "ssd1309", "sh1106", "sh1107", "ssd1322", "ssd1327", "ssd1351", "st7789"]
Mode = Literal["1", "L", "RGB"]


class PanelKind(msgspec.Struct, frozen=True):
    """A controller. `sizes`: the usual one first. `i2c`: whether it can be on I2C; all can be on SPI.

    `offsets`: the ways in which glass is mounted off the beginning of the memory. `backlit`: an LCD with a light.
    """

    sizes: tuple[str, ...]
    mode: Mode = "1"
    i2c: bool = True
    offsets: frozenset[str] = frozenset()
    backlit: bool = False


_SIDEWAYS = frozenset({"h_offset"})
_BOTH = frozenset({"h_offset", "v_offset"})

PANELS: Final[Mapping[Driver, PanelKind]] = {
    "ssd1306": PanelKind(("128x64", "128x32")),
    "ssd1309": PanelKind(("128x64", "128x32")),
    "sh1106": PanelKind(("128x64", "128x32"), offsets=_SIDEWAYS),
    "sh1107": PanelKind(("128x64", "128x128")),
    "ssd1322": PanelKind(("256x64",), "L", i2c=False),
    "ssd1327": PanelKind(("128x128",), "L"),
    "ssd1351": PanelKind(("128x128",), "RGB", i2c=False, offsets=_BOTH),
    "st7789": PanelKind(("240x240",), "RGB", i2c=False, offsets=_BOTH, backlit=True),
}
"""By `driver` of the configuration. An SH1107 of 128x64 has glass of 64 by 128 pixels, used lengthways."""

SIZES: Final = tuple(dict.fromkeys(size for kind in PANELS.values() for size in kind.sizes))
"""Every size that pages are drawn at."""
