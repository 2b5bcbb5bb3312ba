"""A value that is followed: whoever waits gets the latest, nothing queues behind somebody slow."""

from typing import Generic, TypeVar

import trio

T = TypeVar("T")


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
        """Takes a value and lets the followers sleep until `wake`, or until the next value wakes them."""
        self._value = value

    def wake(self) -> None:
        """Lets every follower look; who has seen the latest value goes on waiting."""
        self._waiting.unpark_all()

    async def newer_than(self, seen: T | None) -> T:
        """The latest value, as soon as it is another than `seen`."""
        while self._value is seen:
            await self._waiting.park()
        return self._value
