"""A button on a GPIO pin and the room."""

from collections.abc import Callable, Sequence

import trio

from appliance.room.bindings.bindings import button_source
from appliance.room.inputs import Held, Input, Pressed, Released, SourceGone
from drivers.gpio.buttons import Button, ButtonEvent
from drivers.gpio.config import ButtonConfig
from drivers.gpio.debounce import Kind
from drivers.gpio.pins import Factory


class ButtonService:
    """Tells the room what is done to the button called `name`."""

    def __init__(
        self,
        name: str,
        config: ButtonConfig,
        factory: Callable[[], Factory],
        put: Callable[[Input], None],
        later: Sequence[float] = (),
    ) -> None:
        """`later`: seconds after which it counts as held once more, beside `config.hold`."""
        self._name = name
        self._config = config
        self._factory = factory
        self._put = put
        self._later = later
        self._down = False
        self._holds = 0  # of this press

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled; raises `DeviceError` when the pin cannot be had."""
        try:
            await Button(self._name, self._config, self._factory(), self._later).run(
                self._heard, task_status=task_status
            )
        finally:
            self._forget()

    def _heard(self, event: ButtonEvent) -> None:
        self._down = event.kind is not Kind.RELEASED
        if event.kind is Kind.HELD:
            self._put(Held(event.name, self._holds))
            self._holds += 1
            return
        self._holds = 0
        self._put((Pressed if self._down else Released)(event.name))

    def _forget(self) -> None:
        """Ends what the button began if it is down: nobody can say any more whether it still is."""
        if self._down:
            self._down = False
            self._put(SourceGone(button_source(self._name)))
