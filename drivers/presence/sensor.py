"""A sensor of presence on a pin: its level becomes "sees somebody" or not, in the event loop.

A PIR module switches on for some seconds at each movement and is blind for some more, so that it has at most a few
dozen edges a minute. One with more than `MOST_EDGES` has a loose wire or a supply that is too weak: it is given up as
lost, and when it is tried again it has to be calm for `CALM` seconds before it counts.
"""

from collections.abc import Callable

import structlog
import trio
from gpiozero import InputDevice

from drivers.errors import DeviceLost
from drivers.gpio.edges import edges_of
from drivers.gpio.header import gpio_name
from drivers.gpio.pins import Factory, claimed
from drivers.presence.config import PresenceConfig

log = structlog.get_logger()

MOST_EDGES = 60
"""Edges within a minute of a sensor that works: an HC-SR501 with its shortest times has 22."""

MINUTE = 60.0  # seconds
CALM = 10.0
"""Seconds in which a sensor that has chattered has to keep to that rate before it counts again."""

Emit = Callable[[bool], None]
"""Called in the event loop with whether somebody is seen. It must not raise."""


class PresenceSensor:
    """The sensor called `name`; `run` reports what it sees. Run it once at a time."""

    def __init__(self, name: str, config: PresenceConfig, factory: Factory) -> None:
        self._name = name
        self._config = config
        self._factory = factory
        self._chatters = False

    async def run(self, emit: Emit, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Calls `emit` with what it sees, now and at each change, until cancelled.

        DeviceMissing: the pin is in use or does not exist. DeviceLost: it cannot be read any more, or chatters.
        """
        what, pin = f"presence {self._name!r}", self._config.pin
        with claimed(what, pin, self._open, InputDevice.close) as device:
            watched = _Watched(what, device, self._config.seen_level)
            try:
                await self._calm(watched)
                task_status.started()
                log.debug("presence_ready", sensor=self._name)
                await watched.follow(emit)
            except _Chatters as error:
                self._chatters = True
                raise DeviceLost(str(error)) from None
            finally:
                watched.close()

    def _open(self) -> InputDevice:
        pull = {"up": True, "down": False, "none": None}[self._config.pull]
        active = True if pull is None else None  # gpiozero's own rule; `seen_level` is ours
        return InputDevice(gpio_name(self._config.pin), pull_up=pull, active_state=active, pin_factory=self._factory)

    async def _calm(self, watched: "_Watched") -> None:
        if self._chatters:
            with trio.move_on_after(CALM):
                await watched.follow(lambda _seen: None, most=round(MOST_EDGES * CALM / MINUTE))
            self._chatters = False


class _Chatters(Exception):
    """More edges than a sensor has that works."""


class _Watched:
    """A sensor while its pin is ours; `close` stops listening."""

    def __init__(self, what: str, device: InputDevice, seen_level: bool) -> None:  # noqa: FBT001  # a level, not a switch
        self._what = what
        self._device = device
        self._seen_level = seen_level
        self._count = 0
        self._level = not seen_level
        self._edges = edges_of(device.pin, self._hear)

    def close(self) -> None:
        self._edges.close()

    async def follow(self, emit: Emit, most: int = MOST_EDGES) -> None:
        """Reports what is seen, now and at each change."""
        told: bool | None = None
        minute, self._count = trio.current_time(), 0
        try:
            self._level = bool(self._device.pin.state)
            while True:
                seen = self._level == self._seen_level
                if seen is not told:
                    emit(seen)
                told = seen
                await self._edges.heard()
                if trio.current_time() >= minute + MINUTE:
                    minute, self._count = trio.current_time(), 0
                if self._count > most:
                    raise _Chatters(f"{self._what}: {self._count} edges within a minute; expected a sensor that works")
        except OSError as error:
            raise DeviceLost(f"{self._what}: its pin cannot be read: {error}") from error

    def _hear(self, level: bool, count: int, _quiet: float) -> None:  # noqa: FBT001  # called by Edges
        self._level = level
        self._count += count
