"""Lamps and lights on GPIO pins follow the room."""

import math
from collections.abc import Callable, Mapping
from typing import Final

import trio

from appliance.room.state import RoomState
from appliance.runtime.followed import Followed, follow
from appliance.services.signs import Sign
from drivers.gpio.config import LampConfig
from drivers.gpio.lamps import Lamps
from drivers.gpio.pins import Factory
from drivers.outputs.config import LightConfig
from drivers.outputs.patterns import BLINK_FAST

TRIAL: Final = 5.0  # seconds


class LampService:
    """Shows on each lamp and light what it stands for; `signs` says what that is.

    `run` is one service for all, so that they blink in step; `light` is one for each, so that a pin costs no other.
    """

    def __init__(
        self,
        configs: Mapping[str, LampConfig | LightConfig],
        signs: Mapping[str, Sign],
        factory: Callable[[], Factory],
        room: Followed[RoomState],
    ) -> None:
        self._lamps = Lamps(configs)
        self._signs = signs
        self._factory = factory
        self._room = room
        self._trying: dict[str, float] = {}  # until when each lamp blinks whatever the room is
        self._tried = trio.Event()

    def become(self, configs: Mapping[str, LampConfig | LightConfig], signs: Mapping[str, Sign]) -> None:
        """Knows these lamps and signs from now on; `run` is to begin again. Nobody has those that are not the same."""
        self._lamps.become(configs)
        self._signs = signs

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Follows the room until cancelled, for all lamps whose pins can be had."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(follow, self._room, self._show)
            nursery.start_soon(self._end_trials)
            await nursery.start(self._lamps.play)
            task_status.started()

    async def light(self, name: str, *, task_status: trio.TaskStatus[None]) -> None:
        """Has the pins of one lamp or light until cancelled, then leaves it off; raises `DeviceError`."""
        await self._lamps.own(name, self._factory(), task_status=task_status)

    def blink(self, name: str) -> bool:
        """Lets a lamp blink for `TRIAL` seconds, so that somebody finds it; returns whether its pin is ours."""
        if not self._lamps.has(name):
            return False
        self._trying[name] = trio.current_time() + TRIAL
        self._lamps.set(name, BLINK_FAST)
        self._tried.set()
        return True

    async def _end_trials(self) -> None:
        while True:
            self._tried = trio.Event()
            with trio.move_on_at(min(self._trying.values(), default=math.inf)):
                await self._tried.wait()
            now = trio.current_time()
            self._trying = {name: until for name, until in self._trying.items() if until > now}
            self._show(self._room.value, now)

    def _show(self, state: RoomState, now: float) -> float:
        """Sets every lamp; returns when to look again."""
        shown = {name: sign.look(state, now) for name, sign in self._signs.items()}
        for name, look in shown.items():
            if name not in self._trying:
                self._lamps.set(name, *look.what)
        return min((look.until for look in shown.values()), default=math.inf)
