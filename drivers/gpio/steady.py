"""What the event loop has had no time for: levels that were steady, each once, and how many edges led to it.

The loop may be late by more than a press lasts. A level that was steady ends one entry and begins the next, and edges
that come faster than that are counted in the entry that they belong to. However late the loop is, it learns of every
steady level in sequence; however fast edges come, few entries wait. No I/O and no clock of its own.
"""

import math

import msgspec

MOST_WAITING = 32
"""Entries that may wait for the event loop: nobody means more than sixteen presses while it is late."""


class Entry(msgspec.Struct):
    """The last level, the number of edges that led to it, and the time without an edge before them.

    `quiet`: seconds by the clock that stamps edges; 0 where an edge was lost, since then it is not known.
    """

    level: bool
    count: int
    quiet: float


class SteadyLevels:
    """Collects the edges of one line. `steady`: seconds after which a level is no part of a bounce."""

    def __init__(self, *, steady: float = math.inf) -> None:
        self._steady = steady
        self._waiting: list[Entry] = []
        self._level: bool | None = None  # after the last edge
        self._last = -math.inf  # when the last edge was

    @property
    def empty(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def note(self, at: float, *, level: bool, lost: int = 0) -> None:
        """Notes an edge to `level`. `lost`: edges before it that are known to have been lost."""
        # edges alternate, so that the same level twice means that one was lost, too
        lost = lost or int(level == self._level)
        count, quiet = 1 + lost, 0.0 if lost else at - self._last
        self._level, self._last = level, at
        if not self._waiting or (quiet >= self._steady and len(self._waiting) < MOST_WAITING):
            self._waiting.append(Entry(level, count, quiet))
        else:
            self._waiting[-1].level = level
            self._waiting[-1].count += count

    def take(self) -> list[Entry]:
        """Returns what waits, in sequence, and forgets it."""
        entries, self._waiting = self._waiting, []
        return entries
