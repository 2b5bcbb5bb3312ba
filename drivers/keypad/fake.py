"""A virtual keypad: real bytes through a real pipe."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from drivers.errors import DeviceMissing
from drivers.keypad.config import KeyboardConfig
from drivers.keypad.key_events import DOWN, EV_KEY, EV_SYN, INPUT_EVENT, SYN_DROPPED, SYN_REPORT, UP
from drivers.keypad.keys import codes_of


def input_event(kind: int, code: int, value: int) -> bytes:
    """Returns one `struct input_event`, with time zero."""
    return INPUT_EVENT.pack(0, 0, kind, code, value)


class VirtualKeypad:
    """A keypad whose keys tests and the demo press; `open` is what `Keypad` opens it with.

    Keys that are pressed while it is not open are lost, as with a real keypad.
    """

    def __init__(self, name: str = "virtual keypad") -> None:
        self.name = name
        self.plugged = True
        self._down: set[int] = set()
        self._pipe: _Pipe | None = None

    @asynccontextmanager
    async def open(self, config: KeyboardConfig) -> AsyncIterator["_Pipe"]:  # noqa: ARG002  # the shape of open_device
        """Opens it as `open_device` does. Raises DeviceMissing: while it is unplugged."""
        await trio.lowlevel.checkpoint()
        if not self.plugged:
            raise DeviceMissing(f"no keypad: {self.name} is unplugged")
        pipe = _Pipe(self.name, self._down)
        self._pipe = pipe
        try:
            yield pipe
        finally:
            pipe.close()
            self._pipe = None

    def key(self, symbol: str, down: bool | None = None) -> None:  # noqa: FBT001  # key("5", True) reads as a keypad does
        """Presses (True) or releases (False) a key, or both (None). `symbol`: or a key's name, see `codes_of`."""
        code = codes_of(symbol)[0]
        for value in (DOWN, UP) if down is None else (DOWN if down else UP,):
            self._move(code, value)

    def unplug(self) -> None:
        """Makes the open device go away; it cannot be opened again until `plug`."""
        self.plugged = False
        self._down.clear()
        if self._pipe is not None:
            self._pipe.hang_up()

    def plug(self) -> None:
        """Makes it possible to open it again."""
        self.plugged = True

    def _move(self, code: int, value: int) -> None:
        if not self.plugged:
            return
        (self._down.add if value == DOWN else self._down.discard)(code)
        if self._pipe is not None:
            self._pipe.send(input_event(EV_KEY, code, value) + input_event(EV_SYN, SYN_REPORT, 0))


class _Pipe:
    """An open virtual keypad with its one event node. `fd` is the end that is read."""

    def __init__(self, name: str, down: set[int]) -> None:
        self.name = name
        self.fd, writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._writer: int | None = writer  # None when it was unplugged
        self._down = down
        self._overflown = False

    @property
    def nodes(self) -> tuple["_Pipe"]:
        return (self,)

    def active_keys(self) -> set[int]:
        return set(self._down)

    def send(self, events: bytes) -> None:
        """Writes events; as the kernel's queue does, drops those that do not fit and says so with the next."""
        if self._writer is None:
            return
        dropped = input_event(EV_SYN, SYN_DROPPED, 0) + input_event(EV_SYN, SYN_REPORT, 0)
        try:
            os.write(self._writer, dropped + events if self._overflown else events)
        except BlockingIOError:
            self._overflown = True
        else:
            self._overflown = False

    def hang_up(self) -> None:
        if self._writer is not None:
            os.close(self._writer)
            self._writer = None

    def close(self) -> None:
        os.close(self.fd)
        self.hang_up()
