"""An I2C bus with a display on it: takes smbus writes apart as the controllers' data sheets say."""

import errno
import os
import random
import threading
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image


class Chip(NamedTuple):
    """What tells one controller from another: its glass (columns, pages, first column) and its commands.

    `upright`: the segment remap and scan direction with which modules show the picture upright. `needs`: the settings
    without which the glass stays dark. `turned`: the glass is mounted a quarter turn to the left.
    """

    columns: int
    pages: int
    first: int
    upright: tuple[int, int]
    pages_only: bool  # no addressing but page by page
    one_more: frozenset[int]  # commands that one byte follows
    needs: dict[int, int]
    turned: bool = False


_COMMON = frozenset({0x81, 0xA8, 0xAD, 0xD3, 0xD5, 0xD9, 0xDA, 0xDB})
_SSD1306 = Chip(128, 8, 0, (0xA1, 0xC8), False, _COMMON | {0x20, 0x8D}, {0xA8: 0x3F, 0xD3: 0x00, 0xDA: 0x12})
_NARROW = _SSD1306._replace(pages=4, needs={0xA8: 0x1F, 0xD3: 0x00, 0xDA: 0x02})
_PUMP = {0x8D: 0x14}
_SH1106 = Chip(128, 8, 2, (0xA1, 0xC8), True, _COMMON, {0xA8: 0x3F, 0xD3: 0x00})
_SH1107 = Chip(64, 16, 0, (0xA0, 0xC0), True, _COMMON | {0xDC}, {0xA8: 0x7F, 0xD3: 0x60}, turned=True)
CHIPS = {
    ("ssd1306", "128x64"): _SSD1306._replace(needs=_SSD1306.needs | _PUMP),
    ("ssd1306", "128x32"): _NARROW._replace(needs=_NARROW.needs | _PUMP),
    ("ssd1309", "128x64"): _SSD1306,
    ("ssd1309", "128x32"): _NARROW,
    ("sh1106", "128x64"): _SH1106,
    ("sh1106", "128x32"): _SH1106._replace(pages=4, needs={0xA8: 0x20, 0xD3: 0x0F}),  # as luma has it
    ("sh1107", "128x64"): _SH1107,
    ("sh1107", "128x128"): _SH1107._replace(columns=128, needs={0xA8: 0x7F, 0xD3: 0x00}, turned=False),
}


_BITS = [bytes(255 * (byte >> bit & 1) for byte in range(256)) for bit in range(8)]
"""What each bit of a byte shows: 0 or 255."""


class FakeBus:
    """What luma needs of an smbus2.SMBus, with one display at 0x3C; records what it is told."""

    def __init__(self, driver: str = "ssd1306", size: str = "128x64", address: int = 0x3C) -> None:
        self.address = address
        self.chip = CHIPS[driver, size]
        self.commands: list[bytes] = []
        self.fails_with: int | None = None
        self.breaks_after: int | None = None  # transfers from now on
        self.stuck: threading.Event | None = None
        self.threads: set[str] = set()
        self.frames = 0
        self.carried = 0  # bytes on the bus, address and control bytes included
        self.written: Callable[[], None] = lambda: None  # after every transfer
        self.lose_power()

    def lose_power(self) -> None:
        """A dip: the registers as after a reset, noise in the memory, the display off; it goes on acknowledging."""
        noise = random.Random(1306)
        cells = [(column, page) for column in range(132) for page in range(16)]
        self.memory = {cell: noise.randrange(256) for cell in cells}
        self.lit = False
        self.contrast = 0x7F
        self.settings: dict[int, int] = {}
        self._remap, self._scan = 0xA0, 0xC0
        self._pages_only = True
        self._columns, self._pages = (0, 127), (0, 7)
        self._column, self._page = 0, 0
        self.frames_since_power = 0

    def write_i2c_block_data(self, address: int, register: int, data: list[int]) -> None:
        self.threads.add(threading.current_thread().name)
        if self.stuck is not None:
            self.stuck.wait(10)
        if self.breaks_after is not None:
            self.breaks_after -= 1
            if self.breaks_after < 0:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        if self.fails_with or address != self.address:
            code = self.fails_with or errno.EREMOTEIO
            raise OSError(code, os.strerror(code))
        self.carried += 2 + len(data)
        if register == 0x00:
            self.commands.append(bytes(data))
            self._obey(list(data))
        else:
            self._draw(data)
        self.written()

    def _obey(self, codes: list[int]) -> None:
        while codes:
            code = codes.pop(0)
            if not self.chip.pages_only and code in (0x21, 0x22):
                self._window(code, codes.pop(0), codes.pop(0))
            elif code in self.chip.one_more:
                self._set(code, codes.pop(0))
            else:
                self._single(code)

    def _window(self, code: int, first: int, last: int) -> None:
        if code == 0x21:
            self._columns, self._column = (first, last), first
            self._new_frame()
        else:
            self._pages, self._page = (first, last), first

    def _set(self, code: int, value: int) -> None:
        self.settings[code] = value
        self.contrast = self.settings.get(0x81, 0x7F)
        if code == 0x20:
            self._pages_only = value != 0x00

    def _single(self, code: int) -> None:
        if code in (0xAE, 0xAF):
            self.lit = code == 0xAF
        elif code in (0xA0, 0xA1):
            self._remap = code
        elif code in (0xC0, 0xC8):
            self._scan = code
        elif code < 0x10:
            self._column = self._column & 0xF0 | code
        elif code < 0x20:
            self._column = self._column & 0x0F | (code & 0x0F) << 4
        elif 0xB0 <= code <= 0xBF:
            self._page = code & 0x0F
            if self._page == 0:
                self._new_frame()

    def _new_frame(self) -> None:
        self.frames += 1
        self.frames_since_power += 1

    def _draw(self, data: list[int]) -> None:
        for byte in data:
            self.memory[self._column, self._page] = byte
            self._column += 1
            if not self._pages_only and self._column > self._columns[1]:
                self._column = self._columns[0]
                self._page = self._pages[0] if self._page == self._pages[1] else self._page + 1

    @property
    def dark(self) -> bool:
        """Whether the glass gives no light: off, or without what the controller must be told first."""
        return not self.lit or any(self.settings.get(code) != value for code, value in self.chip.needs.items())

    def picture(self) -> Image.Image:
        """What people see on the glass: mode "1", as large as it is."""
        lit = b"" if self.dark else b"".join(row for page in range(self.chip.pages) for row in self._rows(page))
        size = (self.chip.columns, self.chip.pages * 8)
        image = Image.frombytes("L", size, lit.ljust(size[0] * size[1], b"\0")).convert("1")
        if (self._remap, self._scan) != self.chip.upright:
            image = image.rotate(180)
        return image.rotate(90, expand=True) if self.chip.turned else image

    def _rows(self, page: int) -> list[bytes]:
        """The eight rows of a page, a byte for each pixel: 0 or 255."""
        columns = range(self.chip.first, self.chip.first + self.chip.columns)
        content = bytes(self.memory[column, page] for column in columns)
        return [content.translate(table) for table in _BITS]
