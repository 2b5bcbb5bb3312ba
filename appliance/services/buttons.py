"""Buttons on GPIO pins and the room."""

from collections.abc import Callable, Mapping

import trio

from appliance.room.bindings.bindings import BUTTONS
from appliance.room.inputs import Held, Input, Pressed, Released, SourceGone
from drivers.gpio.buttons import ButtonEvent, Buttons
from drivers.gpio.config import ButtonConfig
from drivers.gpio.debounce import Kind
from drivers.gpio.pins import Factory

_INPUTS: Mapping[Kind, Callable[[str], Input]] = {
    Kind.PRESSED: Pressed,
    Kind.HELD: Held,
    Kind.RELEASED: Released,
}


class ButtonService:
    """Tells the room what is done to its buttons."""

    def __init__(
        self, configs: Mapping[str, ButtonConfig], factory: Callable[[], Factory], put: Callable[[Input], None]
    ) -> None:
        self._configs = configs
        self._factory = factory
        self._put = put

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled; raises `DeviceError` when the pins cannot be had."""
        try:
            await Buttons(self._configs, self._factory()).run(self._heard, task_status=task_status)
        finally:
            self._put(SourceGone(BUTTONS))

    def _heard(self, event: ButtonEvent) -> None:
        self._put(_INPUTS[event.kind](event.name))
