"""The kernel's SPI devices, `/dev/spidevBUS.DEVICE`: what is only written to, and never read.

The kernel takes a plain `write` for a transfer, so that three `ioctl` and no library are enough. Sources:
`Documentation/spi/spidev.rst` and `linux/spi/spidev.h` of the kernel.
"""

import errno
import fcntl
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

DEV = Path("/dev")

LARGEST: Final = 4096
"""Bytes of one transfer at most: the kernel's `bufsiz` unless the module was loaded with another."""

_SET_MODE = (1 << 30) | (1 << 16) | (ord("k") << 8) | 1
_SET_BITS = (1 << 30) | (1 << 16) | (ord("k") << 8) | 3
_SET_SPEED = (1 << 30) | (4 << 16) | (ord("k") << 8) | 4
"""SPI_IOC_WR_MODE, SPI_IOC_WR_BITS_PER_WORD and SPI_IOC_WR_MAX_SPEED_HZ."""


class Bus(Protocol):
    """An open SPI device."""

    def write(self, data: bytes) -> None:
        """Sends bytes."""

    def close(self) -> None:
        """Closes it."""


OpenBus = Callable[[str, int, int], Bus]
"""From the device ("0.0"), hertz and SPI mode to the open bus."""


class Spi:
    """An open SPI device. OSError: it is not there, may not be opened, or does not take what is asked of it."""

    def __init__(self, device: str, hertz: int, mode: int = 0, dev: Path = DEV) -> None:
        """`device`: "0.1" is the second select line of bus 0; `mode`: clock polarity and phase, 0 to 3."""
        self._file = os.open(path_of(device, dev), os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.ioctl(self._file, _SET_MODE, struct.pack("=B", mode))
            fcntl.ioctl(self._file, _SET_BITS, struct.pack("=B", 8))
            fcntl.ioctl(self._file, _SET_SPEED, struct.pack("=I", hertz))
        except OSError:
            self.close()
            raise

    def write(self, data: bytes) -> None:
        """Sends bytes, in transfers of `LARGEST`; the select line is let go between two. Blocks."""
        for start in range(0, len(data), LARGEST):
            piece = data[start : start + LARGEST]
            if os.write(self._file, piece) != len(piece):
                raise OSError(errno.EIO, "SPI transfer broke off")

    def close(self) -> None:
        """Closes the device; more than once does no harm."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)


def path_of(device: str, dev: Path = DEV) -> str:
    """Returns the path of an SPI device, whether or not it exists."""
    return str(dev / f"spidev{device}")


def find_devices(dev: Path = DEV) -> list[str]:
    """Returns the paths of all SPI devices, in order, without any traffic on them."""
    return sorted(map(str, dev.glob("spidev[0-9]*.[0-9]*")))
