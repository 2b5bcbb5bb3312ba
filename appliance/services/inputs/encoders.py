"""A rotary encoder on GPIO pins and the room."""

from collections.abc import Callable

import trio

from appliance.room.inputs import Input, Turned
from drivers.gpio.config import EncoderConfig
from drivers.gpio.encoders import Encoder
from drivers.gpio.pins import Factory


class EncoderService:
    """Tells the room how the encoder called `name` is turned."""

    def __init__(
        self, name: str, config: EncoderConfig, factory: Callable[[], Factory], put: Callable[[Input], None]
    ) -> None:
        self._name = name
        self._config = config
        self._factory = factory
        self._put = put

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled; raises `DeviceError` when a pin cannot be had."""
        encoder = Encoder(self._name, self._config, self._factory())
        await encoder.run(lambda turn: self._put(Turned(turn.name, turn.clockwise)), task_status=task_status)
