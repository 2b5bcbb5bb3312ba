"""Controllers of grey and of colour glass, which take rectangles of pixels: SSD1322, SSD1327, SSD1351, ST7789."""

import time
from typing import Any, Final

import luma.core.const
from luma.lcd.device import st7789
from luma.oled.device import ssd1322, ssd1327, ssd1351
from PIL import Image

from drivers.oled.areas import Area, areas
from drivers.oled.config import OledConfig
from drivers.oled.packing import nibbles, rgb565
from drivers.oled.panel import Detached, Restartable

DIMMEST: Final = 0.4
"""How bright an LCD's colours are at the lowest contrast; what is darker cannot be read before its backlight."""


class _Windowed(Restartable):
    """A controller that is sent rectangles. `_UNIT`: bytes that stand together in its memory."""

    _UNIT = 2
    preprocess: Any
    data: Any
    size: tuple[int, int]

    def display(self, image: Image.Image) -> None:
        """Shows a whole picture."""
        memory = self._packed(self.preprocess(image))
        self._put((0, 0, *memory.size), memory)

    def update(self, before: Image.Image, image: Image.Image) -> None:
        """Sends what differs."""
        shown, memory = (self._packed(self.preprocess(each)) for each in (before, image))
        for area in areas(shown, memory, self._UNIT):
            self._put(area, memory)

    def _put(self, area: Area, memory: Image.Image) -> None:
        left, top, right, bottom = area
        self._go_to(left // self._UNIT, top, right // self._UNIT, bottom)
        self.data(memory.crop(area).tobytes())

    def _packed(self, image: Image.Image) -> Image.Image:
        """Returns the memory that shows a picture."""
        raise NotImplementedError

    def _go_to(self, left: int, top: int, right: int, bottom: int) -> None:
        """Says where the next bytes go, in units and rows; the last two are not part of it."""
        raise NotImplementedError


class _Grey(_Windowed):
    def clear(self) -> None:
        """Blanks the memory. luma knows no mode "L"."""
        self.display(Image.new("L", self.size))

    def _packed(self, image: Image.Image) -> Image.Image:
        return nibbles(image, first_is_low=False)


class Ssd1322(_Grey, ssd1322, Detached):  # type: ignore[misc]  # luma ships no types
    """Its memory is 480 columns wide, of which glass of 256 shows the middle; four of them have one address."""

    def __init__(self, serial: Any, config: OledConfig) -> None:  # noqa: ANN401  # luma has no types
        ssd1322.__init__(self, serial, config.width, config.height, rotate=config.rotate)

    def _without_flicker(self, codes: tuple[int, ...]) -> tuple[int, ...]:
        return () if codes[0] == luma.core.const.common.DISPLAYALLON_RESUME else codes  # here it is "all pixels off"

    def _go_to(self, left: int, top: int, right: int, bottom: int) -> None:
        first = self._column_offset // 4
        self.command(0x15, first + left, first + right - 1)
        self.command(0x75, top, bottom - 1)
        self.command(0x5C)


class Ssd1327(_Grey, ssd1327, Detached):  # type: ignore[misc]  # luma ships no types
    """Two pixels have one address, the left one in the low half of the byte. Takes arguments as commands."""

    _UNIT = 1

    def __init__(self, serial: Any, config: OledConfig) -> None:  # noqa: ANN401  # luma has no types
        ssd1327.__init__(self, serial, config.width, config.height, rotate=config.rotate)

    def _packed(self, image: Image.Image) -> Image.Image:
        return nibbles(image, first_is_low=True)

    def _go_to(self, left: int, top: int, right: int, bottom: int) -> None:
        self.command(0x15, left, right - 1, 0x75, top, bottom - 1)


class Ssd1351(_Windowed, ssd1351, Detached):  # type: ignore[misc]  # luma ships no types
    """16 bits a pixel."""

    def __init__(self, serial: Any, config: OledConfig) -> None:  # noqa: ANN401  # luma has no types
        self._first = (config.h_offset or 0, config.v_offset or 0)
        ssd1351.__init__(self, serial, config.width, config.height, config.rotate)

    def _packed(self, image: Image.Image) -> Image.Image:
        return rgb565(image)

    def _go_to(self, left: int, top: int, right: int, bottom: int) -> None:
        across, down = self._first
        self.command(0x15, left + across, right + across - 1)
        self.command(0x75, top + down, bottom + down - 1)
        self.command(0x5C)


class St7789(_Windowed, st7789, Detached):  # type: ignore[misc]  # luma ships no types
    """An LCD: no light of its own, and no contrast, so that it is dimmed by darker colours.

    luma sends 18 bits a pixel, in 24, and shows what the memory happens to have before it is cleared; both are changed.
    """

    _COLOUR_MODE, _SIXTEEN_BITS = 0x3A, 0x05
    _DISPLAY_ON, _SLEEP_OUT = 0x29, 0x11
    _WAKING = 0.005  # seconds after "sleep out" in which no command may follow (data sheet, 9.1.12)

    def __init__(self, serial: Any, config: OledConfig) -> None:  # noqa: ANN401  # luma has no types
        self._first = (config.h_offset or 0, config.v_offset or 0)
        self._level = 255
        self._shown: Image.Image | None = None
        st7789.__init__(self, serial, config.width, config.height, config.rotate, backlight=_no_light)

    def command(self, *codes: int) -> None:
        """Sends a command and its arguments."""
        if codes == (self._DISPLAY_ON,) and not self._started:
            return
        super().command(*((self._COLOUR_MODE, self._SIXTEEN_BITS) if codes[0] == self._COLOUR_MODE else codes))
        if codes[0] == self._SLEEP_OUT:
            time.sleep(self._WAKING)

    def display(self, image: Image.Image) -> None:
        """Shows a whole picture."""
        self._started, self._shown = True, image
        super().display(image)

    def update(self, before: Image.Image, image: Image.Image) -> None:
        """Sends what differs."""
        self._shown = image
        super().update(before, image)

    def contrast(self, level: int) -> None:
        """Sends the picture again, in darker colours."""
        changed, self._level = level != self._level, level
        if changed and self._shown is not None:
            self.display(self._shown)

    def restart(self, image: Image.Image, level: int | None, *, dark: bool) -> None:
        """See `Panel`."""
        self._shown = None  # is not sent once more for the contrast's sake
        super().restart(image, level, dark=dark)

    def show(self) -> None:
        """Switches the glass on, then the backlight."""
        super().show()
        self._serial_interface.light(on=True)

    def hide(self) -> None:
        """Switches the backlight off, where its pin is connected, and the glass."""
        self._serial_interface.light(on=False)
        super().hide()

    def _packed(self, image: Image.Image) -> Image.Image:
        return rgb565(image, DIMMEST + (1 - DIMMEST) * self._level / 255)

    def _go_to(self, left: int, top: int, right: int, bottom: int) -> None:
        across, down = self._first
        self.set_window(left + across, top + down, right + across, bottom + down)


def _no_light(_is_enabled: object) -> None:
    """In the place of luma's backlight, which asks RPi.GPIO: ours is one of the wires."""
