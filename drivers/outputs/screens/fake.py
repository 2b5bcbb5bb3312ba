"""A display without a display: takes what its make is told, and answers as that make does."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import trio

from drivers.outputs.screens.config import ScreenConfig
from drivers.outputs.screens.makes import MAKES


class VirtualScreen:
    """A display on a line in memory. `deaf`: it hears nothing, as one that is unplugged."""

    def __init__(self, config: ScreenConfig, changed: Callable[[], None] = lambda: None) -> None:
        self.config = config
        self._changed = changed
        self.on = False
        self.deaf = False
        self.heard: list[bytes] = []
        self._answers = b""

    @contextmanager
    def open(self, _config: ScreenConfig) -> Iterator["VirtualScreen"]:
        """Yields it as the line to it."""
        yield self

    def send(self, data: bytes) -> bool:
        """Takes a command."""
        self.heard.append(data)
        if not self.deaf:
            self._answers += self.answer(data)
        return True

    async def receive(self, deadline: float = math.inf) -> bytes:
        """Returns its answers; where there is none, nothing at `deadline`."""
        if not self._answers:
            await trio.sleep_until(deadline)
        else:
            await trio.lowlevel.checkpoint()
        answers, self._answers = self._answers, b""
        return answers

    def answer(self, data: bytes) -> bytes:
        """Returns what it says to a command, and does it."""
        protocol, number = MAKES[self.config.kind], self.config.number
        if data in (protocol.on(number), protocol.off(number)):
            self.on = data == protocol.on(number)
            self._changed()
            return _DONE[self.config.kind](number, self.on)
        return _STATE[self.config.kind](number, self.on) if data == protocol.asks(number) else b""


def _samsung(number: int, on: bool) -> bytes:  # noqa: FBT001  # a state
    content = bytes((0xFF, number, 0x03, ord("A"), 0x11, int(on)))
    return b"\xaa" + content + bytes((sum(content) & 0xFF,))


def _lg(number: int, on: bool) -> bytes:  # noqa: FBT001  # a state
    return f"a {number:02x} OK{int(on):02x}x".encode()


def _nec(number: int, content: str) -> bytes:
    body = f"00{chr(0x40 + number)}B{len(content) + 2:02X}\x02{content}\x03".encode()
    check = 0
    for value in body:
        check ^= value
    return b"\x01" + body + bytes((check,)) + b"\r"


_DONE: dict[str, Callable[[int, bool], bytes]] = {
    "samsung": _samsung,
    "lg": _lg,
    "sharp": lambda _number, _on: b"WAIT\r\nOK\r\n",
    "nec": lambda number, on: _nec(number, f"00C203D6000{1 if on else 4}"),
}
_STATE: dict[str, Callable[[int, bool], bytes]] = {
    "samsung": _samsung,
    "lg": _lg,
    "sharp": lambda _number, on: f"{int(on)}\r\n".encode(),
    "nec": lambda number, on: _nec(number, f"0200D6000004000{1 if on else 4}"),
}
