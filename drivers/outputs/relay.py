"""A relay on a pin: its first level is set in the request that makes the pin an output, so that it never clicks."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import trio
from gpiozero import DigitalOutputDevice

from drivers.errors import DeviceLost
from drivers.gpio.header import gpio_name
from drivers.gpio.pins import Factory, claimed
from drivers.outputs.config import RelayConfig

log = structlog.get_logger()


class Relay:
    """A relay while its pin is ours."""

    def __init__(self, name: str, device: DigitalOutputDevice, *, on: bool) -> None:
        self._name = name
        self._device = device
        self._failure: DeviceLost | None = None
        self._failed = trio.Event()
        self.on = on

    def switch(self, *, on: bool) -> bool:
        """Switches it, and returns whether that could be done; `until_lost` raises where it could not."""
        if self._failure is None and on is not self.on:
            try:
                self._device.value = on
            except Exception as error:  # lgpio's own error is a bare Exception, and lgpio is not everywhere
                self._failure = DeviceLost(f"relay {self._name!r}: {self._device.pin!r} cannot be driven: {error}")
                self._failed.set()
            else:
                self.on = on
        return self._failure is None

    async def until_lost(self) -> None:
        """Waits until it cannot be switched any more, and raises `DeviceLost`."""
        await self._failed.wait()
        if self._failure:
            raise self._failure


@contextmanager
def relay(name: str, config: RelayConfig, factory: Factory) -> Iterator[Relay]:
    """Yields the relay, which is safe at first and in the end. DeviceMissing: the pin is in use or does not exist."""

    def opener() -> DigitalOutputDevice:
        pin = gpio_name(config.pin)
        return DigitalOutputDevice(
            pin, active_high=config.active_high, initial_value=config.safe_on, pin_factory=factory
        )

    def make_safe(device: DigitalOutputDevice) -> None:
        try:
            device.value = config.safe_on
        finally:
            device.close()  # else the garbage collector does, perhaps while gpiozero holds the lock that this takes

    with claimed(f"relay {name!r}", config.pin, opener, make_safe) as device:
        log.debug("relay_ready", relay=name)
        yield Relay(name, device, on=config.safe_on)
