"""What is counted while days go by: rounds of the event loop, and what is logged at the level of a room."""

from typing import NoReturn

import structlog
import trio
from structlog.typing import EventDict, WrappedLogger

from appliance.runtime import logs


class Rounds(trio.abc.Instrument):
    """Counts rounds of the event loop: each is a wake-up, or work that is left from one."""

    def __init__(self) -> None:
        self.count = 0

    def after_io_wait(self, timeout: float) -> None:
        """Counts one."""
        self.count += 1


class Lines:
    """Counts what is logged, as a room logs it: at `info`, and sparing what repeats itself."""

    def __init__(self) -> None:
        self.count = 0
        self.length = 0

    def listen(self) -> None:
        """Sets logging up for the process; nothing is printed."""
        logs.configure(environ={}, clock=trio.current_time)
        processors = [each for each in structlog.get_config()["processors"] if not _is_rendering(each)]
        structlog.configure(processors=[*processors, self._count])

    def taken(self) -> tuple[int, int]:
        """Returns lines and characters since it was last asked."""
        taken = self.count, self.length
        self.count = self.length = 0
        return taken

    def _count(self, _logger: WrappedLogger, _method: str, event: EventDict) -> NoReturn:
        self.count += 1
        self.length += sum(len(str(name)) + len(str(value)) + 2 for name, value in event.items())
        raise structlog.DropEvent


def _is_rendering(processor: object) -> bool:
    return isinstance(processor, structlog.processors.TimeStamper | structlog.dev.ConsoleRenderer)
