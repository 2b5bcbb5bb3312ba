"""How slow this machine is now, and what that makes of the time that something may take.

The bench's limits were written on one machine. Here a fixed loop runs against the time that it took there: what may
take ten seconds there may take ten times that factor here. Neighbours come and go, so there is headroom, and whoever is
about to give up measures once more.
"""

import os
import time
from pathlib import Path

REFERENCE = 0.3
"""Seconds that the loop takes where the limits were written: where the firmware's libraries are imported in 5.0 s."""

HEADROOM = 1.5

_factor = 1.0


def measure() -> float:
    """How many times slower than the reference this machine is now; less than 1 where it is quicker."""
    global _factor  # noqa: PLW0603  # there is one machine, and every wait in it asks
    began = time.monotonic()
    child = os.fork()  # both processors: a machine that is held to a part of them notices only then
    _loop()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    _factor = (time.monotonic() - began) / REFERENCE
    return _factor


def factor() -> float:
    """What was measured last; 1 where this machine is quicker than the reference."""
    return max(1.0, _factor)


def limit(seconds: float) -> float:
    """The time that something may take here which may take `seconds` on the reference, as last measured."""
    return seconds * factor() * HEADROOM


def _loop() -> None:
    """A bit of everything that the firmware and the bench do: bytecode and system calls."""
    total = 0
    for number in range(60_000):
        total += number * number % 7
    for _ in range(180):
        total += len(Path("/proc/self/stat").read_bytes())
