"""Waiting for the thing itself, within a bound; and one clock for everything that is measured."""

import time
from collections.abc import Callable
from typing import TypeVar

from agent import pace

T = TypeVar("T")

EXTENDED = 3.0  # times the limit, at most, where the machine has become slower meanwhile


class TooSlow(Exception):
    """What was waited for did not happen in time."""


def now() -> int:
    """Nanoseconds of the guest's clock: the one that the kernel stamps packets with."""
    return time.time_ns()


def until(what: str, look: Callable[[], T | None], seconds: float, every: float = 0.005) -> T:
    """The first value of `look` that is not None.

    TooSlow after what `seconds` on the reference machine are here. `every` is stretched as well: who looks all the time
    takes the processor from what is looked for.
    """
    began = time.monotonic()
    limit = first = pace.limit(seconds)
    pause = every * limit / seconds
    while (value := look()) is None:
        if time.monotonic() > began + limit:
            pace.measure()
            limit = min(pace.limit(seconds), EXTENDED * first)
            if time.monotonic() > began + limit:
                raise TooSlow(f"{what}: not within {limit:g} s ({seconds:g} s on the reference machine)")
        time.sleep(pause)
    return value
