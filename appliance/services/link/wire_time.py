"""How long a press takes to the wire: from when it is heard until the kernel has its first command.

Usually that is one call (`Controller.put`). Where the socket takes nothing, an order waits in the outbox, may be
displaced there and never be sent; so what has begun is kept here with a limit, and nobody has to take it back.
"""

from collections.abc import Callable
from typing import Protocol

from appliance.room.inputs import Input
from appliance.room.respond import Order
from appliance.services.link.outbox import LONGEST


class Observer(Protocol):
    """Hears what becomes of inputs. Each method returns at once."""

    def heard(self, given: Input) -> None:
        """Takes an input, once what it asks for is on its way."""

    def sent(self, seconds: float) -> None:
        """Takes how long the first command of a press took to the kernel."""

    def lost(self, queue: str) -> None:
        """Hears that a queue was full."""

    def came_to_nothing(self, reason: str) -> None:
        """Hears that a command failed: `refused`, `no_answer`, `link_lost` or `busy`."""


class WireTime:
    """Times orders; `tell` gets the seconds of each that is sent."""

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell = tell
        self._begun: dict[int, tuple[Order, float]] = {}  # with the order itself, so that no other gets its id

    def begins(self, order: Order, now: float) -> None:
        """Notes that a press has given an order; `now` in monotonic seconds."""
        if len(self._begun) >= LONGEST:
            del self._begun[next(iter(self._begun))]
        self._begun[id(order)] = order, now

    def is_sent(self, order: Order, now: float) -> None:
        """Tells how long it took, if a press has given it."""
        if (begun := self._begun.pop(id(order), None)) is not None:
            self._tell(now - begun[1])

    def forget(self) -> None:
        """Forgets all of them: they belong to a session that is over."""
        self._begun.clear()
