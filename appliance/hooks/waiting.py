"""The events of one hook that wait for their turn: in order, at most `MOST`, and none longer than `STALE`.

Where there are too many, the oldest goes: who hears late wants to know what is so now. Every event that the hook is to
be told of has a number, so that a gap shows; and what was left out since the receiver took a message last is counted,
and said in the next one.
"""

from collections import deque
from typing import Final

import msgspec

from appliance.room.happened import Event

MOST: Final = 64  # events: a busy room has as many in an hour
STALE: Final = 300.0  # seconds: a receiver that restarts is back by then, and what happened before is history


class Entry(msgspec.Struct, frozen=True):
    """An event, its number since the start of the service (from 1), and when it happened (monotonic seconds)."""

    event: Event
    number: int
    at: float

    @property
    def until(self) -> float:
        """When it is worth nothing any more (monotonic seconds)."""
        return self.at + STALE


class Waiting:
    """The queue; all times are monotonic seconds."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque()
        self._number = 0
        self.lost = 0
        """How many were left out since the receiver was told last."""

    def put(self, event: Event, now: float) -> None:
        """Adds an event; the oldest is left out where there is no room."""
        self._number += 1
        if len(self._entries) == MOST:
            self._entries.popleft()
            self.lost += 1
        self._entries.append(Entry(event, self._number, now))

    def next(self, now: float) -> Entry | None:
        """Takes out the oldest that is still worth something; None where there is none."""
        while self._entries:
            entry = self._entries.popleft()
            if now < entry.until:
                return entry
            self.lost += 1
        return None

    def taken(self, told: int) -> None:
        """Notes that the receiver has taken a message which said that `told` were lost."""
        self.lost -= told

    def given_up(self) -> None:
        """Notes that one that was taken out has not arrived."""
        self.lost += 1
