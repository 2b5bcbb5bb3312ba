"""Time in whole steps, for everything on the display that changes by itself."""

import math

_NEARLY = 1e-4  # of a step: waiting for a step ends, by rounding, just before it as often as just after


def beat(elapsed: float, period: float) -> tuple[int, float]:
    """How many steps of `period` seconds have passed in `elapsed` seconds, and the seconds until the next."""
    count = math.floor(elapsed / period + _NEARLY)
    return count, (count + 1) * period - elapsed
