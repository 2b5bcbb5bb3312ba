"""A serial line on which nothing is still on its way when a test lets time pass.

The kernel carries bytes from one end of a pseudo-terminal to the other in a work queue, that is when it has time. On a
busy machine a mock clock would jump in between.
"""

import fcntl
import termios
import time
from array import array

from drivers.visca.virtual.fake import VirtualSerial
from tests.virtual_time import STUCK


class CarriedSerial(VirtualSerial):
    """A line whose `write` returns when the bytes can be read at the driver's end."""

    def write(self, data: bytes) -> int:
        return carry(self, data)


def carry(line: VirtualSerial, data: bytes) -> int:
    """Writes to a line, and waits until the bytes can be read at the driver's end."""
    before = _unread(line)
    taken = VirtualSerial.write(line, data)
    end = time.monotonic() + STUCK
    while _unread(line) < before + taken:
        assert time.monotonic() < end, f"{taken} bytes were written, and the kernel does not carry them"
    return taken


def _unread(line: VirtualSerial) -> int:
    if line._ends is None:
        return 0
    unread = array("i", [0])
    fcntl.ioctl(line._ends[1], termios.FIONREAD, unread)
    return unread[0]
