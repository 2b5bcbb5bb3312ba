"""What has happened in the room lately, for every program that follows it: one short memory, whoever reads how slowly.

Each event has a place, counted from the start of the firmware. Who follows knows the last place that he has heard of,
and asks for what came after it. There is no queue of anybody's own: who is slower than `MOST` events finds that some
are gone, and is told how many.
"""

from collections import deque
from itertools import islice
from typing import Final

import trio

from appliance.room.happened import Event

MOST: Final = 256
"""Events: of a busy room those of some minutes, so that a program that was disconnected for a moment misses none."""


class Recent:
    """The last events, in their order. `place`: of the latest; 0 before the first."""

    def __init__(self, most: int = MOST) -> None:
        self.place = 0
        self._events: deque[Event] = deque(maxlen=most)
        self._waiting = trio.lowlevel.ParkingLot()

    def hear(self, event: Event) -> None:
        """Takes the next event."""
        self.place += 1
        self._events.append(event)
        self._waiting.unpark_all()

    def since(self, place: int) -> tuple[int, list[tuple[int, Event]]]:
        """Returns how many events behind a place are gone, and those that are not, each with its own."""
        oldest = self.place - len(self._events)
        start = max(place, oldest)
        events = islice(self._events, start - oldest, None)
        return start - place, list(enumerate(events, start + 1))

    async def newer_than(self, place: int) -> None:
        """Returns as soon as there is an event behind a place."""
        while self.place == place:
            await self._waiting.park()
