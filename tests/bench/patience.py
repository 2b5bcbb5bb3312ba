"""How long a measurement may take before it counts as broken: longer on a machine that is busy, or stands still."""

import os

STALL = 20.0
"""Seconds for which a virtual machine may stand still without anything being wrong with what is measured."""


def patience(seconds: float) -> float:
    """Returns the limit for what takes `seconds` at most on a machine that does nothing else."""
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    return STALL + seconds * (1 + waiting)
