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
        before = self._unread()
        taken = super().write(data)
        end = time.monotonic() + STUCK
        while self._unread() < before + taken:
            assert time.monotonic() < end, f"{taken} bytes were written, and the kernel does not carry them"
        return taken

    def _unread(self) -> int:
        if self._ends is None:
            return 0
        unread = array("i", [0])
        fcntl.ioctl(self._ends[1], termios.FIONREAD, unread)
        return unread[0]
