"""A reader of badges or codes, and the room."""

from collections.abc import Callable

import trio

from appliance.room.inputs import Input, Scanned
from drivers.keypad.keypad import Keypad
from drivers.keypad.lines import Lines
from drivers.keypad.reader import KeyEvent


class ReaderService:
    """Tells the room what the reader called `name` has read, a line at a time. It is not logged: it may open doors."""

    def __init__(self, name: str, keyboard: Keypad, put: Callable[[Input], None]) -> None:
        self._name = name
        self._keyboard = keyboard
        self._put = put
        self._lines = Lines()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled; raises `DeviceError` when the reader is not there or goes away."""
        self._lines = Lines()
        await self._keyboard.run(self._heard, task_status=task_status)

    def _heard(self, event: KeyEvent) -> None:
        line = self._lines.key(event, trio.current_time())
        if line is not None:
            self._put(Scanned(self._name, line))
