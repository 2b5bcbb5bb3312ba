"""Edges of one pin, carried from the thread that hears them into the event loop."""

import math
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import trio

Take = Callable[[bool, int, float], None]
"""Called in the event loop with the last level (True is high), how many edges led to it, and for how long there was no
edge before them (seconds, by the clock that stamps edges: the kernel's on a Pi); must not raise."""


class Edges:
    """Hears a gpiozero pin's edges from `listen` until `close`, both inside trio.

    lgpio calls from a thread of its own, mock pins from whoever drives them. However fast edges come, one call at most
    waits in the event loop: what piles up is one level and one number.
    """

    def __init__(self, pin: Any, take: Take) -> None:  # noqa: ANN401 - gpiozero ships no types
        self._pin = pin
        self._take = take
        self._token = trio.lowlevel.current_trio_token()
        self._lock = threading.Lock()
        self._level = False
        self._count = 0
        self._last = -math.inf  # when the last edge was
        self._quiet = math.inf
        self._closed = False

    def listen(self) -> None:
        """Begin to hear; both directions, and no debounce underneath, which loses edges."""
        self._pin.bounce = None
        self._pin.edges = "both"
        self._pin.when_changed = self._hear  # the pin keeps a weak reference only

    def close(self) -> None:
        """Hear no more; an edge that is still on its way is dropped."""
        self._closed = True
        self._pin.when_changed = None

    def _hear(self, ticks: float, state: float) -> None:
        """Note an edge, in any thread. What escaped from here would end lgpio's thread, and all buttons with it."""
        with self._lock:
            self._level = bool(state)
            self._count += 1
            first = self._count == 1
            if first:
                self._quiet = ticks - self._last
            self._last = ticks
        if first:
            with suppress(trio.RunFinishedError):
                self._token.run_sync_soon(self._pass_on)

    def _pass_on(self) -> None:
        with self._lock:
            level, count, quiet = self._level, self._count, self._quiet
            self._count = 0
        if not self._closed:
            self._take(level, count, quiet)
