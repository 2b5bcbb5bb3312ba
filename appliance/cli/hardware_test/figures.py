"""Arithmetic of measurements."""

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], percent: float) -> float:
    """Returns the value that `percent` of all do not exceed (nearest rank). ValueError: there are none."""
    if not values:
        raise ValueError("no values; expected one or more")
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]
