"""Keeps one thing that happens again and again from filling the log."""

from collections.abc import Hashable
from typing import Final

_MOST: Final = 256  # things that are counted at a time; more are forgotten, the oldest first


class Rarely:
    """Lets each thing through `burst` times, and from then on once in `every` seconds; counts what it keeps back.

    A thing that has been quiet for that long may happen `burst` times again.
    """

    def __init__(self, *, every: float = 60.0, burst: int = 1) -> None:
        self._every = every
        self._burst = burst
        self._seen: dict[Hashable, _Seen] = {}

    def kept_back(self, what: Hashable, now: float) -> int | None:
        """Returns how many times `what` was kept back since it was let through last; None: keep this one back, too.

        `now` is in seconds, of any clock that does not go back.
        """
        seen = self._seen.pop(what, None)
        if seen is None or now - seen.last >= self._every:
            seen = _Seen(seen.kept if seen else 0, self._burst)
        self._seen[what] = seen
        if len(self._seen) > _MOST:
            self._seen.pop(next(iter(self._seen)))
        return seen.count(now)


class _Seen:
    """What is known of one thing: when it was last let through, how often it still may, how often it was kept back."""

    def __init__(self, kept: int, left: int) -> None:
        self.kept = kept
        self.left = left
        self.last = 0.0

    def count(self, now: float) -> int | None:
        if not self.left:
            self.kept += 1
            return None
        self.left -= 1
        self.last = now
        kept, self.kept = self.kept, 0
        return kept
