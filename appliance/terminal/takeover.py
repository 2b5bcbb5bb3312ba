"""What to do when another controller takes over: yield, or reclaim without ping-pong. It has no clock of its own."""

from typing import Literal

SOON = 600.0  # seconds: taken over again so soon after a reclaim, we wait twice as long
LONGEST = 3600.0  # seconds that we wait at most
WINDOW = 3600.0  # seconds in which
MOST = 3  # this many reclaims are enough: then a person decides


class Takeovers:
    """Decides after each takeover; times are monotonic seconds."""

    def __init__(self, policy: Literal["yield", "reclaim"], reclaim_after: float) -> None:
        self._policy = policy
        self._first = reclaim_after
        self._delay = reclaim_after
        self._reclaims: list[float] = []

    def taken(self, now: float) -> float | None:
        """Registers a takeover; returns the seconds to wait before we reclaim, None where a person decides."""
        self._reclaims = [at for at in self._reclaims if now - at < WINDOW]
        if self._policy == "yield" or len(self._reclaims) >= MOST:
            return None
        again = bool(self._reclaims) and now - self._reclaims[-1] < SOON
        self._delay = min(self._delay * 2, LONGEST) if again else self._first
        return self._delay

    def reclaimed(self, now: float) -> None:
        """Registers that we authorised again after a takeover, by ourselves or because a person asked."""
        self._reclaims.append(now)
