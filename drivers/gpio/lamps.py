"""Signal lamps: steady, blinking and flashing patterns, all in step."""

import enum
import math
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

import structlog
import trio
from gpiozero import LED

from drivers.errors import DeviceLost
from drivers.gpio.config import LampConfig
from drivers.gpio.header import gpio_name
from drivers.gpio.kernel.factory import write_together
from drivers.gpio.pins import Factory, claimed

log = structlog.get_logger()

SLOT = 0.125
"""Seconds that one character of a pattern lasts."""


class Pattern(enum.Enum):
    """What a lamp shows: two seconds of on (#) and off (.), repeated."""

    OFF = "................"
    ON = "################"
    BLINK = "####....####...."
    BLINK_FAST = "#.#.#.#.#.#.#.#."
    UNKNOWN = "#..............."

    @property
    def steady(self) -> bool:
        """Whether the lamp stays on or off."""
        return len(set(self.value)) == 1

    def lit(self, slot: int) -> bool:
        """Returns whether the lamp is on in this slot, counted from the start that all lamps share."""
        return self.value[slot % len(self.value)] == "#"


class Lamps:
    """All lamps of the room: `set` says what each shows, `play` shows it, and `own` has the pin of one for that."""

    def __init__(self, configs: Mapping[str, LampConfig]) -> None:
        self._configs = configs
        self._patterns = dict.fromkeys(configs, Pattern.OFF)
        self._owned: dict[str, _Lamp] = {}
        self._changed = trio.Event()

    def set(self, name: str, pattern: Pattern) -> None:
        """Lets the lamp show `pattern` until told otherwise, owned or not. KeyError: there is no such lamp."""
        if name not in self._patterns:
            raise KeyError(f"no lamp {name!r}; there are {', '.join(self._patterns) or 'none'}")
        if self._patterns[name] is not pattern:
            self._patterns[name] = pattern
            self._changed.set()

    async def own(
        self, name: str, factory: Factory, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Owns the pin of a lamp until cancelled, then leaves it off.

        DeviceMissing: the pin is in use or does not exist. DeviceLost: it cannot be driven any more.
        """
        with _led(name, self._configs[name], factory) as led:
            lamp = self._owned[name] = _Lamp(name, led)
            self._changed.set()
            log.debug("lamp_ready", lamp=name)
            task_status.started()
            try:
                await lamp.until_lost()
            finally:
                del self._owned[name]

    async def play(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Shows the patterns of all lamps that are owned, in step, until cancelled.

        Slots are counted from the moment at which the first lamp starts to blink, so that it is on at once.
        """
        task_status.started()
        begin = trio.current_time()
        while True:
            self._changed = trio.Event()
            slot = int((trio.current_time() - begin) / SLOT + 0.01)  # a deadline kept to the letter may fall just short
            _light({lamp: self._patterns[name].lit(slot) for name, lamp in self._owned.items()})
            change = self._next_change(slot)
            with trio.move_on_at(begin + change * SLOT):
                await self._changed.wait()
            if change == math.inf:
                begin = trio.current_time()

    def _next_change(self, slot: int) -> float:
        """Returns the slot in which some lamp changes next; infinite if none blinks."""
        blinking = [self._patterns[name] for name in self._owned if not self._patterns[name].steady]
        return min((_next_change(pattern, slot) for pattern in blinking), default=math.inf)


def _next_change(pattern: Pattern, slot: int) -> int:
    lit = pattern.lit(slot)
    return next(later for later in range(slot + 1, slot + len(pattern.value)) if pattern.lit(later) != lit)


def _light(lamps: Mapping["_Lamp", bool]) -> None:
    """Lights lamps or puts them out: all of them in one system call, where their pins can do that."""
    changing = {lamp: on for lamp, on in lamps.items() if lamp.changes(on=on)}
    if not changing:
        return
    levels = {lamp.pin: lamp.level(on=on) for lamp, on in lamps.items() if not lamp.lost}
    together = write_together(levels)
    for lamp, on in changing.items():
        lamp.light(on=on, written=together)


class _Lamp:
    """One lamp while its pin is ours; writes only what changes, and nothing after a write has failed."""

    def __init__(self, name: str, led: LED) -> None:
        self._name = name
        self._led = led
        self._on = False
        self._failure: DeviceLost | None = None
        self._failed = trio.Event()

    @property
    def pin(self) -> Any:  # noqa: ANN401  # gpiozero ships no types
        return self._led.pin

    def level(self, *, on: bool) -> bool:
        """Returns the level that lights the lamp or puts it out."""
        return bool(on == self._led.active_high)

    def changes(self, *, on: bool) -> bool:
        """Returns whether anything is to be written; nothing is to a lamp that is lost."""
        return on != self._on and not self.lost

    @property
    def lost(self) -> bool:
        """Whether a write has failed."""
        return self._failure is not None

    def light(self, *, on: bool, written: bool) -> None:
        """Lights the lamp or puts it out, unless its level has been written already."""
        try:
            if not written:
                self._led.value = on
        except Exception as error:  # lgpio's own error is a bare Exception, and lgpio is not everywhere
            self._failure = DeviceLost(f"lamp {self._name!r}: {self._led.pin!r} cannot be driven: {error}")
            self._failed.set()
        self._on = on

    async def until_lost(self) -> None:
        """Waits until a write fails, and raises `DeviceLost`."""
        await self._failed.wait()
        if self._failure:
            raise self._failure


def _led(name: str, config: LampConfig, factory: Factory) -> AbstractContextManager[LED]:
    """Returns a context in which the lamp's pin is an output; dark at first and in the end."""

    def opener() -> LED:
        return LED(gpio_name(config.pin), active_high=config.active_high, pin_factory=factory)

    return claimed(f"lamp {name!r}", config.pin, opener, _off)


def _off(led: LED) -> None:
    try:
        led.off()
    finally:
        led.close()  # else the garbage collector does, perhaps while gpiozero holds the lock that this takes
