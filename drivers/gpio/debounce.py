"""Debounces one button's contact: raw edges in, presses, holds and releases out. No I/O and no clock of its own.

There are two sources, and on a busy machine both are late, each by its own amount:

- Edges. The kernel stamps them when they happen, so the time between two of them (`quiet`) is right however late they
  arrive. A level that lasted long enough counts even if it has already ended when its beginning is reported.
- Readings of the pin at a deadline (`check`). They show the present level, so they may be ahead of edges that are still
  on their way, and a late one says nothing about the time since the deadline.

Each period of a steady level must count exactly once, whichever source notices it first. `_counted` says whether the
period that the latest edge began has been counted already: then it does not count again when its end is reported.
"""

import enum
from collections.abc import Sequence

VERIFY = 0.05
"""Seconds after the last edge at which a button without debounce is read again, in case an edge was lost."""

RECHECK = 1.0
"""Seconds between readings of a button that is down: its release is noticed even if its edge was lost."""


LATE = 0.005
"""Seconds by which a check may come after its deadline and still show the level at the deadline."""


class Kind(enum.StrEnum):
    """What a button did."""

    PRESSED = "pressed"
    HELD = "held"
    RELEASED = "released"


class Debouncer:
    """Decides when a button is pressed, held and released.

    A level counts once it has been steady for `debounce` seconds, at once if that is 0; a press already after `press`
    seconds where that is given, so that it is felt at its first edge and locks out the bounces after it. `hold` seconds
    after a press the button is held, once, and once more after each of the seconds of `later`, which ascend. A button
    that is `down` at the start is not reported until it has been released.

    Times are seconds of any one monotonic clock. The caller reports every edge and, at `deadline`, the level as read
    again, which makes up for edges that were lost. On a busy machine both come late, perhaps in the middle of bouncing:
    then a level counts as steady only when a second reading has shown it, too.
    """

    def __init__(
        self,
        *,
        debounce: float,
        press: float | None = None,
        hold: float | None = None,
        later: Sequence[float] = (),
        down: bool = False,
        at: float = 0.0,
    ) -> None:
        self._debounce = debounce
        self._press = debounce if press is None else press
        self._holds = [each for each in (hold, *later) if each is not None]
        self._holds_due: list[float] = []  # those that this press has not lasted for yet
        self._down = self._seen = down
        self._silent = down
        self._check_at = at + RECHECK if down else None
        self._pressed_at = at
        self._doubted = False  # the check of this level came late once
        self._counted = True  # the level that the latest edge began has been the one that counts since then

    @property
    def down(self) -> bool:
        """Whether the button counts as down."""
        return self._down

    @property
    def deadline(self) -> float | None:
        """When to read the level and call `check` next; None: not before the next edge."""
        if not self._holds_due or self._check_at is None or not self._seen:
            return self._check_at
        return min(self._check_at, self._pressed_at + self._holds_due[0])

    def edge(self, *, down: bool, at: float, edges: int = 1, quiet: float | None = None) -> list[Kind]:
        """Takes the level after an edge, or after several that came too fast to be told apart; returns what it means.

        `quiet` is how long the level before the first of them had lasted (seconds), by the clock that stamps edges;
        None where there is no such clock: then `at` must be right.
        """
        ended = down if edges % 2 == 0 else not down  # edges alternate
        kinds = self._settle(at) if quiet is None else self._lasted(ended, quiet, at)
        passed = self._debounce == 0 and edges > 1 and down == self._down
        self._see(down=down, at=at)
        self._counted = down == self._down
        if passed:  # it changed and changed back
            kinds += self._flip(at) + self._flip(at)
        elif self._debounce == 0 and down != self._down:
            kinds += self._flip(at)
        return kinds

    def check(self, *, down: bool, at: float) -> list[Kind]:
        """Takes the level as read at a deadline; returns what it means."""
        late = self._check_at is not None and at > self._check_at + LATE
        if down != self._seen:
            kinds = [] if late else self._settle(at)
            self._see(down=down, at=at)
            return kinds + (self._flip(at) if self._debounce == 0 and down != self._down else [])
        if late and self._seen != self._down and not self._doubted:
            self._doubted, self._check_at = True, at + self._steady(down)
            return []
        return self._settle(at)

    def _steady(self, level: bool) -> float:  # noqa: FBT001  # a level, not a switch
        """Returns the seconds for which a level must last until it counts."""
        return self._press if level else self._debounce

    def _see(self, *, down: bool, at: float) -> None:
        """Starts waiting for a level to become steady."""
        self._seen = down
        self._doubted = False
        self._check_at = at + (self._steady(down) or VERIFY)

    def _lasted(self, level: bool, quiet: float, at: float) -> list[Kind]:  # noqa: FBT001  # a level, not a switch
        """Returns what it means that a level lasted for `quiet` seconds before it ended."""
        if quiet < self._steady(level):
            return []
        kinds = self._flip(at) if level != self._down and not self._counted else []
        if not level or not self._down:
            return kinds
        return kinds + self._held(sum(quiet >= self._steady(level) + each for each in self._holds_due))

    def _settle(self, at: float) -> list[Kind]:
        """Returns what has happened by the passing of time alone."""
        kinds: list[Kind] = []
        if self._check_at is not None and at >= self._check_at:
            kinds += self._flip(at) if self._seen != self._down else []
            self._check_at = at + RECHECK if self._down else None
        if not self._seen:
            return kinds
        return kinds + self._held(sum(at >= self._pressed_at + each for each in self._holds_due))

    def _held(self, count: int) -> list[Kind]:
        """Returns as many holds, which come in ascending order, each once a press."""
        del self._holds_due[:count]
        return [Kind.HELD] * count

    def _flip(self, at: float) -> list[Kind]:
        self._down = not self._down
        self._counted = True
        self._pressed_at, self._holds_due = at, self._holds[:] if self._down else []
        if self._silent:
            self._silent = False
            return []
        return [Kind.PRESSED if self._down else Kind.RELEASED]
