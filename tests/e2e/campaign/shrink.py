"""Makes a script that fails as short as it can be in the time that there is."""

import time
from collections.abc import Callable, Iterator

from tests.e2e.campaign.play import Failure, play
from tests.e2e.campaign.script import Script

PATIENCE = 60.0  # real seconds
Play = Callable[[Script, int], Failure | None]


def shrunk(script: Script, seed: int, failure: Failure, played: Play = play) -> tuple[Script, Failure]:
    """Returns a script with fewer steps that fails as well, and how; no step of it can be left out, if time allows.

    `played`: what plays a script.
    """
    until = time.monotonic() + PATIENCE
    script = script[: failure.number + 1]
    found = (script, failure)
    size = len(script) // 2
    while size >= 1 and time.monotonic() < until:
        shorter = next(_failing(found[0], size, seed, until, played), None)
        if shorter is None:
            size //= 2
        else:
            found = shorter
            size = min(size, max(1, len(found[0]) // 2))
    return found


def _failing(script: Script, size: int, seed: int, until: float, played: Play) -> Iterator[tuple[Script, Failure]]:
    """Yields what fails of the script without `size` of its steps, from the end on."""
    for start in range(len(script) - size, -1, -size):
        if time.monotonic() > until:
            return
        shorter = (*script[:start], *script[start + size :])
        failure = played(shorter, seed)
        if failure is not None:
            yield shorter[: failure.number + 1], failure
