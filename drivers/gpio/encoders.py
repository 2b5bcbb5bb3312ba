"""Rotary encoders: the edges of two contacts become turns in the event loop.

Edges are decoded by the time stamps of the kernel (see `quadrature`), so that the event loop may be late without losing
one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import msgspec
import structlog
import trio
from gpiozero import InputDevice

from drivers.errors import DeviceLost
from drivers.gpio.config import EncoderConfig
from drivers.gpio.contacts import Contacts, contacts_of
from drivers.gpio.header import gpio_name
from drivers.gpio.pins import Factory, claimed
from drivers.gpio.turns import Turns

log = structlog.get_logger()


class Turn(msgspec.Struct, frozen=True):
    """The encoder called `name` was turned by one detent."""

    name: str
    clockwise: bool


Emit = Callable[[Turn], None]


class Encoder:
    """The rotary encoder called `name`; `run` reports its turns. Run it once at a time."""

    def __init__(self, name: str, config: EncoderConfig, factory: Factory) -> None:
        self._name = name
        self._config = config
        self._factory = factory

    async def run(self, emit: Emit, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Calls `emit`, in the event loop, for each detent, until cancelled. `emit` must not block.

        DeviceMissing: a pin is in use or does not exist. DeviceLost: the pins cannot be read any more.
        """
        with (
            self._contact(self._config.a) as a,
            self._contact(self._config.b) as b,
            self._watched(a, b) as contacts,
        ):
            log.debug("encoder_ready", encoder=self._name)
            task_status.started()
            while True:
                for clockwise in await self._heard(contacts):
                    emit(Turn(self._name, clockwise))

    async def _heard(self, contacts: Contacts) -> list[bool]:
        try:
            return await contacts.heard()
        except OSError as error:
            raise DeviceLost(f"{self._what}: its pins cannot be read: {error}") from error

    @property
    def _what(self) -> str:
        return f"encoder {self._name!r}"

    def _contact(self, pin: int | str) -> AbstractContextManager[InputDevice]:
        """Returns a context in which the pin is ours, with the Pi's own pull-up."""

        def opener() -> InputDevice:
            return InputDevice(gpio_name(pin), pull_up=True, pin_factory=self._factory)

        return claimed(self._what, pin, opener, InputDevice.close)

    def _watched(self, a: InputDevice, b: InputDevice) -> AbstractContextManager[Contacts]:
        def opener() -> Contacts:
            turns = Turns(self._config.detents_per_cycle, a=bool(a.value), b=bool(b.value))
            return contacts_of(a.pin, b.pin, turns)

        return claimed(self._what, f"{self._config.a}, {self._config.b}", opener, lambda contacts: contacts.close())
