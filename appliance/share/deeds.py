"""What programs have done: the last of it, for the page, and each in the log."""

from collections import deque
from collections.abc import Callable
from typing import Final

import msgspec
import structlog

from appliance.runtime.rarely import Rarely

log = structlog.get_logger()

REMEMBERED: Final = 20


class Deed(msgspec.Struct, frozen=True):
    """What a program did: who, with which command, and when (monotonic seconds); `mute`: its parameter of this name."""

    who: str
    method: str
    at: float
    mute: bool | None = None


class Deeds:
    """Those that are remembered, the oldest first."""

    def __init__(self, did: Callable[[Deed], None]) -> None:
        """`did` hears of each that the terminal has accepted."""
        self._last: deque[Deed] = deque(maxlen=REMEMBERED)
        self._log = Rarely(every=10.0, burst=5)  # a program that moves a camera does so many times a second
        self._did = did

    @property
    def last(self) -> tuple[Deed, ...]:
        """The last ones."""
        return tuple(self._last)

    def sent(self, deed: Deed) -> None:
        """Notes what goes to the terminal."""
        self._last.append(deed)
        if (more := self._log.kept_back((deed.who, deed.method.lower()), deed.at)) is not None:
            log.info("program_command", program=deed.who, method=deed.method, more=more)

    def accepted(self, deed: Deed) -> None:
        """Tells that the terminal has accepted it."""
        self._did(deed)
