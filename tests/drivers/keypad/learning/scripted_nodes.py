"""An input device whose nodes are pipes: whole events with scan codes, as the kernel's HID driver gives them."""

import os
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

import trio

from drivers.keypad.config import KeyboardConfig
from drivers.keypad.learning.recording import Event, as_bytes

F1, CALC, KP1, C, LEFTCTRL = (59, 0x7003A), (140, 0xC0192), (79, 0x70059), (46, 0x70006), (29, 0x700E0)
"""Key code and scan code."""


def press(*keys: tuple[int, int], down: int = 1) -> list[Event]:
    """The events of keys that go down (1) or up (0) together."""
    return [event for code, scan in keys for event in ((4, 4, scan), (1, code, down))] + [(0, 0, 0)]


class _Node:
    def __init__(self, name: str) -> None:
        self.name = name
        self.fd, self.far = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def active_keys(self) -> Collection[int]:
        return ()


class Nodes:
    """Pass its `open` to whoever opens a keypad; `grabs` has what was asked for."""

    def __init__(self, *names: str) -> None:
        self.name = names[0]
        self._names = names
        self.nodes: Sequence[_Node] = ()
        self.grabs: list[bool] = []

    @asynccontextmanager
    async def open(self, config: KeyboardConfig) -> AsyncIterator["Nodes"]:
        await trio.lowlevel.checkpoint()
        self.grabs.append(config.grab)
        self.nodes = [_Node(name) for name in self._names]
        try:
            yield self
        finally:
            for node in self.nodes:
                os.close(node.fd)
                os.close(node.far)
            self.nodes = ()

    def send(self, events: Sequence[Event], node: int = 0) -> None:
        os.write(self.nodes[node].far, as_bytes(events))
