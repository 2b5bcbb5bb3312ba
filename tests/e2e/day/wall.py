"""The clock on the wall on that day: a Thursday before the night in which clocks go forward."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time

import pytest
import trio

ZONE = "IST-2IDT,M3.4.4/26,M10.5.0"
"""Jerusalem, where summer begins on a Friday at 02:00, as POSIX writes it: needs no file of the system."""
BEGINS = datetime(2027, 3, 25, 5, 57, tzinfo=UTC).timestamp()  # 07:57 there


class Wall:
    """The time of day, which follows trio's clock; `known` as soon as a time server has told the box."""

    def __init__(self) -> None:
        self.known = False
        self._from = trio.current_time()

    def time(self) -> float:
        """Returns Unix seconds, known or not: the terminal's, and the story's."""
        return BEGINS + trio.current_time() - self._from

    def local(self) -> datetime:
        """Returns the local time, known or not."""
        return datetime.fromtimestamp(self.time() + 1e-6, UTC).astimezone()

    def box(self) -> datetime | None:
        """Returns what the box takes for the local time."""
        return self.local() if self.known else None

    def seconds_to(self, that: clock_time) -> float:
        """Returns the seconds until the clock says so next; 0 at most where it says so now."""
        today = datetime.combine(self.local().date(), that)
        days = (today + timedelta(days=day) for day in (0, 1))
        ahead = (day.astimezone().timestamp() - self.time() for day in days)  # the zone as it will be then
        return next(seconds for seconds in ahead if seconds > -0.5)


@contextmanager
def in_the_zone() -> Iterator[None]:
    """Lets the process live where the story takes place."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", ZONE)
        time.tzset()
        yield
    time.tzset()
