"""Lamps and lights on GPIO pins follow the room."""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import trio

from appliance.room.state import RoomState
from appliance.runtime.followed import Followed, follow
from appliance.services.outputs.signs import Sign
from drivers.errors import DeviceLost
from drivers.gpio.config import LampConfig
from drivers.gpio.lamps import Lamps
from drivers.gpio.pins import Factory
from drivers.outputs.config import LightConfig
from drivers.outputs.patterns import Pattern


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
        self._tried = set[str]()  # those that show something else than the room

    def become(self, configs: Mapping[str, LampConfig | LightConfig], signs: Mapping[str, Sign]) -> None:
        """Knows these lamps and signs from now on; `run` is to begin again. Nobody has those that are not the same."""
        self._lamps.become(configs)
        self._signs = signs

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Follows the room until cancelled, for all lamps whose pins can be had."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(follow, self._room, self._show)
            await nursery.start(self._lamps.play)
            task_status.started()

    async def light(self, name: str, *, task_status: trio.TaskStatus[None]) -> None:
        """Has the pins of one lamp or light until cancelled, then leaves it off; raises `DeviceError`."""
        await self._lamps.own(name, self._factory(), task_status=task_status)

    @contextmanager
    def tried(self, name: str, pattern: Pattern, colour: str) -> Iterator[None]:
        """Shows this on a lamp or light instead of the room, for as long as it lasts.

        Raises `DeviceLost`: its pins are not ours. `ValueError`: that is no colour.
        """
        if not self._lamps.has(name):
            raise DeviceLost(f"{name!r} has no pin")
        self._tried.add(name)
        self._lamps.set(name, pattern, colour)
        try:
            yield
        finally:
            self._tried.discard(name)
            self._show(self._room.value, trio.current_time())

    async def written(self, name: str) -> None:
        """Waits until the pins of a lamp or light have what it is to show. Raises `DeviceLost`."""
        await self._lamps.written(name)

    def _show(self, state: RoomState, now: float) -> float:
        """Sets every lamp; returns when to look again."""
        shown = {name: sign.look(state, now) for name, sign in self._signs.items()}
        for name, look in shown.items():
            if name not in self._tried:
                self._lamps.set(name, *look.what)
        return min((look.until for look in shown.values()), default=math.inf)
