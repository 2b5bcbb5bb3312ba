"""The last lines of the log, in memory: for a page that shows them, and for whoever is sent them.

The log is the process's, so these lines are too: there is one `Recent`, and `logs.configure` puts it among structlog's
processors. What the log leaves out because it repeats itself is left out here as well. Lines come from any thread, so
`told` is called in any; it is set while somebody follows, and must return at once.

Nothing secret is logged in the first place. Should a field be called as secrets are, its value is left out here again.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

import msgspec
import structlog
from structlog.typing import EventDict, WrappedLogger

KEPT: Final = 1000  # lines
LONGEST: Final = 600  # characters of a line; of a trace its end, which says what it was
LEVELS: Final = ("debug", "info", "warning", "error", "critical")
_SECRET: Final = ("password", "passphrase", "secret", "token", "psk", "cookie", "authorization", "credential")
_OWN: Final = frozenset({"event", "level", "timestamp", "exception", "exc_info"})


class Line(msgspec.Struct, frozen=True):
    """A line. `number`: they grow by one; `at`: Unix seconds; `level`: of `LEVELS`; `text`: the fields, `KEY=VALUE`."""

    number: int
    at: float
    level: str
    event: str
    text: str


class Wanted(msgspec.Struct, frozen=True):
    """Which lines somebody wants: from a level on, with these parts in the event's name and anywhere in the line."""

    level: str = "debug"
    event: str = ""
    text: str = ""

    def has(self, line: Line) -> bool:
        """Returns whether a line is wanted."""
        if _rank(line.level) < _rank(self.level) or self.event not in line.event:
            return False
        return not self.text or self.text.casefold() in f"{line.event} {line.text}".casefold()


class Recent:
    """The last lines; itself one of structlog's processors, which changes nothing."""

    def __init__(self, kept: int = KEPT, now: Callable[[], float] = time.time) -> None:
        self.told: Callable[[], None] | None = None
        self._lines: deque[Line] = deque(maxlen=kept)
        self._number = 0
        self._now = now
        self._lock = threading.Lock()

    @property
    def last(self) -> int:
        """The number of the last line; 0 before the first."""
        return self._number

    def __call__(self, logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        """Takes a line."""
        level, name, text = str(event.get("level", "info")), str(event.get("event", "")), _text(logger, method, event)
        with self._lock:
            self._number += 1
            self._lines.append(Line(self._number, self._now(), level, name[:LONGEST], text))
        if (told := self.told) is not None:
            told()
        return event

    def after(self, number: int, most: int = KEPT, wanted: Wanted = Wanted()) -> tuple[list[Line], int]:  # noqa: B008  # frozen
        """Returns the wanted lines after a number, the oldest first: the last `most` of them, and how many more."""
        found = [line for line in self._snapshot() if line.number > number and wanted.has(line)]
        return found[-most:] if most else [], max(0, len(found) - most)

    def _snapshot(self) -> tuple[Line, ...]:
        with self._lock:
            return tuple(self._lines)


def _text(logger: WrappedLogger, method: str, event: EventDict) -> str:
    """Returns the fields, and in the end what was raised."""
    text = " ".join(_fields(event))[:LONGEST]
    if not event.get("exc_info"):
        return text
    trace = str(structlog.processors.format_exc_info(logger, method, dict(event)).get("exception", ""))
    return f"{text} {' | '.join(line.strip() for line in trace.splitlines())[-LONGEST:]}".strip()


def _fields(event: EventDict) -> Iterator[str]:
    for key, value in event.items():
        if key not in _OWN and value is not None:
            hidden = any(word in key.lower() for word in _SECRET)
            yield f"{key}={'…' if hidden else str(value)[:LONGEST]}"


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else 1
