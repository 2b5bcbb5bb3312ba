"""Hears that a file in a folder was written: inotify(7). For folders that another program writes now and then."""

import contextlib
import os
from pathlib import Path
from typing import Self

import trio

_CHANGED = 0x008 | 0x080 | 0x200  # IN_CLOSE_WRITE, IN_MOVED_TO, IN_DELETE
_LARGEST = 64 * 1024  # bytes of events


class Written:
    """A folder; `wait` returns when something in it has changed. A folder that is not there never changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._watch = -1

    def __enter__(self) -> Self:
        """Raises `OSError` where the kernel has no more of them."""
        import ctypes  # noqa: PLC0415  # who never waits for a folder need not load it

        libc = ctypes.CDLL(None, use_errno=True)
        self._watch = libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        if self._watch < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        libc.inotify_add_watch(self._watch, os.fsencode(self._folder), _CHANGED)
        return self

    def __exit__(self, *_: object) -> None:
        trio.lowlevel.notify_closing(self._watch)
        os.close(self._watch)

    async def wait(self) -> None:
        """Returns when something has changed since the last call."""
        await trio.lowlevel.wait_readable(self._watch)
        with contextlib.suppress(BlockingIOError):
            os.read(self._watch, _LARGEST)
