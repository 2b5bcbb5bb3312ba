"""A value that is followed: whoever waits gets the latest, nothing queues behind somebody slow."""

from collections.abc import Callable
from typing import Generic, Never, TypeVar

import trio

T = TypeVar("T")

SOONEST = 0.02  # seconds to the next look at least: a moment just before a change must not make anybody spin


class Followed(Generic[T]):
    """Holds one immutable value and wakes its followers when another takes its place.

    Compared by identity, so that setting an unchanged state costs nothing and wakes nobody.
    """

    def __init__(self, value: T) -> None:
        self._value = value
        self._waiting = trio.lowlevel.ParkingLot()

    @property
    def value(self) -> T:
        """The latest value."""
        return self._value

    @value.setter
    def value(self, value: T) -> None:
        if value is not self._value:
            self._value = value
            self.wake()

    def hold_back(self, value: T) -> None:
        """Sets a value without waking followers; they sleep until `wake`, or until the next value wakes them."""
        self._value = value

    def wake(self) -> None:
        """Wakes every follower; those that have seen the latest value go on waiting."""
        self._waiting.unpark_all()

    async def newer_than(self, seen: T | None) -> T:
        """Returns the latest value as soon as it is not `seen`; values between the two are skipped."""
        while self._value is seen:
            await self._waiting.park()
        return self._value


async def follow(followed: Followed[T], look: Callable[[T, float], float]) -> Never:
    """Calls `look` with the value and the time (monotonic seconds): now, at every newer value, and when it asks to.

    `look` returns the time at which to look again though nothing has changed, infinite for never.
    """
    while True:
        seen, now = followed.value, trio.current_time()
        look_at = max(look(seen, now), now + SOONEST)
        if followed.value is not seen:
            await trio.lowlevel.checkpoint()  # what `look` itself has changed must not hold up the others
        with trio.move_on_at(look_at):
            await followed.newer_than(seen)
