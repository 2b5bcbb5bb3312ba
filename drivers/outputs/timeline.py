"""What is shown one after the other, over and over, in whole milliseconds. No I/O and no clock."""

import math
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, groupby
from typing import Generic, TypeVar

T = TypeVar("T")


class Timeline(Generic[T]):
    """Values with the milliseconds for which each lasts; neighbours that are equal are one, so that nobody wakes up."""

    def __init__(self, values: Iterable[tuple[T, int]]) -> None:
        """Takes at least one value; a single one is steady, however long it lasts."""
        together = [(value, sum(time for _, time in times)) for value, times in groupby(values, lambda each: each[0])]
        self._values: list[T] = [value for value, _ in together]
        self._ends = list(accumulate(time for _, time in together))

    @property
    def steady(self) -> bool:
        """Whether it never changes."""
        return len(self._values) == 1

    def at(self, milliseconds: int) -> T:
        """Returns the value so long after the beginning."""
        return self._values[self._place(milliseconds)]

    def changes_at(self, milliseconds: int) -> float:
        """Returns when, from the same beginning, the next value is due; infinite for a steady one."""
        if self.steady:
            return math.inf
        return milliseconds - milliseconds % self._ends[-1] + self._ends[self._place(milliseconds)]

    def _place(self, milliseconds: int) -> int:
        return 0 if self.steady else bisect_right(self._ends, milliseconds % self._ends[-1])
