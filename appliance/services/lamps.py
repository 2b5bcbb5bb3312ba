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
    """Shows on each lamp what it stands for; `shows` says which indicator each lamp is.

    `run` is one service for all, so that they blink in step; `light` is one for each, so that a pin costs no other.
    """

    def __init__(
        self,
        configs: Mapping[str, LampConfig],
        shows: Mapping[str, Indicator],
        factory: Callable[[], Factory],
        room: Followed[RoomState],
    ) -> None:
        self._lamps = Lamps(configs)
        self._shows = shows
        self._factory = factory
        self._room = room

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Follows the room until cancelled, for all lamps whose pins can be had."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(follow, self._room, self._show)
            await nursery.start(self._lamps.play)
            task_status.started()

    async def light(self, name: str, *, task_status: trio.TaskStatus[None]) -> None:
        """Has the pin of one lamp until cancelled, then leaves it off; raises `DeviceError`."""
        await self._lamps.own(name, self._factory(), task_status=task_status)

    def _show(self, state: RoomState, now: float) -> float:
        """Sets every lamp; returns when to look again."""
        shown = {name: pattern(indicator, state, now) for name, indicator in self._shows.items()}
        for name, lamp in shown.items():
            self._lamps.set(name, Pattern[lamp.what.name])
        return min((lamp.until for lamp in shown.values()), default=math.inf)
