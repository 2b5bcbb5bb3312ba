"""An OLED behind an MCP2221, a USB to I2C bridge (Microchip, DS20005565), made of uhid.

The kernel's own hid-mcp2221 driver gives it a real I2C bus: nothing in the firmware knows of it, transfers fail when
nobody acknowledges, and the bus goes away with the bridge. What is written is drawn as an SSD1306 does (its data sheet,
section 10: horizontal addressing).
"""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from agent.uhid import HidDevice
from agent.waiting import now, until

IDS = (0x04D8, 0x00DD)
STATUS, WRITE = 0x10, 0x90
CANCEL = 0x10
NOT_ACKNOWLEDGED = 0x40  # in byte 20 of the status
REPORT = 64
CHUNK = 60
ADDRESS = 0x3C
WIDTH, PAGES = 128, 8

# Reports without numbers: 64 bytes out, 64 bytes in, of no meaning to the HID core.
DESCRIPTOR = bytes.fromhex("0600FF 0901 A101 1500 26FF00 7508 9540 0901 8102 0902 9102 C0")


class Glass:
    """What an SSD1306 makes of the bytes it gets: its memory, whether it is lit, how bright it is."""

    # how many bytes follow a command
    ARGUMENTS: ClassVar = {
        0x20: 1,
        0x21: 2,
        0x22: 2,
        0x81: 1,
        0x8D: 1,
        0xA8: 1,
        0xD3: 1,
        0xD5: 1,
        0xD9: 1,
        0xDA: 1,
        0xDB: 1,
    }

    def __init__(self) -> None:
        self.memory = bytearray(WIDTH * PAGES)
        self.lit = False
        self.contrast = 0x7F
        self.frames: list[tuple[int, bytes]] = []
        self._columns, self._pages = (0, WIDTH - 1), (0, PAGES - 1)
        self._column = self._page = 0

    def write(self, data: bytes) -> None:
        """One transfer: a control byte says whether commands or pixels follow."""
        if data[0] == 0x40:
            self._draw(data[1:])
        else:
            self._command(list(data[1:]))

    def _draw(self, pixels: bytes) -> None:
        for byte in pixels:
            self.memory[self._page * WIDTH + self._column] = byte
            self._step()

    def _step(self) -> None:
        self._column += 1
        if self._column > self._columns[1]:
            self._column = self._columns[0]
            self._page += 1
        if self._page > self._pages[1]:
            self._page = self._pages[0]
            self.frames.append((now(), bytes(self.memory)))

    def _command(self, codes: list[int]) -> None:
        while codes:
            code = codes.pop(0)
            given = [codes.pop(0) for _ in range(self.ARGUMENTS.get(code, 0))]
            self._obey(code, given)

    def _obey(self, code: int, given: list[int]) -> None:
        if code == 0x21:
            self._columns, self._column = (given[0], given[1]), given[0]
        elif code == 0x22:
            self._pages, self._page = (given[0], given[1]), given[0]
        elif code == 0x81:
            self.contrast = given[0]
        elif code in (0xAE, 0xAF):
            self.lit = code == 0xAF


class Oled:
    """Bridge and display, plugged in while it exists. `answers` False: the bus is there, the display is not."""

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers
        self.glass = Glass()
        self._acknowledged = True
        self._coming = b""
        self._device = HidDevice("Bench I2C bridge", IDS, DESCRIPTOR, self._written)
        self._device.plug_in()

    def bus(self, timeout: float) -> int:
        """The number of the I2C bus that the kernel made."""
        return until("an I2C bus of the MCP2221", _bus, timeout)

    def wait_frame(self, pictures: list[str], timeout: float, after: int = 0) -> int:
        """When one of these pictures (hexadecimal) was complete on the glass, after the time `after`."""
        wanted = {bytes.fromhex(picture) for picture in pictures}
        return self._wait("one of these pictures", timeout, after, lambda frame: frame in wanted)

    def wait_any_frame(self, timeout: float, after: int = 0) -> int:
        """When any picture was complete that is not blank."""
        return self._wait("a picture", timeout, after, any)

    def answer(self, answers: bool) -> int:
        """Whether the display acknowledges from now on; now."""
        self.answers = answers
        return now()

    def unplug(self) -> None:
        """Pulls the bridge out."""
        self._device.unplug()

    def _wait(self, what: str, timeout: float, after: int, fits: Callable[[bytes], bool]) -> int:
        def look() -> int | None:
            return next((at for at, frame in list(self.glass.frames) if at >= after and fits(frame)), None)

        return until(what, look, timeout)

    def _written(self, request: bytes) -> None:
        answer = bytearray(REPORT)
        answer[0] = request[0]
        if request[0] == WRITE:
            self._transfer(request[3] >> 1, request[1] | request[2] << 8, request[4:])
        elif request[0] == STATUS:
            answer[3] = request[3]  # the speed that was asked for
            answer[20] = 0 if self._acknowledged else NOT_ACKNOWLEDGED
            if request[2] == CANCEL:
                self._coming, self._acknowledged = b"", True
        self._device.send(bytes(answer))

    def _transfer(self, address: int, length: int, data: bytes) -> None:
        """A part of one transfer, of `length` bytes in all; on the wire when it is whole."""
        self._coming += data[:CHUNK]
        self._acknowledged = self.answers and address == ADDRESS
        if len(self._coming) >= length:
            whole, self._coming = self._coming[:length], b""
            if self._acknowledged:
                self.glass.write(whole)


def _bus() -> int | None:
    for name in Path("/sys/class/i2c-dev").glob("i2c-*/name"):
        if name.read_text().startswith("MCP2221"):
            number = int(name.parent.name.removeprefix("i2c-"))
            return number if Path(f"/dev/i2c-{number}").exists() else None
    return None
