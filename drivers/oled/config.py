"""What the configuration says about the display."""

import re
from typing import Annotated, Final, Literal

import msgspec

from drivers.errors import about
from drivers.gpio.config import Pin
from drivers.oled.panels import PANELS, Driver, Mode

SLOWEST: Final = {"st7789": 4.0}
"""Megahertz at least: below, a whole picture of 115,200 bytes takes longer than 0.25 s."""

SPI: Final = re.compile(r"([0-9])\.([0-9])")
"""Bus and device, as in the name of `/dev/spidev0.1`."""


class OledConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A display: at `address` of /dev/i2c-`bus`, or at /dev/spidev`spi` with the pins that this needs.

    `size`: width and height of what is drawn, in pixels; left out, the usual one of the controller, see `PANELS`.
    `speed`: megahertz of the SPI clock. `spi_mode` 3: for modules without a select pin (CS). `dc_pin` tells the
    controller commands from pixels, `reset_pin` resets it, `backlight_pin` switches the light of an LCD.
    `rotate`: quarter turns clockwise, 1 and 3 for square glass only. `h_offset`, `v_offset`: columns and rows by which
    the glass is off the beginning of the controller's memory; left out, as most modules have it.
    """

    driver: Driver = "ssd1306"
    size: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,3}x[0-9]{1,3}$")] | None = None
    bus: Annotated[int, msgspec.Meta(ge=0, le=255)] = 1
    address: Annotated[int, msgspec.Meta(ge=0x08, le=0x77)] = 0x3C
    spi: str | None = None
    speed: Annotated[float, msgspec.Meta(ge=0.5, le=62.5)] = 8
    spi_mode: Literal[0, 3] = 0
    dc_pin: Pin | None = None
    reset_pin: Pin | None = None
    backlight_pin: Pin | None = None
    rotate: Literal[0, 1, 2, 3] = 0
    h_offset: Annotated[int, msgspec.Meta(ge=0, le=255)] | None = None
    v_offset: Annotated[int, msgspec.Meta(ge=0, le=255)] | None = None

    def __post_init__(self) -> None:
        """Refuses what the controller does not have: its sizes, its buses, turns and offsets."""
        panel = PANELS[self.driver]
        if self.size is not None and self.size not in panel.sizes:
            with about("size", beside="driver"):
                expected = _or(panel.sizes) + _who_has(self.size)
                raise ValueError(f"`{self.driver}` has no `{self.size}`; expected {expected}")
        self._check_bus()
        if self.rotate in (1, 3) and self.width != self.height:
            with about("rotate", beside="size"):
                raise ValueError(f"pages do not stand upright on {self.width}x{self.height}; expected 0 or 2")
        for key in ("h_offset", "v_offset"):
            if getattr(self, key) is not None and key not in panel.offsets:
                with about(key, beside="driver"):
                    raise ValueError(f"the glass of `{self.driver}` is never off that way; expected no `{key}`")

    def _check_bus(self) -> None:
        if self.spi is None:
            self._check_i2c()
            return
        if not SPI.fullmatch(self.spi):
            with about("spi"):
                raise ValueError(f"`{self.spi}` is no SPI device; expected BUS.DEVICE such as `0.0`")
        if self.dc_pin is None:
            with about("spi", beside="dc_pin"):
                raise ValueError("a display on SPI needs `dc_pin`, the pin that its D/C line is at")
        if self.speed < (slowest := SLOWEST.get(self.driver, 0)):
            with about("speed", beside="driver"):
                raise ValueError(f"{self.speed:g} MHz is too slow for `{self.driver}`; expected {slowest:g} or more")
        if self.backlight_pin is not None and not PANELS[self.driver].backlit:
            with about("backlight_pin", beside="driver"):
                raise ValueError(f"`{self.driver}` has no backlight; expected no `backlight_pin`")

    def _check_i2c(self) -> None:
        if not PANELS[self.driver].i2c:
            with about("driver", beside="spi"):
                raise ValueError(f"`{self.driver}` is on SPI only; expected `spi` such as `0.0`, and `dc_pin`")
        for key in ("dc_pin", "backlight_pin"):
            if getattr(self, key) is not None:
                with about(key, beside="spi"):
                    raise ValueError(f"`{key}` is for displays on SPI; expected `spi` such as `0.0` with it")

    @property
    def width(self) -> int:
        """Pixels of a row of what is drawn."""
        return int(self._size.partition("x")[0])

    @property
    def height(self) -> int:
        """Rows of what is drawn."""
        return int(self._size.partition("x")[2])

    @property
    def mode(self) -> Mode:
        """The mode of what is drawn, as Pillow names it: "1" black and white, "L" grey, "RGB" colours."""
        return PANELS[self.driver].mode

    @property
    def _size(self) -> str:
        return self.size or PANELS[self.driver].sizes[0]

    @property
    def where(self) -> str:
        """Where it is connected, for people."""
        return f"at {self.address:#04x} on I2C bus {self.bus}" if self.spi is None else f"on SPI {self.spi}"


def _or(words: tuple[str, ...]) -> str:
    quoted = [f"`{word}`" for word in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _who_has(size: str) -> str:
    drivers = tuple(driver for driver, panel in PANELS.items() if size in panel.sizes)
    return f"; {size} is for {_or(drivers)}" if drivers else ""
