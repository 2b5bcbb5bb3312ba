"""Lamps on GPIO pins follow the room."""

import math
from collections.abc import Callable, Mapping

import trio

from appliance.room.show.indicators import Indicator, pattern
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed, follow
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
            nursery.start_soon(follow, self._room, lambda state, now: self._show(lamps, state, now))
            await nursery.start(lamps.run)
            task_status.started()

    def _show(self, lamps: Lamps, state: RoomState, now: float) -> float:
        """Sets every lamp; returns when to look again."""
        shown = {name: pattern(indicator, state, now) for name, indicator in self._shows.items()}
        for name, lamp in shown.items():
            lamps.set(name, Pattern[lamp.what.name])
        return min((lamp.until for lamp in shown.values()), default=math.inf)
