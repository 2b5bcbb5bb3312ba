"""Waiting for what another process does, in bounded time: woken where it writes a file, asking where it is mute."""

import ctypes
import os
import select
import time
from collections.abc import Callable
from pathlib import Path

from tests.cli.processes import PATIENCE

CHANGED = 0x002 | 0x008 | 0x080 | 0x100  # IN_MODIFY, IN_CLOSE_WRITE, IN_MOVED_TO, IN_CREATE; see inotify(7)
PAUSE = 0.05  # seconds between two questions


def until_written(folder: Path, looks: Callable[[], object]) -> None:
    """Returns as soon as it looks so after a file in the folder was written; the kernel tells when one is."""
    deadline = time.monotonic() + PATIENCE
    watch = _watch(folder)
    try:
        while not looks():
            assert select.select([watch], [], [], max(0.0, deadline - time.monotonic()))[0], "it was never written"
            os.read(watch, 65536)
    finally:
        os.close(watch)


def eventually(looks: Callable[[], object]) -> None:
    """Returns as soon as it looks so; asks again and again, for a process that offers nothing to wait for."""
    deadline = time.monotonic() + PATIENCE
    while not looks():
        assert time.monotonic() < deadline, "it never looked so"
        time.sleep(PAUSE)


def _watch(folder: Path) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    watch: int = libc.inotify_init1(os.O_CLOEXEC)
    if watch < 0 or libc.inotify_add_watch(watch, os.fsencode(folder), CHANGED) < 0:
        raise OSError(ctypes.get_errno(), "no inotify")
    return watch
