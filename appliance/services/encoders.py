"""Rotary encoders on GPIO pins and the room."""

from collections.abc import Callable, Mapping

import trio

from appliance.room.inputs import Input, Turned
from drivers.gpio.config import EncoderConfig
from drivers.gpio.encoders import Encoders
from drivers.gpio.pins import Factory


class EncoderService:
    """Tells the room how its encoders are turned."""

    def __init__(
        self, configs: Mapping[str, EncoderConfig], factory: Callable[[], Factory], put: Callable[[Input], None]
    ) -> None:
        self._configs = configs
        self._factory = factory
        self._put = put

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled; raises `DeviceError` when the pins cannot be had."""
        encoders = Encoders(self._configs, self._factory())
        await encoders.run(lambda turn: self._put(Turned(turn.name, turn.clockwise)), task_status=task_status)
