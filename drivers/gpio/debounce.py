"""One button's contact made clean: raw edges in, presses, holds and releases out. No I/O and no clock of its own."""

import enum
import math

VERIFY = 0.05
"""Seconds after the last edge at which a button without debounce is read again, in case an edge was lost."""

RECHECK = 1.0
"""Seconds between readings of a button that is down: its release is noticed even if its edge was lost."""


LATE = 0.005
"""Seconds by which a check may come after its deadline and still tell what the level was then."""


class Kind(enum.StrEnum):
    """What a button did."""

    PRESSED = "pressed"
    HELD = "held"
    RELEASED = "released"


class Debouncer:
    """Decides when a button is pressed, held and released.

    A level counts once it has been steady for `debounce` seconds, at once if that is 0. `hold` seconds after
    a press the button is held, once. A button that is `down` at the start says nothing before it was let go.

    Times are seconds on any one clock that never runs back. The caller reports every edge it hears of and, at
    `deadline`, the level as read again: that repairs whatever edge was lost on the way. On a machine that is short
    of time both come late, in the middle of a storm perhaps: then no level is called steady before it has been seen
    to be so once more.
    """

    def __init__(self, *, debounce: float, hold: float | None = None, down: bool = False, at: float = 0.0) -> None:
        self._debounce = debounce
        self._hold = hold
        self._down = self._seen = down
        self._silent = down
        self._check_at = at + RECHECK if down else None
        self._hold_at: float | None = None
        self._doubted = False  # the check of this level came late once

    @property
    def down(self) -> bool:
        """The level that counts."""
        return self._down

    @property
    def deadline(self) -> float | None:
        """When to read the level and call `check`; None: not before the next edge."""
        if self._hold_at is None or self._check_at is None or not self._seen:
            return self._check_at
        return min(self._check_at, self._hold_at)

    def edge(self, *, down: bool, at: float, edges: int = 1, quiet: float = math.inf) -> list[Kind]:
        """Take the level after an edge, or after several that came too fast to be told apart.

        `quiet` is how long the level had lasted when it ended (seconds), by a clock that is not late.
        """
        kinds = self._settle(at) if quiet >= self._debounce else []
        self._doubted = False
        passed = self._debounce == 0 and edges > 1 and down == self._down
        self._seen = down
        self._check_at = at + (self._debounce or VERIFY)
        if passed:  # it changed and changed back
            kinds += self._flip(at) + self._flip(at)
        elif self._debounce == 0 and down != self._down:
            kinds += self._flip(at)
        return kinds

    def check(self, *, down: bool, at: float) -> list[Kind]:
        """Take the level as read at a deadline."""
        late = self._check_at is not None and at > self._check_at + LATE
        if down != self._seen:
            return self.edge(down=down, at=at, quiet=0.0 if late else math.inf)
        if late and self._seen != self._down and not self._doubted:
            self._doubted, self._check_at = True, at + self._debounce
            return []
        return self._settle(at)

    def _settle(self, at: float) -> list[Kind]:
        """What the passing of time alone made true."""
        kinds: list[Kind] = []
        if self._check_at is not None and at >= self._check_at:
            kinds += self._flip(at) if self._seen != self._down else []
            self._check_at = at + RECHECK if self._down else None
        if self._hold_at is not None and self._seen and at >= self._hold_at:
            self._hold_at = None
            kinds.append(Kind.HELD)
        return kinds

    def _flip(self, at: float) -> list[Kind]:
        self._down = not self._down
        self._hold_at = at + self._hold if self._down and self._hold is not None else None
        if self._silent:
            self._silent = False
            return []
        return [Kind.PRESSED if self._down else Kind.RELEASED]
