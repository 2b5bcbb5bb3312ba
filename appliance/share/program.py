"""One connected program: what it may do, and the frames that wait to be sent to it."""

import itertools
from collections import deque
from typing import Final, Protocol

import trio

from appliance.share.grants import Doors, Grant

MOST_FRAMES: Final = 1000
MOST_BYTES: Final = 16 * 2**20
"""What may wait for a program that does not read. A long address book must fit in."""

SHORT: Final = 16 * 2**10
"""Bytes of a frame that is sent in the call that puts it. Longer ones, such as an address book for fifty programs,
would hold up everything else."""

_numbers = itertools.count(1)


class Outlet(Protocol):
    """The way to a program, as far as it is free."""

    @property
    def free(self) -> bool:
        """Whether a frame can be sent now, because nothing is left over of those before."""
        ...

    def send(self, frame: bytes) -> None:
        """Sends a frame in this call, of which a part may be left over; to be called while `free`. Never raises."""
        ...


class Program:
    """A program at one connection. It may be gone at any time; then what is put to it is lost."""

    def __init__(self, doors: Doors, where: str, *, port: int | None = None) -> None:
        """`where`: where it connects from, for the log.

        `port`: ours, at which it finds pictures and files; None where it goes to the terminal itself for them.
        """
        self.doors = doors
        self.where = where
        self.port = port
        self.number = next(_numbers)
        self.grant: Grant | None = None
        self.stays = False  # connected, while there is no link to the terminal
        self.since = 0.0  # monotonic seconds
        self.commands = 0  # that it has sent
        self.wrong = 0  # wrong credentials in a row
        self.ends: str | None = None  # why no more frames are taken; those that wait are sent nevertheless
        self.over = trio.Event()  # set with `ends`
        self.cut = trio.Event()  # set where it is to be disconnected at once
        self.outlet: Outlet | None = None  # once it is connected
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._news = trio.Event()

    def __str__(self) -> str:
        return self.grant.name if self.grant is not None else f"a program at {self.where}"

    @property
    def rights(self) -> str:
        """Its role; empty while it has not authorised."""
        return self.grant.role.value if self.grant is not None else ""

    def put(self, frame: bytes) -> None:
        """Sends a frame, or queues it behind others. Where too much waits, the program is disconnected for good.

        It would never catch up.
        """
        if self.ends is not None:
            return
        if self.outlet is not None and len(frame) <= SHORT and not self._waiting and self.outlet.free:
            self._send(frame)
            return
        if len(self._waiting) >= MOST_FRAMES or (self._waiting and self._bytes + len(frame) > MOST_BYTES):
            self.drop("it does not read what it is sent")
            return
        self._waiting.append(frame)
        self._bytes += len(frame)
        self._news.set()

    def end(self, why: str) -> None:
        """Has it disconnected, once it has what waits."""
        if self.ends is None:
            self.ends = why
            self.over.set()
            self._news.set()

    def drop(self, why: str) -> None:
        """Has it disconnected at once."""
        self.end(why)
        self._waiting.clear()
        self.cut.set()

    async def next(self) -> bytes | None:
        """Returns the next frame to send, as soon as there is one; None where there will be none any more."""
        while not self._waiting:
            if self.ends is not None:
                return None
            await self._hear()
        return self._taken()

    async def busy(self) -> bool:
        """Waits until its outlet is not free, or something waits for it; False where there will be nothing more."""
        while not self._waiting and (self.outlet is None or self.outlet.free):
            if self.ends is not None:
                return False
            await self._hear()
        return True

    def go_on(self) -> None:
        """Sends what waits, as far as the outlet takes it."""
        while self.outlet is not None and self._waiting and self.outlet.free:
            self._send(self._taken())

    def _send(self, frame: bytes) -> None:
        if self.outlet is not None:
            self.outlet.send(frame)
            if not self.outlet.free:
                self._news.set()

    def _taken(self) -> bytes:
        frame = self._waiting.popleft()
        self._bytes -= len(frame)
        return frame

    async def _hear(self) -> None:
        self._news = trio.Event()
        await self._news.wait()
