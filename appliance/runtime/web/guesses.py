"""Wrong guesses of passwords and tokens: whoever was wrong too often has to wait.

One counter for all that let somebody in by a secret; what each counts, and what that costs, says a `Limit`. A mistake
is forgiven after a while. The limit's `free`-th mistake that is not forgiven costs a pause, and each further one a
pause twice as long, up to the longest. There may be a second limit, for all addresses together, so that many addresses
guess no faster than few.

Whoever takes time to compare counts a try as wrong from its beginning until it has proven right (`begin`, then
`right`), so that many at once are no way around this. Addresses from which somebody was right before, and the box
itself (which is where a tunnel of SSH ends), do not wait for all others.
"""

from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

from appliance.runtime.web.places import is_loopback, network_of

REMEMBERED: Final = 1000  # addresses that were wrong; the one that has been quiet longest is forgotten first
KNOWN: Final = 16  # addresses that were right


class Limit(NamedTuple):
    """`free`: the mistake that costs the first pause. All else in seconds: a mistake is forgiven after `within`."""

    free: int
    first: float
    longest: float
    within: float


class Guesses:
    """What was wrong so far. An address is an IPv4 address, or an IPv6 network of 64 bits."""

    def __init__(self, now: Callable[[], float], each: Limit, together: Limit | None = None) -> None:
        """`now`: monotonic seconds. `each`: of one address; `together`: of all, None where these are not counted."""
        self.now = now
        self._each = each
        self._wrong: dict[str, _Wrong] = {}  # the quietest first
        self._together = None if together is None else _Wrong(together)
        self._known: dict[str, None] = {}  # the one that was right least lately first

    def wait(self, host: str) -> float:
        """Returns for how many seconds nobody at an address may try; 0: they may."""
        network, now = network_of(host), self.now()
        own = self._wrong[network].until if network in self._wrong else 0.0
        spared = network in self._known or is_loopback(host)
        together = 0.0 if spared or self._together is None else self._together.until
        return max(0.0, own - now, together - now)

    def begin(self, host: str) -> None:
        """Counts a try as wrong."""
        network, now = network_of(host), self.now()
        wrong = self._wrong.pop(network, None) or _Wrong(self._each)
        self._wrong[network] = wrong
        wrong.count(now)
        if self._together is not None:
            self._together.count(now)
        while len(self._wrong) > REMEMBERED:
            del self._wrong[next(iter(self._wrong))]

    def right(self, host: str) -> None:
        """Takes back what was counted of an address: somebody there knows the secret."""
        network = network_of(host)
        self._wrong.pop(network, None)
        if self._together is not None:
            self._together.take_back()
        self._known.pop(network, None)
        self._known[network] = None
        while len(self._known) > KNOWN:
            del self._known[next(iter(self._known))]

    def forget(self) -> None:
        """Ends every pause."""
        self._wrong.clear()
        if self._together is not None:
            self._together.forget()


class _Wrong:
    """How often somebody was wrong, and until when they have to wait."""

    def __init__(self, limit: Limit) -> None:
        self.until = 0.0
        self._limit = limit
        self._times = deque[float](maxlen=limit.free)  # of the last mistakes
        self._pauses = 0  # that were longer each time

    def count(self, now: float) -> None:
        """Counts one."""
        while self._times and now >= self._times[0] + self._limit.within:
            self._times.popleft()
        if len(self._times) < self._limit.free:
            self._pauses = 0
        self._times.append(now)
        if len(self._times) == self._limit.free:
            self.until = now + min(self._limit.first * 2 ** min(self._pauses, 32), self._limit.longest)
            self._pauses += 1

    def take_back(self) -> None:
        """Counts one less: it was right."""
        self._pauses = max(0, self._pauses - 1)
        if not self._pauses:
            if self._times:
                self._times.pop()
            self.until = 0.0

    def forget(self) -> None:
        """Counts from none."""
        self._times.clear()
        self._pauses = 0
        self.until = 0.0
