"""Inputs as programs hear of them: noted while a press is on its way to the wire, and told afterwards.

Whoever listens must not make a press slower, so that nothing happens in `heard` but a look at its type and a place in a
bounded queue. What does not fit is left out: a listener that slow has lost the room anyway.
"""

from collections import deque
from collections.abc import Collection
from typing import Final

import trio

from appliance.room.inputs import Doubled, Held, Input, Pressed, Released
from appliance.services.link.wire_time import Observer

FINGERS: Final[frozenset[type[Input]]] = frozenset({Pressed, Held, Doubled, Released})
"""What people do to buttons."""

MOST: Final = 64  # inputs; nobody presses that many buttons before the loop comes round


class Listening:
    """An `Observer` that passes on what it hears to `beside`, and keeps inputs of some types for one listener."""

    def __init__(self, types: Collection[type[Input]], beside: Observer | None) -> None:
        self._types = frozenset(types)
        self._beside = beside
        self._heard: deque[Input] = deque(maxlen=MOST)
        self._waiting = trio.lowlevel.ParkingLot()

    async def next(self) -> Input:
        """Returns the next input, as soon as there is one."""
        while not self._heard:
            await self._waiting.park()
        return self._heard.popleft()

    def heard(self, given: Input) -> None:
        """Takes an input, before anything is done about it."""
        if self._beside is not None:
            self._beside.heard(given)
        if type(given) in self._types:
            self._heard.append(given)
            self._waiting.unpark_all()

    def sent(self, seconds: float) -> None:
        """Takes how long the first command of a press took to the kernel."""
        if self._beside is not None:
            self._beside.sent(seconds)

    def lost(self, queue: str) -> None:
        """Hears that a queue was full."""
        if self._beside is not None:
            self._beside.lost(queue)

    def came_to_nothing(self, reason: str) -> None:
        """Hears that a command failed."""
        if self._beside is not None:
            self._beside.came_to_nothing(reason)
