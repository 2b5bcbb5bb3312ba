"""Lamps on GPIO pins follow the room."""

from collections.abc import Callable, Mapping

import trio

from appliance.room.show.indicators import Indicator, pattern
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed
from drivers.gpio.config import LampConfig
from drivers.gpio.lamps import Lamps, Pattern
from drivers.gpio.pins import Factory


class LampService:
    """Shows on each lamp what it stands for; `shows` says which indicator each lamp is."""

    def __init__(
        self,
        configs: Mapping[str, LampConfig],
        shows: Mapping[str, Indicator],
        factory: Callable[[], Factory],
        room: Followed[RoomState],
    ) -> None:
        self._configs = configs
        self._shows = shows
        self._factory = factory
        self._room = room

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Follows the room until cancelled, then leaves every lamp off; raises `DeviceError`."""
        lamps = Lamps(self._configs, self._factory())
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._follow, lamps)
            await nursery.start(lamps.run)
            task_status.started()

    async def _follow(self, lamps: Lamps) -> None:
        state = None
        while True:
            state = await self._room.newer_than(state)
            for name, indicator in self._shows.items():
                lamps.set(name, Pattern[pattern(indicator, state).name])
