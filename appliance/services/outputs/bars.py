"""A bar of addressable LEDs follows the room."""

from collections.abc import Iterator
from contextlib import contextmanager

import trio

from appliance.room.state import RoomState
from appliance.runtime.followed import Followed, follow
from appliance.services.outputs.signs import Sign
from drivers.outputs.bars.bar import Bar
from drivers.outputs.patterns import Pattern


class BarService:
    """Shows on a bar what its sign says."""

    def __init__(self, bar: Bar, sign: Sign, room: Followed[RoomState]) -> None:
        self._bar = bar
        self._sign = sign
        self._room = room
        self._is_tried = False

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Has the bar until cancelled, then leaves it dark; raises `DeviceError`."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(follow, self._room, self._show)
            await self._bar.run(task_status=task_status)

    @contextmanager
    def tried(self, pattern: Pattern, colour: str) -> Iterator[None]:
        """Shows this instead of the room, for as long as it lasts. Raises `ValueError`: that is no colour."""
        self._bar.set(pattern, colour, night=self._room.value.night)
        self._is_tried = True
        try:
            yield
        finally:
            self._is_tried = False
            self._show(self._room.value, trio.current_time())

    async def written(self) -> None:
        """Waits until the bar has been sent what it is to show."""
        await self._bar.written()

    def _show(self, state: RoomState, now: float) -> float:
        """Sets the bar; returns when to look again."""
        shown = self._sign.look(state, now)
        if not self._is_tried:
            self._bar.set(*shown.what, night=state.night)
        return shown.until
