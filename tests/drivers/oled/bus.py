"""An I2C bus with a display on it: takes smbus writes apart as the controllers' data sheets say."""

import errno
import os
import threading

from PIL import Image


class FakeBus:
    """What luma needs of an smbus2.SMBus, with one display at 0x3C; records what it is told."""

    def __init__(self, address: int = 0x3C) -> None:
        self.address = address
        self.commands: list[bytes] = []
        self.memory: dict[tuple[int, int], int] = {}
        self.fails_with: int | None = None
        self.stuck: threading.Event | None = None
        self.threads: set[str] = set()
        self.frames = 0
        self._column_range, self._page_range = (0, 127), (0, 7)
        self._column, self._page = 0, 0
        self._paged = False

    def write_i2c_block_data(self, address: int, register: int, data: list[int]) -> None:
        self.threads.add(threading.current_thread().name)
        if self.stuck is not None:
            self.stuck.wait(10)
        if self.fails_with or address != self.address:
            code = self.fails_with or errno.EREMOTEIO
            raise OSError(code, os.strerror(code))
        if register == 0x00:
            self._command(bytes(data))
        else:
            self._data(bytes(data))

    def _command(self, command: bytes) -> None:
        self.commands.append(command)
        if command[0] == 0x21:  # SSD1306: column range, then page range
            self._column_range, self._page_range = (command[1], command[2]), (command[4], command[5])
            self._column, self._page = command[1], command[4]
            self.frames += 1
        elif command[0] & 0xF0 == 0xB0 and len(command) == 3:  # SH1106: page, low column, high column
            self._paged = True
            self._page, self._column = command[0] & 0x0F, command[1] & 0x0F | (command[2] & 0x0F) << 4
            self.frames += self._page == 0

    def _data(self, data: bytes) -> None:
        for byte in data:
            self.memory[self._column, self._page] = byte
            self._column += 1
            if not self._paged and self._column > self._column_range[1]:
                self._column = self._column_range[0]
                self._page += 1

    def picture(self) -> Image.Image:
        """What the glass shows: an SH1106's glass begins at its third column."""
        first = 2 if self._paged else 0
        image = Image.new("1", (128, 64))
        for (column, page), byte in self.memory.items():
            for bit in range(8):
                if 0 <= column - first < 128:
                    image.putpixel((column - first, page * 8 + bit), byte >> bit & 1)
        return image
