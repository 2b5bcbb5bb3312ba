"""A sensor of presence on a GPIO pin and the room."""

from collections.abc import Callable

import trio

from appliance.room.local_events.base import LocalEvent
from appliance.room.local_events.outputs import SensorSees
from drivers.gpio.pins import Factory
from drivers.presence.config import PresenceConfig
from drivers.presence.sensor import PresenceSensor


class PresenceService:
    """Tells the room what the sensor called `name` sees."""

    def __init__(
        self, name: str, config: PresenceConfig, factory: Callable[[], Factory], tell: Callable[[LocalEvent], None]
    ) -> None:
        self._name = name
        self._config = config
        self._factory = factory
        self._tell = tell
        self._sensor: PresenceSensor | None = None  # it remembers that it chattered

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled; raises `DeviceError` when the pin cannot be had, or the sensor chatters."""
        self._sensor = self._sensor or PresenceSensor(self._name, self._config, self._factory())
        try:
            await self._sensor.run(self._seen, task_status=task_status)
        finally:
            self._seen(somebody=False)

    def _seen(self, somebody: bool) -> None:  # noqa: FBT001  # called by the driver
        self._tell(SensorSees(self._name, somebody))
