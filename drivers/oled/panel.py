"""The display controllers, as luma.oled drives them, without what does not fit a program that runs for years.

Four things of luma's are replaced: its exit hook, which keeps every device ever opened; its packing of pixels, which
holds the interpreter's lock for milliseconds; its start, which can happen once only; and its frames, which are always
whole. A controller that loses power for a moment forgets its registers and comes back with the display off, and goes on
acknowledging: `restart` is for it. A whole frame takes an I2C bus 23 ms, what changes mostly 1 to 6: `update` sends it.
"""

from typing import Any, Final, Protocol

import luma.core.const
from luma.core.device import device
from luma.core.interface.serial import i2c
from luma.oled.device import sh1106, sh1107, ssd1306
from PIL import Image

from drivers.oled.config import HEIGHT, WIDTH, OledConfig
from drivers.oled.spans import Window, spans, windows

WINDOW_COSTS: Final = 10
"""Bytes on the bus beside those of a window: address and control byte twice, and six for its columns and pages."""

SPAN_COSTS: Final = 7
"""Bytes on the bus beside those of a piece of a page: address and control byte twice, and three for its place."""


class Panel(Protocol):
    """What we use of a luma device. Every call may block and raise OSError or luma.core.error.Error."""

    def display(self, image: Image.Image) -> None:
        """Shows a picture of mode "1" and 128 by 64 pixels."""

    def update(self, before: Image.Image, image: Image.Image) -> None:
        """Shows a picture as `display` does, on a display that shows `before`: only what differs is sent."""

    def contrast(self, level: int) -> None:
        """Sets the brightness, 0 to 255."""

    def show(self) -> None:
        """Switches the glass on."""

    def hide(self) -> None:
        """Switches the glass off; its picture is kept."""

    def restart(self, image: Image.Image, level: int | None) -> None:
        """Sends the start sequence, the contrast (None: the last) and the picture again, and switches the glass on.

        On a display that has lost nothing, no change is visible: every register is written with what it holds.
        """

    def cleanup(self) -> None:
        """Closes the bus."""


class Detached(device):  # type: ignore[misc]  # luma ships no types
    """Stands before luma's base class: its atexit hook would keep every device of every reconnect for ever."""

    def __init__(self, const: Any = None, serial_interface: Any = None) -> None:  # noqa: ANN401  # luma has no types
        self._const = const or luma.core.const.common
        self._serial_interface = serial_interface


class _Restartable(Detached):
    """Keeps the first command that luma's constructor sends, the whole start sequence, and the last contrast.

    The constructor sets a contrast too, after the sequence.
    """

    _start: tuple[int, ...] = ()
    _contrast: int

    def command(self, *codes: int) -> None:
        self._start = self._start or codes
        super().command(*codes)

    def contrast(self, level: int) -> None:
        self._contrast = level
        super().contrast(level)

    def restart(self, image: Image.Image, level: int | None) -> None:
        # The sequence begins with "display off": left out, so that a display that is on does not flicker.
        self.command(*self._start[1:])
        self.contrast(self._contrast if level is None else level)
        self.display(image)
        self.show()


class _Ssd1306(ssd1306, _Restartable):  # type: ignore[misc]  # luma ships no types
    def display(self, image: Image.Image) -> None:
        pages = _pages(self.preprocess(image))
        self._put(Window(0, self._w - 1, 0, len(pages) - 1), pages)

    def update(self, before: Image.Image, image: Image.Image) -> None:
        shown, pages = _pages(self.preprocess(before)), _pages(self.preprocess(image))
        for window in windows(shown, pages, overhead=WINDOW_COSTS):
            self._put(window, pages)

    def _put(self, window: Window, pages: list[bytes]) -> None:
        const = self._const
        columns = (const.COLUMNADDR, window.first_column, window.last_column)
        self.command(*columns, const.PAGEADDR, window.first_page, window.last_page)
        self.data(window.bytes_of(pages))


class _Paged(_Restartable):
    """A controller that is sent page by page, from a column on (page addressing mode)."""

    def display(self, image: Image.Image) -> None:
        pages = _pages(self.preprocess(image))
        for number, page in enumerate(pages):
            self._put(Window(0, len(page) - 1, number, number), pages)

    def update(self, before: Image.Image, image: Image.Image) -> None:
        shown, pages = _pages(self.preprocess(before)), _pages(self.preprocess(image))
        for span in spans(shown, pages, overhead=SPAN_COSTS):
            self._put(span, pages)

    def _put(self, span: Window, pages: list[bytes]) -> None:
        self._go_to(span.first_page, span.first_column)
        self.data(span.bytes_of(pages))

    def _go_to(self, page: int, column: int) -> None:
        """Says where the next bytes go."""
        raise NotImplementedError


class _Sh1106(sh1106, _Paged):  # type: ignore[misc]  # luma ships no types
    display = _Paged.display

    def _go_to(self, page: int, column: int) -> None:
        # the controller has 132 columns, the glass the middle 128 (SH1106 data sheet, page addressing)
        there = column + self._page_address_offset
        self.command(0xB0 + page, there & 0x0F, 0x10 + (there >> 4))


class _Sh1107(sh1107, _Paged):  # type: ignore[misc]  # luma ships no types
    """Glass of 64 by 128 pixels, used lengthways: each of its 16 pages is 64 columns of the picture turned by 90°."""

    display = _Paged.display

    def __init__(self, serial: Any, rotate: int) -> None:  # noqa: ANN401  # luma has no types
        quarter_turns = rotate + 1
        sh1107.__init__(self, serial, width=HEIGHT, height=WIDTH, rotate=quarter_turns)

    def _go_to(self, page: int, column: int) -> None:
        self.command(0x10 + (column >> 4), column & 0x0F, 0xB0 + page)  # SH1107 data sheet, page addressing


_CONTROLLERS = {
    "ssd1306": _Ssd1306,
    "ssd1309": _Ssd1306,  # the same commands; without a charge pump, it ignores the one that would start it
    "sh1106": _Sh1106,
    "sh1107": _Sh1107,
}


def _pages(image: Image.Image) -> list[bytes]:
    """Returns the picture as the controllers keep it: bands of 8 rows, a byte for each column, its lowest bit on top.

    Done by Pillow in microseconds: luma's loop over the pixels holds the interpreter's lock for milliseconds on a Pi.
    """
    columns = image.transpose(Image.Transpose.TRANSPOSE).tobytes("raw", "1;R")
    bands = image.height // 8
    return [columns[band::bands] for band in range(bands)]


def panel(config: OledConfig, serial: Any) -> Panel:  # noqa: ANN401  # luma has no types
    """Returns the configured controller on `serial`: started, on and blank. Its last picture stays on the glass."""
    controller: Any = _CONTROLLERS[config.driver]
    try:
        opened = controller(serial, rotate=config.rotate)
    except BaseException:
        serial.cleanup()
        raise
    opened.persist = True  # else cleanup() would blank it
    started: Panel = opened
    return started


def i2c_panel(config: OledConfig) -> Panel:
    """Returns the configured display on the machine's I2C bus."""
    return panel(config, i2c(port=config.bus, address=config.address))
