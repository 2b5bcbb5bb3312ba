"""An SPI bus with a display on it, and the controllers that take rectangles of pixels, as their data sheets say.

Commands and their arguments are told apart by the data/command line, a pin of gpiozero's mock factory.
"""

import errno
import os
from collections.abc import Callable
from typing import NamedTuple, Protocol

from gpiozero.pins.mock import MockFactory
from PIL import Image

from drivers.oled.config import OledConfig
from drivers.oled.connect import panel
from drivers.oled.panel import Panel
from drivers.oled.wires import Wires
from drivers.spi import LARGEST
from tests.drivers.oled.bus import FakeBus

Glass = tuple[bytes, ...]
"""What can be seen: the pixels of each colour, row by row."""


class Controller(Protocol):
    """What is at the end of the bus."""

    def command(self, data: bytes) -> None: ...
    def pixels(self, data: bytes) -> None: ...
    def reset(self) -> None: ...


class SpiBus:
    """What `Wires` needs of a bus; `pins` has the lines beside it. `log`: (whether it is data, the bytes)."""

    def __init__(self, controller: Controller) -> None:
        self.controller = controller
        self.pins = MockFactory()
        self.log: list[tuple[bool, bytes]] = []
        self.opened: tuple[str, int, int] | None = None
        self.closed = 0
        self.breaks_after: int | None = None  # transfers from now on
        self.written: Callable[[], None] = lambda: None

    def open(self, device: str, hertz: int, mode: int) -> "SpiBus":
        self.opened = (device, hertz, mode)
        return self

    def write(self, data: bytes) -> None:
        if self.breaks_after is not None:
            self.breaks_after -= 1
            if self.breaks_after < 0:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        is_data = bool(self.pins.pin("GPIO24").state)
        self.log.append((is_data, data))
        for start in range(0, len(data), LARGEST):
            piece = data[start : start + LARGEST]
            (self.controller.pixels if is_data else self.controller.command)(piece)
        self.written()

    def close(self) -> None:
        self.closed += 1

    def connect(self, config: OledConfig) -> Panel:
        """Opens the display that is on it, whose data/command line is at GPIO24."""
        return panel(config, Wires(config, self.pins, self.open))

    def carried(self) -> int:
        """Bytes on the bus so far."""
        return sum(len(data) for _, data in self.log)


class Pages:
    """A controller of black and white glass: the same as on I2C, where a byte says what the line says here."""

    def __init__(self, driver: str, size: str) -> None:
        self.chip = FakeBus(driver, size)

    def command(self, data: bytes) -> None:
        self.chip.write_i2c_block_data(0x3C, 0x00, list(data))

    def pixels(self, data: bytes) -> None:
        self.chip.write_i2c_block_data(0x3C, 0x40, list(data))

    def reset(self) -> None:
        self.chip.lose_power()


class Chip(NamedTuple):
    """A controller of grey or colour: its memory in addresses and rows, and which of that the glass shows.

    `unit`: bytes of one address. `columns`, `rows`, `write`: its commands, `write` None where data is always pixels.
    `on`, `off`: those of the display. `needs`: the settings without which the glass is dark or garbled.
    `wide`: addresses are two bytes each. `loose`: arguments are sent as commands, and so many belong to each.
    """

    addresses: int
    lines: int
    unit: int
    first: tuple[int, int]
    size: tuple[int, int]
    columns: int
    rows: int
    write: int | None
    on: int
    off: int
    needs: dict[int, bytes]
    wide: bool = False
    loose: dict[int, int] | None = None


_SSD1327 = {0xA0: 1, 0xA1: 1, 0xA2: 1, 0xA8: 1, 0x81: 1, 0xB8: 8, 0xB3: 1, 0xAB: 1, 0xB1: 1, 0xBC: 1, 0xBE: 1}
CHIPS = {
    "ssd1322": Chip(
        *(120, 128, 2, (28, 0), (256, 64), 0x15, 0x75, 0x5C, 0xAF, 0xAE),
        {0xCA: b"\x3f", 0xA0: b"\x14\x11", 0xA6: b"", 0xFD: b"\x12", 0xA9: b""},
    ),
    "ssd1327": Chip(
        *(64, 128, 1, (0, 0), (128, 128), 0x15, 0x75, None, 0xAF, 0xAE),
        {0xA8: b"\x7f", 0xA0: b"\x53", 0xA4: b"", 0xAB: b"\x01"},
        loose=_SSD1327 | {0xD5: 1, 0xB6: 1, 0x15: 2, 0x75: 2},
    ),
    "ssd1351": Chip(
        *(128, 128, 2, (0, 0), (128, 128), 0x15, 0x75, 0x5C, 0xAF, 0xAE),
        {0xCA: b"\x7f", 0xA0: b"\x70", 0xA6: b"", 0xFD: b"\xb1"},
    ),
    "st7789": Chip(
        *(240, 320, 2, (0, 0), (240, 240), 0x2A, 0x2B, 0x2C, 0x29, 0x28),
        {0x3A: b"\x05", 0x36: b"\x70", 0x21: b"", 0x11: b""},
        wide=True,
    ),
}


