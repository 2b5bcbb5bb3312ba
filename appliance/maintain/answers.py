"""How long the terminal takes to answer: the last time, and of the last ones the median and the 99th of a hundred."""

import math
from collections import deque
from typing import Final

import msgspec

KEPT: Final = 500  # answers


class Figures(msgspec.Struct, frozen=True):
    """Seconds; None while nothing was answered. `count`: of how many answers."""

    last: float | None = None
    median: float | None = None
    most: float | None = None
    count: int = 0


class Answers:
    """The last answers."""

    def __init__(self) -> None:
        self._took: deque[float] = deque(maxlen=KEPT)

    def took(self, seconds: float) -> None:
        """Takes how long one took."""
        self._took.append(seconds)

    def figures(self) -> Figures:
        """Returns what they say together."""
        if not self._took:
            return Figures()
        ordered = sorted(self._took)
        return Figures(self._took[-1], _part(ordered, 0.5), _part(ordered, 0.99), len(ordered))


def _part(ordered: list[float], part: float) -> float:
    """Returns the smallest that this part of all does not exceed."""
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]
