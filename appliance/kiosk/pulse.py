"""By when a page has to be heard of: a value, without a clock of its own."""

import math
from typing import Final

from appliance.kiosk.told import Told

FIRST: Final = 90.0  # seconds for a browser's first picture: a Pi that boots with a slow card takes half of that
PATIENCE: Final = 10.0  # seconds between two signs of life
RETURN: Final = 30.0  # seconds after the box came back: its page tries again every five, and loads itself anew


class Pulse:
    """Follows the signs of life of one browser's page. While the box is down nobody can hear it, and nothing is due."""

    def __init__(self, now: float) -> None:
        self._alive: int | None = None
        self._limit = now + FIRST
        self.due = self._limit

    def hear(self, told: Told | None, now: float) -> None:
        """Takes the latest word of the box."""
        if told is None:
            self._alive, self.due = None, math.inf
            return
        if self._alive is None:  # where it begins to count; after a restart it counts from nought
            self.due = max(self._limit, now + RETURN)
        elif told.alive != self._alive:
            self.due = now + PATIENCE
        self._alive = told.alive
