"""Wrong credentials by the address that they came from: who has guessed too often has to wait."""

from collections import deque
from collections.abc import Callable
from typing import Final

import structlog

from appliance.runtime.rarely import Rarely
from appliance.runtime.web.places import network_of

log = structlog.get_logger()

MOST: Final = 10
"""Wrong credentials of one address within `WITHIN` seconds: a person mistypes a few times, a program guesses on."""
WITHIN: Final = 60.0  # seconds; as long as that nobody at the address is let in after so many
REMEMBERED: Final = 1000  # addresses; the one that has been quiet longest is forgotten first


class Guesses:
    """The wrong guesses of the last minute. An address is an IPv4 address, or an IPv6 network of 64 bits."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: monotonic seconds."""
        self._now = now
        self._wrong: dict[str, deque[float]] = {}  # the quietest first
        self._log = Rarely()

    def wrong(self, host: str) -> None:
        """Notes that somebody at an address has shown what nobody has."""
        network = network_of(host)
        times = self._wrong.pop(network, None) or deque(maxlen=MOST)
        times.append(self._now())
        self._wrong[network] = times
        while len(self._wrong) > REMEMBERED:
            del self._wrong[next(iter(self._wrong))]
        event = "programs_locked_out" if self.too_many(host) else "program_wrong_credentials"
        if (more := self._log.kept_back(event, self._now())) is not None:
            log.warning(event, where=host, more=more)

    def too_many(self, host: str) -> bool:
        """Whether nobody at an address is let in now, whatever they show."""
        times = self._wrong.get(network_of(host))
        return times is not None and len(times) == MOST and self._now() - times[0] < WITHIN
