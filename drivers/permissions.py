"""Device files that refuse us: which group would have helped, and patience with those that were plugged in just now."""

import grp
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import trio

from drivers.errors import DeviceError

SETTLING = 2.0
"""Seconds after a device was plugged in within which udev gives its file to the group that may open it."""
AGAIN = 0.1
"""Seconds between two attempts in that time."""

T = TypeVar("T")


class NotReady(DeviceError):
    """A device file that cannot be used yet. `path`: the file."""

    def __init__(self, path: str | Path, why: str) -> None:
        self.path = path
        super().__init__(why)


class NotPermitted(NotReady):
    """A device file that we may not open."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(path, refused(path))


async def once_permitted(opener: Callable[[], T]) -> T:
    """What `opener` makes of a device, in a thread; where its file is new and not ready, once kernel and udev are done.

    NotReady: an old file is not, or a new one still is not after `SETTLING`.
    """
    deadline = trio.current_time() + SETTLING
    while True:
        try:
            return await trio.to_thread.run_sync(opener)
        except NotReady as error:
            if trio.current_time() >= deadline or not is_new(error.path):
                raise
        await trio.sleep(AGAIN)


def is_new(path: str | Path) -> bool:
    """Returns whether the device was plugged in just now, so that kernel and udev may not be done with it."""
    try:
        return time.time() - Path(path).stat().st_ctime < SETTLING
    except OSError:
        return False  # gone again


def refused(path: str | Path) -> str:
    """One line about a device file that we may not open: its group, and what to do."""
    try:
        group = grp.getgrgid(Path(path).stat().st_gid).gr_name
    except (OSError, KeyError):
        return f"no permission to open {path}"
    return f"no permission to open {path}: it belongs to group {group}, of which we are not a member"


def in_the_way(path: str | Path) -> str:
    """Why a device file could not be opened for reading and writing; empty where nothing is in the way."""
    if not Path(path).exists():
        return f"there is no {path}"
    return "" if os.access(path, os.R_OK | os.W_OK) else refused(path)
