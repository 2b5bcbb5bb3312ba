"""A serial line for tests and virtual hardware: a pseudo-terminal whose far end is this program."""

import os
import shutil
import tempfile
import tty
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_MOST = 64 * 1024  # more than a pseudo-terminal holds


class VirtualSerial:
    """A serial line that can be unplugged and plugged in; plugged in at first, a context manager that cleans up.

    `path` is what the driver opens, and stays the same. What is written while nobody has opened it is kept by the
    kernel, as far as there is room, until the driver opens it and throws it away.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="offhook-serial-"))
        self.path = str(self._folder / "line")
        self._ends: tuple[int, int] | None = None
        self.plug()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def plugged(self) -> bool:
        """Whether the line is there."""
        return self._ends is not None

    @property
    def far_end(self) -> int | None:
        """The descriptor of the far end, to wait for; None while unplugged."""
        return None if self._ends is None else self._ends[0]

    def plug(self) -> None:
        """Plugs the line in, if it is not."""
        if self._ends is None:
            far, near = os.openpty()
            self._ends = far, near
            tty.setraw(near)
            os.set_blocking(far, False)
            Path(self.path).symlink_to(os.ttyname(near))

    def unplug(self) -> None:
        """Unplugs the line, if it is not unplugged already."""
        if self._ends is not None:
            Path(self.path).unlink(missing_ok=True)
            for end in self._ends:
                os.close(end)
            self._ends = None

    def write(self, data: bytes) -> int:
        """Sends to the driver and returns how many bytes were taken, 0 while unplugged. Never blocks."""
        if self._ends is None:
            return 0
        with suppress(BlockingIOError):
            return os.write(self._ends[0], data)
        return 0

    def read(self) -> bytes:
        """Returns what the driver sent since the last read, at most 64 KiB, empty while unplugged. Never blocks."""
        if self._ends is None:
            return b""
        with suppress(BlockingIOError):
            return os.read(self._ends[0], _MOST)
        return b""

    def close(self) -> None:
        """Unplugs the line and removes its files."""
        self.unplug()
        shutil.rmtree(self._folder, ignore_errors=True)
