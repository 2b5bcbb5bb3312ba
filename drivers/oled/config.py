"""What the configuration says about the display."""

from typing import Annotated, Literal

import msgspec

WIDTH, HEIGHT = 128, 64
"""Pixels of every display we drive."""


class OledConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A display of 128 by 64 pixels at `address` of /dev/i2c-`bus`; `rotate` 2 if it hangs upside down.

    Displays of 0.96" mostly have an SSD1306, of 1.3" an SH1106, of 2.42" an SSD1309. An SH1107 is taken for the
    64 by 128 pixels of a FeatherWing, used lengthways; its square glass of 128 by 128 is not supported.
    """

    driver: Literal["ssd1306", "ssd1309", "sh1106", "sh1107"] = "ssd1306"
    bus: Annotated[int, msgspec.Meta(ge=0, le=255)] = 1
    address: Annotated[int, msgspec.Meta(ge=0x08, le=0x77)] = 0x3C
    rotate: Literal[0, 2] = 0
