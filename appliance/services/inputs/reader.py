"""Connects a reader of badges or codes to the room."""

from collections.abc import Callable

import structlog
import trio

from appliance.room.inputs import Input, Misread, Scanned
from drivers.keypad.key_events import KeyEvent
from drivers.keypad.keypad import Keypad
from drivers.keypad.reader.alt_codes import AltCodes
from drivers.keypad.reader.lines import Lines, Refused

log = structlog.get_logger()


class ReaderService:
    """Reports each line that the reader called `name` has read to the room. It is never logged: it may open a door."""

    def __init__(
        self, name: str, keyboard: Keypad, put: Callable[[Input], None], alt_codes: AltCodes = "ascii"
    ) -> None:
        self._name = name
        self._keyboard = keyboard
        self._put = put
        self._alt_codes = alt_codes
        self._lines = Lines(alt_codes)

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled. Raises DeviceError: when the reader is not there or goes away."""
        self._lines = Lines(self._alt_codes)
        await self._keyboard.run(self._heard, task_status=task_status)

    def _heard(self, event: KeyEvent) -> None:
        line = self._lines.key(event, trio.current_time())
        if isinstance(line, Refused):
            log.warning("reader_line_refused", reader=self._name, why=line.why)
            self._put(Misread(self._name))
        elif line is not None:
            self._put(Scanned(self._name, line))
