"""Waits for the kernel to tell that an interface of the network changed, so that nobody has to look again and again.

The socket is rtnetlink's group for links (man 7 rtnetlink); what it says is not read, only that it says something.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

import trio

LINKS: Final = 1  # RTMGRP_LINK of linux/rtnetlink.h
LONGEST: Final = 65536  # bytes of a message; one is a few hundred


class Changes(Protocol):
    """Tells that something changed."""

    async def next(self) -> None:
        """Waits for the next change."""


class LinkChanges:
    """Changes of any interface, from construction on."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_NONBLOCK, socket.NETLINK_ROUTE)
        self._socket.bind((0, LINKS))

    async def next(self) -> None:
        """Waits for the next change. OSError: more came than the kernel keeps, which is a change, too."""
        await trio.lowlevel.wait_readable(self._socket)
        self._socket.recv(LONGEST)

    def close(self) -> None:
        """Stops listening."""
        self._socket.close()


@contextmanager
def link_changes() -> Iterator[LinkChanges]:
    """Yields the changes until the end. OSError: the kernel tells nobody."""
    changes = LinkChanges()
    try:
        yield changes
    finally:
        changes.close()


async def until(condition: Callable[[], bool], changes: Changes, seconds: float) -> float | None:
    """Waits until the condition holds, looking after each change; returns the seconds that took, None: too many."""
    began = trio.current_time()
    with trio.move_on_after(seconds):
        while not condition():
            await changes.next()
        return trio.current_time() - began
    return None
