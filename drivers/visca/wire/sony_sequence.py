"""Tells new messages of a controller from repeated and overtaken ones, by Sony's sequence numbers.

A controller that gets no reply repeats its message with the same number, and it must not be executed twice: a relative
move would go twice as far. Datagrams may also overtake each other, and a drive that arrives after its stop must not
start the camera. Many controllers do not count, though, and must be obeyed:

- one that uses a number again for a different message;
- one that has never used but number 0 and uses it again: a controller that counts does not begin like that;
- one that has never used but one number and repeats a relative move, which says "again" rather than "did you hear";
- one that has never used but one number and sends the same message a third time: nobody who counts begins like that.
Such a controller counts from its next RESET on, as far as we believe.
"""

from collections import deque
from enum import Enum, auto

from drivers.visca.wire.commands import PanTiltRelative, PanTiltRelativeLong
from drivers.visca.wire.layout import decode
from drivers.visca.wire.sony_packet import SEQUENCES

WINDOW = 2.0
"""Seconds in which a message is repeated or overtaken; the same number later comes from a controller that restarted."""
REMEMBERED = 8
"""Messages that may be repeated, or be overtaken by later ones."""


class Order(Enum):
    """How a message relates to those before it."""

    NEW = auto()
    REPEATED = auto()
    OVERTAKEN = auto()


class Sequence:
    """The numbers of one controller."""

    def __init__(self) -> None:
        self._recent: deque[tuple[int, bytes]] = deque(maxlen=REMEMBERED)
        self._heard_at = 0.0
        self._counts = True
        self._last_number: int | None = None  # of a new message; unlike those in `_recent`, it outlives a pause
        self._numbers_used = 0
        self._repeated = 0

    def reset(self) -> None:
        """Forgets what was received: the controller begins to count again."""
        self._recent.clear()
        self._counts = True
        self._last_number = None
        self._numbers_used = self._repeated = 0

    def place(self, number: int, payload: bytes, now: float) -> Order:
        """Returns where a message that came at `now` (seconds) stands; a new one is remembered."""
        if now - self._heard_at > WINDOW:
            self._recent.clear()
        self._heard_at = now
        self._counts = self._counts and not self._shows_no_count(number, payload)
        order = self._order(number, payload) if self._counts and self._recent else Order.NEW
        if order is Order.NEW:
            self._numbers_used += number != self._last_number
            self._last_number = number
            self._recent.append((number, payload))
        self._repeated = self._repeated + 1 if order is Order.REPEATED else 0
        return order

    def _shows_no_count(self, number: int, payload: bytes) -> bool:
        before = [earlier for used, earlier in self._recent if used == number]
        if not before:
            return False
        again = number == 0 or _is_relative(payload) or self._repeated > 0
        return payload not in before or (again and self._numbers_used <= 1)

    def _order(self, number: int, payload: bytes) -> Order:
        if (number, payload) in self._recent:
            return Order.REPEATED
        behind = (self._recent[-1][0] - number) % SEQUENCES
        return Order.OVERTAKEN if 0 < behind <= REMEMBERED else Order.NEW


def _is_relative(payload: bytes) -> bool:
    return any(decode(payload[1:-1], kind) is not None for kind in (PanTiltRelative, PanTiltRelativeLong))
