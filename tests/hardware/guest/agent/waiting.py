"""Waiting for the thing itself, within a bound; and one clock for everything that is measured."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class TooSlow(Exception):
    """What was waited for did not happen in time."""


def now() -> int:
    """Nanoseconds of the guest's clock: the one that the kernel stamps packets with."""
    return time.time_ns()


def until(what: str, look: Callable[[], T | None], seconds: float, every: float = 0.002) -> T:
    """The first value of `look` that is not None. TooSlow after `seconds`."""
    deadline = time.monotonic() + seconds
    while (value := look()) is None:
        if time.monotonic() > deadline:
            raise TooSlow(f"{what}: not within {seconds:g} s")
        time.sleep(every)
    return value
