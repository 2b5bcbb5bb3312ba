"""Wrong passwords: whoever guesses has to wait, longer each time, and all that guess together have to wait too.

- One address (an IPv4 address, or an IPv6 network of 64 bits) may be wrong `FREE` times. After that each further try
  costs a pause, 30 s at first, twice as long each time, an hour at most.
- All addresses together may be wrong `FREE_TOGETHER` times. After that one try is let through in a pause of 5 s, which
  grows to a minute: many addresses guess no faster than 1,440 times a day.

A try counts as wrong from its beginning until it has proven right, so that many at once are no way around this. That
nobody shuts out the maintainer: addresses from which somebody has logged in before, and the box itself (which is where
a tunnel of SSH ends), do not wait for all others; and a new password, which takes somebody at the box or its root, ends
every pause.
"""

from collections.abc import Callable
from typing import Final

from appliance.runtime.web.places import is_loopback, network_of

FREE: Final = 5  # wrong ones of an address: a person mistypes, and tries the passwords that he knows
FIRST: Final = 30.0  # seconds
LONGEST: Final = 3600.0  # seconds
FREE_TOGETHER: Final = 20
FIRST_TOGETHER: Final = 5.0  # seconds
LONGEST_TOGETHER: Final = 60.0  # seconds
FORGOTTEN: Final = 24 * 3600.0  # seconds of quiet
REMEMBERED: Final = 1000  # addresses that were wrong; the one that has been quiet longest is forgotten first
KNOWN: Final = 16  # addresses that were right


class Guesses:
    """What was wrong so far. `now`: monotonic seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._wrong: dict[str, _Wrong] = {}  # the quietest first
        self._together = _Wrong(FREE_TOGETHER, FIRST_TOGETHER, LONGEST_TOGETHER)
        self._known: dict[str, None] = {}  # the one that was right least lately first

    def wait(self, host: str) -> float:
        """Returns for how many seconds nobody at an address may try; 0: they may."""
        network, now = network_of(host), self._now()
        own = self._wrong[network].until if network in self._wrong else 0.0
        together = 0.0 if network in self._known or is_loopback(host) else self._together.until
        return max(0.0, own - now, together - now)

    def begin(self, host: str) -> None:
        """Counts a try as wrong."""
        network, now = network_of(host), self._now()
        wrong = self._wrong.pop(network, None) or _Wrong(FREE, FIRST, LONGEST)
        self._wrong[network] = wrong
        wrong.count(now)
        self._together.count(now)
        while len(self._wrong) > REMEMBERED:
            del self._wrong[next(iter(self._wrong))]

    def right(self, host: str) -> None:
        """Takes back what was counted of an address: somebody there knows the password."""
        network = network_of(host)
        self._wrong.pop(network, None)
        self._together.take_back()
        self._known.pop(network, None)
        self._known[network] = None
        while len(self._known) > KNOWN:
            del self._known[next(iter(self._known))]

    def forget(self) -> None:
        """Ends every pause."""
        self._wrong.clear()
        self._together = _Wrong(FREE_TOGETHER, FIRST_TOGETHER, LONGEST_TOGETHER)


class _Wrong:
    """How often somebody was wrong, and until when they have to wait."""

    def __init__(self, free: int, first: float, longest: float) -> None:
        self.until = 0.0
        self._free, self._first, self._longest = free, first, longest
        self._count = 0
        self._last = 0.0

    def count(self, now: float) -> None:
        """Counts one."""
        if now >= self._last + FORGOTTEN:
            self._count = 0
        self._count, self._last = self._count + 1, now
        beyond = self._count - self._free
        if beyond >= 0:
            self.until = now + min(self._first * 2 ** min(beyond, 32), self._longest)

    def take_back(self) -> None:
        """Counts one less: it was right."""
        self._count = max(0, self._count - 1)
        if self._count < self._free:
            self.until = 0.0
