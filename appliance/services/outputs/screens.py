"""A display on a serial line and the room."""

from collections.abc import Callable

import trio

from appliance.language.text import Text
from appliance.room.intents.box import SwitchOutput
from appliance.room.local_events.base import LocalEvent
from appliance.room.local_events.outputs import OutputGone, OutputIs
from drivers.outputs.screens.screen import Screen


class ScreenService:
    """Switches a display, which takes seconds, and tells the room what it says of itself."""

    def __init__(
        self, name: str, screen: Screen, tell: Callable[[LocalEvent], None], notice: Callable[[Text], None]
    ) -> None:
        self._name = name
        self._screen = screen
        self._tell = tell
        self._notice = notice

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Has the line until cancelled; raises `DeviceError`."""
        try:
            self._hear(None)
            await self._screen.run(self._hear, task_status=task_status)
        finally:
            self._tell(OutputGone(f"screen {self._name}"))

    def switch(self, intent: SwitchOutput) -> None:
        """Passes on what is asked of it, and says so: nothing is seen of it for seconds."""
        self._screen.switch(on=intent.on)
        self._notice(Text("notice.screen_on" if intent.on else "notice.screen_off", name=self._name))

    def _hear(self, on: bool | None, *, silent: bool = False) -> None:  # noqa: FBT001  # as the driver has it
        self._tell(OutputIs(f"screen {self._name}", on))
        if silent:
            self._notice(Text("notice.screen_silent", name=self._name))
