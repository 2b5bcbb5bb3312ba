"""Edges of one pin, carried from the thread that hears them into the event loop.

The event loop may be late by more than a press lasts. What it has had no time for is therefore kept as entries: a
level that was steady ends one entry and begins the next, and edges that come faster than that are counted in the entry
that they belong to. However late the loop is, it learns of every steady level in sequence; however fast edges come, few
entries wait.
"""

import math
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import trio

Take = Callable[[bool, int, float], None]
"""Called in the event loop with the last level (True is high), the number of edges that led to it, and the time without
an edge before them (seconds, by the clock that stamps edges: the kernel's on a Pi; 0 where an edge was lost, since then
it is not known). It must not raise."""

MOST_WAITING = 32
"""Entries that may wait for the event loop: nobody means more than sixteen presses while it is late."""


class _Entry(msgspec.Struct):
    level: bool
    count: int
    quiet: float


class Edges:
    """Passes on the edges of a gpiozero pin from `listen` until `close`, both called inside trio.

    lgpio calls from a thread of its own, mock pins from the thread that drives them. `steady`: seconds after which a
    level is passed on by itself and is not part of a bounce.
    """

    def __init__(self, pin: Any, take: Take, *, steady: float = math.inf) -> None:  # noqa: ANN401  # gpiozero ships no types
        self._pin = pin
        self._take = take
        self._steady = steady
        self._token = trio.lowlevel.current_trio_token()
        self._lock = threading.Lock()
        self._waiting: list[_Entry] = []
        self._level: bool | None = None  # after the last edge
        self._last = -math.inf  # when the last edge was
        self._closed = False

    def listen(self) -> None:
        """Starts listening to both edges, without gpiozero's debouncing, which loses edges."""
        self._pin.bounce = None
        self._pin.edges = "both"
        self._pin.when_changed = self._hear  # the pin keeps a weak reference only

    def close(self) -> None:
        """Stops listening; an edge that is still on its way is dropped."""
        self._closed = True
        self._pin.when_changed = None

    def _hear(self, ticks: float, state: float) -> None:
        """Notes an edge, in any thread. An exception that escaped would end lgpio's thread, and all buttons with it."""
        with self._lock:
            first = not self._waiting
            self._note(ticks, bool(state))
        if first:
            with suppress(trio.RunFinishedError):
                self._token.run_sync_soon(self._pass_on)

    def _note(self, ticks: float, level: bool) -> None:  # noqa: FBT001  # a level, not a switch
        # the kernel keeps 256 edges of a line for the packaged lgpio, 16 for others, and drops the oldest
        lost = level == self._level
        count, quiet = (2, 0.0) if lost else (1, ticks - self._last)
        self._level, self._last = level, ticks
        if not self._waiting or (quiet >= self._steady and len(self._waiting) < MOST_WAITING):
            self._waiting.append(_Entry(level, count, quiet))
        else:
            self._waiting[-1].level = level
            self._waiting[-1].count += count

    def _pass_on(self) -> None:
        with self._lock:
            entries, self._waiting = self._waiting, []
        for entry in entries:
            if not self._closed:
                self._take(entry.level, entry.count, entry.quiet)
