"""A serial line without threads: pyserial opens and configures it, trio waits on its descriptor.

pyserial's own write and flush are never called: they block (select, tcdrain).
"""

import errno
import math
import os
import termios
from contextlib import suppress
from types import TracebackType
from typing import Self

import serial
import structlog
import trio

from drivers.errors import DeviceLost, DeviceMissing
from drivers.visca.config import SerialConfig

log = structlog.get_logger()

_LOOK_AGAIN = 0.002  # seconds; two bytes at 9600 baud
_AT_ONCE = 1024  # bytes; a second of the fastest line brings no more than a few kernel buffers of 4096


class SerialPort:
    """An open serial line; a context manager that closes it."""

    def __init__(self, config: SerialConfig) -> None:
        """Opens the line exclusively. Raises DeviceMissing: if it is absent, in use, not permitted or not serial."""
        self._name = config.port
        self._line = _open(config)
        self._fd = self._line.fileno()
        self._unsent = b""
        self._blocked = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with suppress(termios.error, OSError):  # the line may be gone
            if self._line.out_waiting:
                self._line.reset_output_buffer()  # else close blocks until the last byte is out, seconds at worst
        self._line.close()

    async def receive(self, deadline: float = math.inf) -> bytes:
        """Returns received bytes, empty at `deadline` (trio's clock). Raises DeviceLost: when the line is gone."""
        if deadline == math.inf:
            return await self._receive()  # the usual way, without the cost of a deadline
        with trio.move_on_at(deadline):
            return await self._receive()
        return b""

    def send(self, data: bytes) -> bool:
        """Hands bytes to the kernel and returns whether it took them. Raises DeviceLost: when the line is gone.

        The kernel holds about 4 KiB, seconds of the line: bytes that find no room are bytes that nobody reads. They are
        dropped as a frame, so that what is sent later is not garbled.
        """
        if self._unsent:
            self._unsent = self._write(self._unsent)
        if taken := not self._unsent:
            rest = self._write(data)
            taken = len(rest) < len(data)
            self._unsent = rest if taken else b""
        self._say(blocked=not taken)
        return taken

    async def drain(self) -> None:
        """Waits until everything has left: closing the line discards what has not."""
        with suppress(OSError):  # the line may be gone
            while self._line.out_waiting:  # noqa: ASYNC110  # the kernel tells nobody
                await trio.sleep(_LOOK_AGAIN)

    async def _receive(self) -> bytes:
        while True:
            await trio.lowlevel.wait_readable(self._fd)
            if (data := self._read()) is not None:
                return data

    def _read(self) -> bytes | None:
        try:
            data = os.read(self._fd, _AT_ONCE)
        except BlockingIOError:
            return None
        except OSError as error:
            raise self._lost(error) from error
        if not data:
            raise DeviceLost(f"serial line {self._name}: the other side is gone")
        return data

    def _write(self, data: bytes) -> bytes:
        """Writes as much as the kernel takes, and returns the rest."""
        try:
            return data[os.write(self._fd, data) :]
        except BlockingIOError:
            return data
        except OSError as error:
            raise self._lost(error) from error

    def _lost(self, error: OSError) -> DeviceLost:
        return DeviceLost(f"serial line {self._name}: {error.strerror}")

    def _say(self, *, blocked: bool) -> None:
        if blocked and not self._blocked:
            log.warning("serial_line_not_read", port=self._name)
        elif self._blocked and not blocked:
            log.info("serial_line_read_again", port=self._name)
        self._blocked = blocked


_WHY = {
    errno.ENOENT: "no such device",
    errno.EACCES: "permission denied; the account needs the group that owns it (dialout)",
    errno.EPERM: "permission denied; the account needs the group that owns it (dialout)",
    errno.EBUSY: "in use by another program",
    errno.EWOULDBLOCK: "in use by another program",
    errno.ENOTTY: "not a serial line",
}


def _open(config: SerialConfig) -> serial.Serial:
    try:
        line = serial.Serial(config.port, config.baud, timeout=0, write_timeout=0, exclusive=True)
    except (serial.SerialException, OSError, ValueError) as error:
        why = _WHY.get(_errno_of(error)) or str(error)
        raise DeviceMissing(f"serial line {config.port}: {why}") from error
    try:
        _wait_for_bytes(line.fileno())
    except termios.error as error:
        line.close()
        raise DeviceMissing(f"serial line {config.port}: {error.args[-1]}") from error
    return line


def _wait_for_bytes(fd: int) -> None:
    """Makes an empty read mean that the line is gone; as pyserial leaves it, it also means "nothing yet"."""
    mode = termios.tcgetattr(fd)
    mode[6][termios.VMIN] = 1
    termios.tcsetattr(fd, termios.TCSANOW, mode)


def _errno_of(error: BaseException) -> int:
    """Returns the errno of an error: pyserial keeps it, wraps the error that has it, or only quotes it."""
    for known in (error, error.__context__):
        if isinstance(known, OSError) and known.errno is not None:
            return known.errno
        if isinstance(known, termios.error):
            return int(known.args[0])
    return 0
