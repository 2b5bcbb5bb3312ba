"""What is plugged in, as udev tells it: once it has made the device file and given it to its group.

pyudev is imported where it is used, in a thread: it looks for libudev, and that starts a process for a moment.
"""

import errno
import os
import socket
from collections.abc import Sequence
from functools import partial
from typing import Final, Protocol

import trio

from drivers.errors import DeviceError

TOGETHER: Final = 0.05  # seconds; one plug is several devices to the kernel, and they come one after the other
AT_ONCE: Final = 200  # events that are taken in before others have their turn


class Unavailable(DeviceError):
    """Nobody tells us what is plugged in: no udev, or no way to hear it."""


class Event(Protocol):
    """What happened to a device."""

    @property
    def action(self) -> str | None:
        """Is "add", "remove", "change" and others."""
        ...

    @property
    def subsystem(self) -> str | None:
        """Is "input", "hidraw", "tty" and others."""
        ...


class Monitor(Protocol):
    """In the shape of pyudev.Monitor."""

    def fileno(self) -> int:
        """A socket, readable when there are events."""
        ...

    def poll(self, timeout: float) -> Event | None:
        """The next event, None where there is none; OSError."""
        ...


class Plugs:
    """Follows what is plugged in; until they are asked for, the kernel keeps events, as many as its buffer holds."""

    def __init__(self, monitor: Monitor, subsystems: Sequence[str]) -> None:
        self._monitor = monitor
        self._all = frozenset(subsystems)

    async def next(self) -> frozenset[str]:
        """Waits until something is plugged in, and says in which subsystems; all of them where events were lost.

        Unavailable: there will be no more events.
        """
        while True:
            await trio.lowlevel.wait_readable(self._monitor.fileno())
            await trio.sleep(TOGETHER)
            if plugged := self._plugged():
                return plugged

    def _plugged(self) -> frozenset[str]:
        found = set()
        for _ in range(AT_ONCE):
            try:
                event = self._monitor.poll(timeout=0)
            except OSError as error:
                self._forgive_overflow(error)
                return self._all
            if event is None:
                break
            if event.action == "add" and event.subsystem:
                found.add(event.subsystem)
        return frozenset(found)

    def _forgive_overflow(self, error: OSError) -> None:
        """Takes the error off the socket, where pyudev leaves it for ever; raises where it is another."""
        with socket.socket(fileno=os.dup(self._monitor.fileno())) as same:
            code = same.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or error.errno
        if code != errno.ENOBUFS:
            raise Unavailable(f"udev tells no more: {os.strerror(code) if code else error}") from error


async def watch(subsystems: Sequence[str]) -> Plugs:
    """What is plugged in from now on, in these subsystems. Unavailable."""
    return Plugs(await trio.to_thread.run_sync(partial(_monitor, subsystems)), subsystems)


def _monitor(subsystems: Sequence[str]) -> Monitor:
    try:
        import pyudev  # noqa: PLC0415  # see the module's docstring

        monitor = pyudev.Monitor.from_netlink(pyudev.Context())
        for subsystem in subsystems:
            monitor.filter_by(subsystem)
        monitor.start()
    except (ImportError, OSError) as error:
        raise Unavailable(f"udev cannot be heard: {error}") from error
    heard: Monitor = monitor
    return heard
