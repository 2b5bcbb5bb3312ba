"""Time while a page is drawn: what blinks and takes turns, and when the picture has to change by itself."""

from appliance.display.beat import beat

_SOONEST = 0.02  # seconds; a moment just before a change must not make the display spin


class Watch:
    """The moment `elapsed` seconds after a page came up; remembers how long what was drawn at it stays right."""

    def __init__(self, elapsed: float) -> None:
        self.elapsed = elapsed
        self.changes_in: float | None = None  # seconds

    def again_in(self, seconds: float) -> None:
        """The picture must be drawn again after `seconds` at the latest."""
        seconds = max(seconds, _SOONEST)
        self.changes_in = seconds if self.changes_in is None else min(self.changes_in, seconds)

    def blink(self, period: float) -> bool:
        """True in every first half of `period` seconds."""
        return self.turn(2, period / 2) == 0

    def turn(self, count: int, period: float) -> int:
        """Which of `count` has its turn, each for `period` seconds."""
        if count < 2:  # one alone never changes
            return 0
        steps, left = beat(self.elapsed, period)
        self.again_in(left)
        return steps % count
