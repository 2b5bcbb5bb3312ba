"""Edges of one pin in the event loop, wherever they come from.

The kernel's own lines are waited for; lgpio and mock pins call back in a thread, which wakes the loop.
"""

import math
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import trio

from drivers.gpio.kernel.abi import NUMBERS
from drivers.gpio.kernel.factory import KernelPin
from drivers.gpio.kernel.lines import Lines
from drivers.gpio.steady import SteadyLevels

Take = Callable[[bool, int, float], None]
"""Called in the event loop with level (True is high), count and quiet as in `steady.Entry`. It must not raise."""


class Edges(Protocol):
    """The edges of one pin until `close`."""

    async def heard(self) -> None:
        """Waits until edges have been passed on. OSError: the line is gone."""

    def catch_up(self) -> None:
        """Passes on what has happened but has not been heard yet. OSError: the line is gone."""

    def close(self) -> None:
        """Stops listening; an edge that is still on its way is dropped."""


def edges_of(pin: Any, take: Take, *, steady: float = math.inf) -> Edges:  # noqa: ANN401  # gpiozero ships no types
    """Listens to both edges of a gpiozero pin, inside trio.

    `steady`: seconds after which a level is passed on by itself and is not part of a bounce.
    """
    levels = SteadyLevels(steady=steady)
    return KernelEdges(pin.listen(), levels, take) if isinstance(pin, KernelPin) else ThreadEdges(pin, levels, take)


class KernelEdges:
    """The edges of a line of the kernel, which the task that wants them reads by itself."""

    def __init__(self, lines: Lines, levels: SteadyLevels, take: Take) -> None:
        self._lines = lines
        self._levels = levels
        self._take = take
        self._number = 0

    async def heard(self) -> None:
        """Waits for the line, and passes on what happened."""
        await self._lines.until_edges()
        self.catch_up()

    def catch_up(self) -> None:
        """Passes on the edges that the kernel keeps."""
        for event in self._lines.edges():
            lost = (event.number - self._number - 1) % NUMBERS  # the kernel drops the oldest where it has no more room
            self._number = event.number
            self._levels.note(event.at, level=event.level, lost=lost)
        for entry in self._levels.take():
            self._take(entry.level, entry.count, entry.quiet)

    def close(self) -> None:
        """Does nothing: the line ends with its pin."""


class ThreadEdges:
    """The edges of a pin that calls back: lgpio in a thread of its own, mock pins in the thread that drives them."""

    def __init__(self, pin: Any, levels: SteadyLevels, take: Take) -> None:  # noqa: ANN401  # gpiozero ships no types
        self._pin = pin
        self._levels = levels
        self._take = take
        self._token = trio.lowlevel.current_trio_token()
        self._lock = threading.Lock()
        self._news = trio.Event()
        self._closed = False
        self._pin.bounce = None  # gpiozero's debouncing loses edges
        self._pin.edges = "both"
        self._pin.when_changed = self._hear  # the pin keeps a weak reference only

    async def heard(self) -> None:
        """Waits for the thread."""
        await self._news.wait()
        self._news = trio.Event()

    def catch_up(self) -> None:
        """Passes on what the thread has noted."""
        with self._lock:
            entries = self._levels.take()
        for entry in entries:
            if not self._closed:
                self._take(entry.level, entry.count, entry.quiet)

    def close(self) -> None:
        """Stops the callbacks."""
        self._closed = True
        self._pin.when_changed = None

    def _hear(self, ticks: float, state: float) -> None:
        """Notes an edge, in any thread. An exception that escaped would end lgpio's thread, and all buttons with it."""
        with self._lock:
            first = self._levels.empty
            self._levels.note(ticks, level=bool(state))
        if first:
            with suppress(trio.RunFinishedError):
                self._token.run_sync_soon(self._pass_on)

    def _pass_on(self) -> None:
        self.catch_up()
        self._news.set()
