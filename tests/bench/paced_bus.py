"""An I2C bus of 400 kHz with a display on it, which takes as long for each transfer as its bits last.

A byte is nine bits. The display's memory is emulated as its data sheet says, which tells how many bytes really changed.
"""

import time
from collections.abc import Callable
from typing import Any

import msgspec
import trio
from luma.core.interface.serial import i2c
from PIL import Image

from drivers.oled.config import OledConfig
from drivers.oled.connect import panel
from drivers.oled.panel import Panel
from tests.drivers.oled.bus import FakeBus

BIT = 1 / 400_000  # seconds
BYTE = 9 * BIT  # with its acknowledgement
FRAMING = 2 * BIT  # start and stop


class Picture(msgspec.Struct, frozen=True):
    """A picture that was complete `at` (nanoseconds): bytes on the bus, and bytes of the memory that it changed."""

    at: int
    carried: int
    changed: int


class PacedBus(FakeBus):
    """The bus, as luma has it of smbus2: transfers of up to 4 KiB."""

    def __init__(self) -> None:
        super().__init__()
        self._free_at = 0.0
        self._carried = 0
        self._token = trio.lowlevel.current_trio_token()
        self._flush = trio.Event()
        self._send, self._pictures = trio.open_memory_channel[Picture](100)

    def connect(self, config: OledConfig) -> Panel:
        """Opens the display that is on it."""
        serial = i2c(bus=self)
        serial._managed, serial._i2c_msg_write = True, _message  # as luma drives a bus that it has opened itself
        opened: Any = panel(config, serial)
        opened.display, opened.update = self._noted(opened.display), self._noted(opened.update)
        there: Panel = opened
        return there

    def _noted(self, show: Callable[..., None]) -> Callable[..., None]:
        """Returns what shows a picture, so that this is told when the last byte of it is there."""

        def noted(*pictures: Image.Image) -> None:
            self._token.run_sync_soon(self._flush.set)
            before, self._carried = dict(self.memory), 0
            show(*pictures)
            at = time.perf_counter_ns()
            changed = sum(value != before[cell] for cell, value in self.memory.items())
            self._token.run_sync_soon(self._send.send_nowait, Picture(at, self._carried, changed))

        return noted

    async def next_picture(self) -> Picture:
        """Returns the next picture that changed anything."""
        while not (picture := await self._pictures.receive()).changed:
            pass
        return picture

    def next_flush(self) -> trio.Event:
        """Returns what is set when the next picture begins to be sent."""
        self._flush = trio.Event()
        return self._flush

    def forget(self) -> None:
        """Forgets the pictures that nobody asked for."""
        while self._pictures.statistics().current_buffer_used:
            self._pictures.receive_nowait()

    def close(self) -> None:
        """Does nothing: there is no file."""

    def i2c_rdwr(self, message: tuple[int, list[int]]) -> None:
        """One transfer: the kind of what follows, and that."""
        address, (kind, *data) = message
        self.write_i2c_block_data(address, kind, data)

    def write_i2c_block_data(self, address: int, register: int, data: list[int]) -> None:
        carried = 2 + len(data)
        ends = max(self._free_at, time.perf_counter()) + carried * BYTE + FRAMING
        super().write_i2c_block_data(address, register, data)
        time.sleep(max(0.0, ends - time.perf_counter()))
        self._free_at = ends
        self._carried += carried


def _message(address: int, data: list[int]) -> tuple[int, Any]:
    return address, data
