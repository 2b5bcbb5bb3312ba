"""A HID device made of /dev/uhid (linux/uhid.h): to the kernel's HID core it is plugged in like any other."""

import contextlib
import errno
import os
import select
import struct
import threading
from collections.abc import Callable

DESTROY, OUTPUT, GET_REPORT, GET_REPORT_REPLY, CREATE2, INPUT2, SET_REPORT, SET_REPORT_REPLY = (
    1,
    6,
    9,
    10,
    11,
    12,
    13,
    14,
)
DATA_MAX = 4096
EVENT_SIZE = 4 + 128 + 64 + 64 + 2 + 2 + 4 * 4 + DATA_MAX
BUS_USB = 3


class HidDevice:
    """Plugged in from `plug_in` until `unplug`.

    `written` gets each output report, its id in front where reports have one, in a thread of this device.
    """

    def __init__(
        self,
        name: str,
        ids: tuple[int, int],
        descriptor: bytes,
        written: Callable[[bytes], None],
    ) -> None:
        self._written = written
        self._fd = os.open("/dev/uhid", os.O_RDWR | os.O_CLOEXEC)
        self._stop, self._stopped = os.pipe()
        head = struct.pack(
            "<I128s64s64sHHIIII", CREATE2, name.encode(), b"bench", b"", len(descriptor), BUS_USB, *ids, 0, 0
        )
        self._creation = head + descriptor
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def plug_in(self) -> None:
        """From now on the kernel has it, and may ask it at once."""
        os.write(self._fd, self._creation)
        self._thread.start()

    def send(self, report: bytes) -> None:
        """One input report, its id in front where reports have one."""
        os.write(self._fd, struct.pack("<IH", INPUT2, len(report)) + report)

    def unplug(self) -> None:
        """Gone, with everything that the kernel has made of it."""
        os.close(self._stopped)
        self._thread.join(5)  # it must not write while the kernel takes the device apart: that waits for its own lock
        os.write(self._fd, struct.pack("<I", DESTROY))
        os.close(self._fd)
        os.close(self._stop)

    def _serve(self) -> None:
        while True:
            ready, _, _ = select.select([self._fd, self._stop], [], [])
            if self._stop in ready:
                return
            with contextlib.suppress(OSError):  # too late for an answer: it is being unplugged
                self._take(os.read(self._fd, EVENT_SIZE))

    def _take(self, event: bytes) -> None:
        (kind,) = struct.unpack_from("<I", event)
        if kind == OUTPUT:
            (size,) = struct.unpack_from("<H", event, 4 + DATA_MAX)
            self._written(event[4 : 4 + size])
        elif kind == GET_REPORT:
            (number,) = struct.unpack_from("<I", event, 4)
            os.write(self._fd, struct.pack("<IIHH", GET_REPORT_REPLY, number, errno.EIO, 0))
        elif kind == SET_REPORT:
            (number,) = struct.unpack_from("<I", event, 4)
            os.write(self._fd, struct.pack("<IIH", SET_REPORT_REPLY, number, 0))
