"""The time of day, as box and terminal believe it: it follows trio's clock, and is set now and then."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import trio

BEGINS = datetime(2027, 3, 26, 6, tzinfo=UTC).timestamp()  # a Friday; clocks go forward on Sunday
FORWARD = datetime(2027, 3, 28, 1, tzinfo=UTC).timestamp()
HOUR, DAY = 3600.0, 86400.0


class Wall:
    """A clock on the wall; `now` in Unix seconds. trio's clock stands at 0 when it begins."""

    def __init__(self, now: Callable[[], float] = trio.current_time) -> None:
        self._now = now
        self._begins = BEGINS

    def time(self) -> float:
        """Returns Unix seconds."""
        return self._begins + self._now()

    def set_by(self, seconds: float) -> None:
        """Sets the clock, as a time server does to one that was wrong."""
        self._begins += seconds

    def local(self) -> datetime:
        """Returns the local time, where clocks go forward at the end of March."""
        seconds = self.time()
        offset = timedelta(hours=2 if seconds >= FORWARD else 1)
        return datetime.fromtimestamp(seconds, timezone(offset))

    def seconds_to(self, hour: float) -> float:
        """Returns the seconds until it is `hour` on the clock next; 0 at most a second after."""
        local = self.local()
        since_midnight = local.hour * HOUR + local.minute * 60 + local.second + local.microsecond / 1e6
        return (hour * HOUR - since_midnight) % DAY
