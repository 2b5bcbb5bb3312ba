"""A bar of addressable LEDs follows the room."""

import trio

from appliance.room.state import RoomState
from appliance.runtime.followed import Followed, follow
from appliance.services.signs import Sign
from drivers.outputs.bars.bar import Bar


class BarService:
    """Shows on a bar what its sign says."""

    def __init__(self, bar: Bar, sign: Sign, room: Followed[RoomState]) -> None:
        self._bar = bar
        self._sign = sign
        self._room = room

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Has the bar until cancelled, then leaves it dark; raises `DeviceError`."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(follow, self._room, self._show)
            await self._bar.run(task_status=task_status)

    def _show(self, state: RoomState, now: float) -> float:
        """Sets the bar; returns when to look again."""
        shown = self._sign.look(state, now)
        self._bar.set(*shown.what, night=state.night)
        return shown.until
