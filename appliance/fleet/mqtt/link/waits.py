"""How long to wait before connecting, so that the rooms of a fleet do not all come at once.

A power cut ends at one moment for a thousand boxes, and a broker that restarts loses all of them at one moment. A
broker takes some 150 rooms a second, each with TLS and all that it has to say (measured: 230 to 430 with mosquitto on
one core). So already the first wait is spread over rooms / 150 seconds, evenly; and while nothing helps the window
doubles, up to `LONGEST` seconds or the window itself where that is longer.
"""

import random
from typing import Final

import msgspec

PER_SECOND: Final = 150  # rooms
LONGEST: Final = 60.0  # seconds
SHORTEST: Final = 0.5  # seconds: of a small fleet, whose broker may just as well be restarting


class Waits(msgspec.Struct):
    """Waits of one room, in seconds."""

    rooms: int
    tries: int = 0

    @property
    def window(self) -> float:
        """Over which the first wait is spread."""
        return max(SHORTEST, self.rooms / PER_SECOND)

    def next(self, rng: random.Random) -> float:
        """Returns the next wait: anywhere in the window first, then in the upper half of one that doubles."""
        ceiling = min(max(LONGEST, self.window), self.window * 2.0 ** min(self.tries, 32))
        least = 0.5 if self.tries else 0.0
        self.tries += 1
        return ceiling * rng.uniform(least, 1.0)

    def reset(self) -> None:
        """Begins again: the connection has lasted."""
        self.tries = 0

    def give_up_early(self) -> None:
        """Goes to the longest wait: the broker has refused, and will again until somebody changes something."""
        self.tries = 32
