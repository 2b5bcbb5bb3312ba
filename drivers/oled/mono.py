"""Controllers of black and white glass: SSD1306 and SSD1309, SH1106, SH1107.

Their memory is in pages, bands of eight rows, with a byte for each column.
"""

from collections.abc import Sequence
from typing import Any, Final

from luma.oled.device import sh1106, sh1107, ssd1306
from PIL import Image

from drivers.oled.config import OledConfig
from drivers.oled.panel import Detached, Restartable
from drivers.oled.spans import Window, spans, windows

WINDOW_COSTS: Final = 10
"""Bytes on the bus beside those of a window: address and control byte twice, and six for its columns and pages."""

SPAN_COSTS: Final = 7
"""Bytes on the bus beside those of a piece of a page: address and control byte twice, and three for its place."""

GLASS_OF_SH1106: Final = 2
"""The controller has 132 columns, the glass mostly the middle 128 (SH1106 data sheet, page addressing)."""


class _Pages(Restartable):
    """A controller that is sent parts of its pages."""

    preprocess: Any
    data: Any

    def display(self, image: Image.Image) -> None:
        """Shows a picture of mode "1"."""
        pages = _pages(self.preprocess(image))
        for window in self._whole(pages):
            self._put(window, pages)

    def update(self, before: Image.Image, image: Image.Image) -> None:
        """Sends what differs."""
        shown, pages = _pages(self.preprocess(before)), _pages(self.preprocess(image))
        for window in self._changed(shown, pages):
            self._put(window, pages)

    def _put(self, window: Window, pages: Sequence[bytes]) -> None:
        self._go_to(window)
        self.data(window.bytes_of(pages))

    def _whole(self, pages: Sequence[bytes]) -> list[Window]:
        return [Window(0, len(page) - 1, number, number) for number, page in enumerate(pages)]

    def _changed(self, shown: Sequence[bytes], pages: Sequence[bytes]) -> list[Window]:
        return spans(shown, pages, overhead=SPAN_COSTS)

    def _go_to(self, window: Window) -> None:
        """Says where the next bytes go."""
        raise NotImplementedError


class Ssd1306(_Pages, ssd1306, Detached):  # type: ignore[misc]  # luma ships no types
    """Takes rectangles of pages. An SSD1309 takes the same commands; it has no charge pump, and ignores that one."""

    def __init__(self, serial: Any, config: OledConfig) -> None:  # noqa: ANN401  # luma has no types
        ssd1306.__init__(self, serial, config.width, config.height, rotate=config.rotate)

    def _whole(self, pages: Sequence[bytes]) -> list[Window]:
        return [Window(0, len(pages[0]) - 1, 0, len(pages) - 1)]

    def _changed(self, shown: Sequence[bytes], pages: Sequence[bytes]) -> list[Window]:
        return windows(shown, pages, overhead=WINDOW_COSTS)

    def _go_to(self, window: Window) -> None:
        const = self._const
        columns = (const.COLUMNADDR, window.first_column, window.last_column)
        self.command(*columns, const.PAGEADDR, window.first_page, window.last_page)


class Sh1106(_Pages, sh1106, Detached):  # type: ignore[misc]  # luma ships no types
    """Is sent page by page, from a column on (page addressing mode)."""

    def __init__(self, serial: Any, config: OledConfig) -> None:  # noqa: ANN401  # luma has no types
        offset = GLASS_OF_SH1106 if config.h_offset is None else config.h_offset
        self._first = offset
        sh1106.__init__(self, serial, config.width, config.height, config.rotate, page_address_offset=offset)

    def _go_to(self, window: Window) -> None:
        there = window.first_column + self._first
        self.command(0xB0 + window.first_page, there & 0x0F, 0x10 + (there >> 4))


class Sh1107(_Pages, sh1107, Detached):  # type: ignore[misc]  # luma ships no types
    """Is sent page by page. Glass of 64 by 128 pixels is used lengthways: its pages are those of the picture turned."""

    def __init__(self, serial: Any, config: OledConfig) -> None:  # noqa: ANN401  # luma has no types
        lengthways = config.width > config.height
        size = (config.height, config.width) if lengthways else (config.width, config.height)
        sh1107.__init__(self, serial, *size, rotate=(config.rotate + lengthways) % 4)

    def _go_to(self, window: Window) -> None:
        column = window.first_column
        # SH1107 data sheet, page addressing
        self.command(0x10 + (column >> 4), column & 0x0F, 0xB0 + window.first_page)


def _pages(image: Image.Image) -> list[bytes]:
    """Returns the picture as the controllers keep it: bands of 8 rows, a byte for each column, its lowest bit on top.

    Done by Pillow in microseconds: luma's loop over the pixels holds the interpreter's lock for milliseconds on a Pi.
    """
    columns = image.transpose(Image.Transpose.TRANSPOSE).tobytes("raw", "1;R")
    bands = image.height // 8
    return [columns[band::bands] for band in range(bands)]
