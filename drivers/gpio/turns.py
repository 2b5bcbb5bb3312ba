"""Turns of a rotary encoder that wait to be taken, without those that a bouncing contact takes back. No I/O."""

import math
from typing import Final

from drivers.gpio.quadrature import Contact, Quadrature

MOST_WAITING: Final = 50
"""Detents of one encoder that the event loop may be behind; nobody means more than that at once."""

DETENT_AT_EVERY_EDGE: Final = 4
"""Detents of a cycle at which a contact that bounces would be turns there and back."""

BOUNCE: Final = 0.005
"""Seconds for which a contact bounces, by the data sheets of common encoders: a turn that is undone within this time
is none where there is a detent at every edge. With fewer detents bounces count nothing, and nothing waits."""


class Turns:
    """The turns of one encoder whose contacts are `a` and `b` (closed or open) at first. It has no lock of its own."""

    def __init__(self, detents_per_cycle: int, *, a: bool, b: bool) -> None:
        self._knob = Quadrature(detents_per_cycle=detents_per_cycle, a=a, b=b)
        self._bounces = detents_per_cycle == DETENT_AT_EVERY_EDGE
        self._latest = -math.inf
        self._turns: list[bool] = []

    @property
    def settles(self) -> float:
        """Seconds for which turns may still be taken back by a contact that bounces."""
        return BOUNCE if self._bounces else 0.0

    def hear(self, contact: Contact, at: float, *, closed: bool) -> bool:
        """Takes an edge; returns whether there are turns to take."""
        detents = self._knob.edge(contact, at, closed=closed)
        may_take_back = self._bounces or at < self._latest  # late: what was decoded without it may be wrong
        self._latest = max(self._latest, at)
        for _ in range(abs(detents)):
            self._note(clockwise=detents > 0, may_take_back=may_take_back)
        return bool(self._turns)

    def take(self) -> list[bool]:
        """Returns whether each turn was clockwise, in sequence, and forgets them."""
        turns, self._turns = self._turns, []
        return turns

    def _note(self, *, clockwise: bool, may_take_back: bool) -> None:
        if may_take_back and self._turns and self._turns[-1] is not clockwise:
            self._turns.pop()
        elif len(self._turns) < MOST_WAITING:
            self._turns.append(clockwise)