class Rectangles:
    """A controller that is given a rectangle of its memory, and then bytes for it, row by row."""

    def __init__(self, driver: str, first: tuple[int, int] | None = None) -> None:
        self.driver = driver
        chip = CHIPS[driver]
        self.chip = chip if first is None else chip._replace(first=first)
        self.memory = bytearray(b"\xa5" * (chip.addresses * chip.unit * chip.lines))  # noise, which a reset leaves
        self.reset()

    def reset(self) -> None:
        self.settings: dict[int, bytes] = {}
        self.lit = False
        self._window = ((0, self.chip.addresses - 1), (0, self.chip.lines - 1))
        self._code: int | None = None
        self._arguments = b""
        self._at = 0

    def command(self, data: bytes) -> None:
        left = list(data)
        while left:
            self._begin(left.pop(0))
            if self.chip.loose is not None:
                count = self.chip.loose.get(self._code or 0, 0)
                self._take(bytes(left[:count]))
                del left[:count]
            elif left:
                raise AssertionError("arguments are sent as data")

    def _begin(self, code: int) -> None:
        self._code, self._arguments = code, b""
        self.settings[code] = b""
        if code in (self.chip.on, self.chip.off):
            self.lit = code == self.chip.on
        if code == self.chip.write:
            self._at = 0

    def pixels(self, data: bytes) -> None:
        if self._code == self.chip.write or self.chip.write is None:
            self._draw(data)
        else:
            self._take(data)

    def _take(self, data: bytes) -> None:
        self._arguments += data
        assert self._code is not None
        self.settings[self._code] = self._arguments
        if self._code in (self.chip.columns, self.chip.rows) and len(self._arguments) == (4 if self.chip.wide else 2):
            self._limit(self._code, self._arguments)

    def _limit(self, code: int, data: bytes) -> None:
        half = len(data) // 2
        limits = int.from_bytes(data[:half]), int.from_bytes(data[half:])
        assert limits[0] <= limits[1] < (self.chip.addresses if code == self.chip.columns else self.chip.lines)
        self._window = (limits, self._window[1]) if code == self.chip.columns else (self._window[0], limits)
        self._at = 0

    def _draw(self, data: bytes) -> None:
        (left, right), (top, bottom) = self._window
        row = (right - left + 1) * self.chip.unit
        assert self._at + len(data) <= row * (bottom - top + 1), "more bytes than fit the rectangle"
        taken = 0
        while taken < len(data):
            y, x = divmod(self._at, row)
            piece = data[taken : taken + row - x]
            start = ((top + y) * self.chip.addresses + left) * self.chip.unit + x
            self.memory[start : start + len(piece)] = piece
            self._at += len(piece)
            taken += len(piece)

    @property
    def dark(self) -> bool:
        """Whether the glass shows nothing that makes sense."""
        return not self.lit or any(self.settings.get(code) != value for code, value in self.chip.needs.items())

    def picture(self) -> Glass:
        """What people see: of grey a byte each, 0 to 15, of colour red (5 bits), green (6) and blue (5)."""
        chip = self.chip
        pixels = {"ssd1322": 4, "ssd1327": 2}.get(self.driver, 1)
        length = chip.size[0] // pixels * chip.unit
        rows = range(chip.first[1], chip.first[1] + chip.size[1])
        starts = [(row * chip.addresses + chip.first[0]) * chip.unit for row in rows]
        shown = b"".join(bytes(self.memory[start : start + length]) for start in starts)
        if self.dark:
            shown = bytes(len(shown))
        return self._greys(shown) if pixels > 1 else _colours(shown[::2], shown[1::2])

    def _greys(self, shown: bytes) -> Glass:
        halves = [(byte >> 4, byte & 0x0F) for byte in shown]
        left = self.driver == "ssd1327"
        return (bytes(half for pair in halves for half in (pair[::-1] if left else pair)),)


def _colours(upper: bytes, lower: bytes) -> Glass:
    green = bytes((one & 7) << 3 | other >> 5 for one, other in zip(upper, lower, strict=True))
    return bytes(byte >> 3 for byte in upper), green, bytes(byte & 0x1F for byte in lower)


def as_seen(image: Image.Image) -> Glass:
    """What the glass can show of a picture, worked out the plain way."""
    data = image.tobytes()
    if image.mode == "L":
        return (bytes(value >> 4 for value in data),)
    return (
        bytes(value >> 3 for value in data[::3]),
        bytes(value >> 2 for value in data[1::3]),
        bytes(value >> 3 for value in data[2::3]),
    )
