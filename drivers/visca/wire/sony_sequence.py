"""Tells new messages of a controller from repeated and overtaken ones, by Sony's sequence numbers."""

from collections import deque
from enum import Enum, auto

from drivers.visca.wire.sony_packet import SEQUENCES

WINDOW = 2.0
"""Seconds in which a message is repeated or overtaken; what comes again later comes from one that began anew."""
REMEMBERED = 8
"""Messages that may come again, or be overtaken by later ones."""


class Order(Enum):
    """How a message relates to those before it."""

    NEW = auto()
    REPEATED = auto()
    OVERTAKEN = auto()


class Sequence:
    """The numbers of one controller.

    One that sends another message with the number of the last does not count at all: everything it says is new.
    """

    def __init__(self) -> None:
        self._recent: deque[tuple[int, bytes]] = deque(maxlen=REMEMBERED)
        self._heard_at = 0.0
        self._counts = True

    def reset(self) -> None:
        """Forgets what was received: the controller begins to count again."""
        self._recent.clear()
        self._counts = True

    def place(self, number: int, payload: bytes, now: float) -> Order:
        """Returns where a message that came at `now` (seconds) stands; a new one is remembered."""
        if now - self._heard_at > WINDOW:
            self._recent.clear()
        self._heard_at = now
        if self._recent and self._recent[-1][0] == number and self._recent[-1][1] != payload:
            self._counts = False
        order = self._order(number, payload) if self._counts and self._recent else Order.NEW
        if order is Order.NEW:
            self._recent.append((number, payload))
        return order

    def _order(self, number: int, payload: bytes) -> Order:
        if (number, payload) in self._recent:
            return Order.REPEATED
        behind = (self._recent[-1][0] - number) % SEQUENCES
        return Order.OVERTAKEN if 0 < behind <= REMEMBERED else Order.NEW
