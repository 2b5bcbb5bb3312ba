"""How long to wait before the next retry."""

import random

import msgspec


class Backoff(msgspec.Struct):
    """Exponential back-off with jitter: each wait is between half and all of a ceiling that doubles (seconds)."""

    first: float = 0.5
    longest: float = 30.0
    tries: int = 0

    def next(self, rng: random.Random) -> float:
        """Returns the next wait in seconds."""
        ceiling = min(self.longest, self.first * 2.0 ** min(self.tries, 32))
        self.tries += 1
        return ceiling * rng.uniform(0.5, 1.0)

    def reset(self) -> None:
        """Starts again from the first wait."""
        self.tries = 0
