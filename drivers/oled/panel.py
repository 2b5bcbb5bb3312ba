"""The display controllers, as luma.oled drives them, without what does not fit a program that runs for years."""

from typing import Any, Protocol

import luma.core.const
from luma.core.device import device
from luma.core.interface.serial import i2c
from luma.oled.device import sh1106, ssd1306
from PIL import Image

from drivers.oled.config import OledConfig


class Panel(Protocol):
    """What we use of a luma device. Every call may block and raise OSError or luma.core.error.Error."""

    def display(self, image: Image.Image) -> None:
        """Show a picture of mode "1" and 128 by 64 pixels."""

    def contrast(self, level: int) -> None:
        """Set the brightness, 0 to 255."""

    def show(self) -> None:
        """Switch the glass on."""

    def hide(self) -> None:
        """Switch the glass off; its picture is kept."""

    def cleanup(self) -> None:
        """Let go of the bus."""


class Detached(device):  # type: ignore[misc]  # luma ships no types
    """Stands before luma's base class: its atexit hook would keep every device of every reconnect for ever."""

    def __init__(self, const: Any = None, serial_interface: Any = None) -> None:  # noqa: ANN401  # luma has no types
        self._const = const or luma.core.const.common
        self._serial_interface = serial_interface


class _Ssd1306(ssd1306, Detached):  # type: ignore[misc]  # luma ships no types
    def display(self, image: Image.Image) -> None:
        const = self._const
        pages = _pages(self.preprocess(image))
        self.command(const.COLUMNADDR, 0, self._w - 1, const.PAGEADDR, 0, len(pages) - 1)
        self.data(b"".join(pages))


class _Sh1106(sh1106, Detached):  # type: ignore[misc]  # luma ships no types
    def display(self, image: Image.Image) -> None:
        for number, page in enumerate(_pages(self.preprocess(image))):
            # the controller has 132 columns, the glass the middle 128 (SH1106 data sheet, page addressing)
            self.command(0xB0 + number, self._page_address_offset, 0x10)
            self.data(page)


def _pages(image: Image.Image) -> list[bytes]:
    """The picture as the controllers keep it: 8 bands, a byte for each column, its lowest bit on top.

    Done by Pillow in microseconds: luma's loop over the pixels holds the interpreter's lock for milliseconds on a Pi.
    """
    columns = image.transpose(Image.Transpose.TRANSPOSE).tobytes("raw", "1;R")
    bands = image.height // 8
    return [columns[band::bands] for band in range(bands)]


def panel(config: OledConfig, serial: Any) -> Panel:  # noqa: ANN401  # luma has no types
    """The configured controller on `serial`: started, awake and blank. What it shows last stays on the glass."""
    controller: Any = {"ssd1306": _Ssd1306, "sh1106": _Sh1106}[config.driver]
    try:
        opened = controller(serial, rotate=config.rotate)
    except BaseException:
        serial.cleanup()
        raise
    opened.persist = True  # else cleanup() would blank it
    started: Panel = opened
    return started


def i2c_panel(config: OledConfig) -> Panel:
    """The configured display on the machine's I2C bus."""
    return panel(config, i2c(port=config.bus, address=config.address))
