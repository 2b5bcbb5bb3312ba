"""Argon2id (RFC 9106) of a password, which takes time and memory on purpose: in a thread, one at a time.

`COST` is what a Raspberry Pi 3 bears beside a call: RFC 9106 asks for 64 MiB where memory is scarce, but the service
may have 256 MiB in all, and a log-in must not take seconds.
"""

from collections.abc import Callable
from typing import Final, TypeVar

import msgspec
import trio

WAITING: Final = 4  # that wait for their turn; whoever comes then is told to come later
LONGEST: Final = 200  # characters of a password
T = TypeVar("T")


class Cost(msgspec.Struct, frozen=True):
    """What a digest costs: KiB of memory, and how often they are gone through."""

    memory: int = 32 * 1024
    passes: int = 2


COST: Final = Cost()


class Hasher:
    """Makes digests and compares with them."""

    def __init__(self, cost: Cost = COST) -> None:
        self._cost = cost
        self._one = trio.CapacityLimiter(1)
        self._there = 0

    @property
    def is_busy(self) -> bool:
        """Whether so many wait that whoever comes now has to come later."""
        return self._there > WAITING

    async def digest(self, password: str) -> str:
        """Returns what is kept of a password."""
        return await self._alone(self._digest, password)

    async def fits(self, kept: str, password: str) -> bool:
        """Returns whether a password is the one of which this is kept."""
        return await self._alone(self._fits, kept, password)

    def _digest(self, password: str) -> str:
        """Blocks."""
        from argon2 import PasswordHasher  # noqa: PLC0415  # loads a library of C, here beside the loop

        hasher = PasswordHasher(time_cost=self._cost.passes, memory_cost=self._cost.memory, parallelism=1)
        return hasher.hash(password)

    @staticmethod
    def _fits(kept: str, password: str) -> bool:
        """Blocks."""
        from argon2 import PasswordHasher  # noqa: PLC0415  # as above
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  # as above

        try:
            return PasswordHasher().verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _alone(self, do: Callable[..., T], *args: str) -> T:
        self._there += 1
        try:
            return await trio.to_thread.run_sync(do, *args, limiter=self._one)
        finally:
            self._there -= 1
