"""A USB keypad and the room."""

from collections.abc import Callable

import trio

from appliance.room.inputs import Input, Key
from drivers.keypad.keypad import Keypad
from drivers.keypad.reader import KeyEvent


class KeypadService:
    """Tells the room which keys are pressed."""

    def __init__(self, keypad: Keypad, put: Callable[[Input], None]) -> None:
        self._keypad = keypad
        self._put = put

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled; raises `DeviceError` when the keypad is not there or goes away."""
        await self._keypad.run(self._heard, task_status=task_status)

    def _heard(self, event: KeyEvent) -> None:
        if event.down:
            self._put(Key(event.symbol))
