"""Keeps one thing that happens again and again from filling the log."""

from collections.abc import Hashable
from typing import Final

_MOST: Final = 256  # things that are counted at a time; more are forgotten, those first that have been quiet longest


class Rarely:
    """Lets each thing through `burst` times, and while it goes on once in `every` seconds; counts what it keeps back.

    For each `every` in which it is quiet it may happen once more, up to `burst` times.
    """

    def __init__(self, *, every: float = 60.0, burst: int = 1) -> None:
        self._every = every
        self._burst = burst
        self._seen: dict[Hashable, _Seen] = {}

    def kept_back(self, what: Hashable, now: float) -> int | None:
        """Returns how many times `what` was kept back since it was let through last; None: keep this one back, too.

        `now` is in seconds, of any clock that does not go back.
        """
        seen = self._seen.pop(what, None) or _Seen(self._burst, now)
        self._seen[what] = seen
        if len(self._seen) > _MOST:
            self._seen.pop(next(iter(self._seen)))
        seen.may = min(float(self._burst), seen.may + (now - seen.looked) / self._every)
        seen.looked = now
        return seen.count()


class _Seen:
    """What is known of one thing: how often it may happen as of when, and how often it was kept back."""

    def __init__(self, may: float, looked: float) -> None:
        self.may = may
        self.looked = looked
        self.kept = 0

    def count(self) -> int | None:
        if self.may < 1:
            self.kept += 1
            return None
        self.may -= 1
        kept, self.kept = self.kept, 0
        return kept
