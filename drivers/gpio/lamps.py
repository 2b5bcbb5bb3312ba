"""Signal lamps: steady, blinking and flashing patterns that keep one common time."""

import enum
import math
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack

import structlog
import trio
from gpiozero import LED

from drivers.errors import DeviceLost
from drivers.gpio.config import LampConfig
from drivers.gpio.pins import Factory, claimed

log = structlog.get_logger()

SLOT = 0.125
"""Seconds that one character of a pattern lasts."""


class Pattern(enum.Enum):
    """What a lamp shows, written as two seconds of light (#) and dark (.), repeated."""

    OFF = "................"
    ON = "################"
    BLINK = "####....####...."
    BLINK_FAST = "#.#.#.#.#.#.#.#."
    UNKNOWN = "#..............."

    @property
    def steady(self) -> bool:
        """Whether the pattern never changes."""
        return len(set(self.value)) == 1

    def lit(self, slot: int) -> bool:
        """Whether the lamp is lit in that slot since the common beginning."""
        return self.value[slot % len(self.value)] == "#"


class Lamps:
    """All lamps of the room; `set` says what each shows, `run` makes them show it."""

    def __init__(self, configs: Mapping[str, LampConfig], factory: Factory) -> None:
        self._configs = configs
        self._factory = factory
        self._patterns = dict.fromkeys(configs, Pattern.OFF)
        self._changed = trio.Event()

    def set(self, name: str, pattern: Pattern) -> None:
        """Let the lamp show `pattern` until told otherwise, running or not. KeyError: there is no such lamp."""
        if name not in self._patterns:
            raise KeyError(f"no lamp {name!r}; there are {', '.join(self._patterns) or 'none'}")
        if self._patterns[name] is not pattern:
            self._patterns[name] = pattern
            self._changed.set()

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Own the pins until cancelled, then leave every lamp off.

        DeviceMissing: a pin is in use or does not exist. DeviceLost: a pin cannot be driven any more.
        """
        with ExitStack() as stack:
            lamps = [
                _Lamp(name, stack.enter_context(_led(name, config, self._factory)))
                for name, config in self._configs.items()
            ]
            log.info("lamps_ready", lamps=list(self._configs))
            task_status.started()
            await self._play(lamps)

    async def _play(self, lamps: list["_Lamp"]) -> None:
        """Show the patterns. Time begins when the first lamp starts to blink, so that it lights at once."""
        begin = trio.current_time()
        while True:
            self._changed = trio.Event()
            slot = int((trio.current_time() - begin) / SLOT + 0.01)  # a deadline kept to the letter may fall just short
            for lamp in lamps:
                lamp.light(on=self._patterns[lamp.name].lit(slot))
            change = self._next_change(slot)
            with trio.move_on_at(begin + change * SLOT):
                await self._changed.wait()
            if change == math.inf:
                begin = trio.current_time()

    def _next_change(self, slot: int) -> float:
        """The slot in which some lamp changes next; infinite if none blinks."""
        blinking = [pattern for pattern in self._patterns.values() if not pattern.steady]
        return min((_next_change(pattern, slot) for pattern in blinking), default=math.inf)


def _next_change(pattern: Pattern, slot: int) -> int:
    lit = pattern.lit(slot)
    return next(later for later in range(slot + 1, slot + len(pattern.value)) if pattern.lit(later) != lit)


class _Lamp:
    """One lamp while its pin is ours; writes only what changes."""

    def __init__(self, name: str, led: LED) -> None:
        self.name = name
        self._led = led
        self._on = False

    def light(self, *, on: bool) -> None:
        if on == self._on:
            return
        try:
            self._led.value = on
        except Exception as error:  # lgpio's own error is a bare Exception, and lgpio is not everywhere
            raise DeviceLost(f"lamp {self.name!r}: {self._led.pin!r} cannot be driven: {error}") from error
        self._on = on


def _led(name: str, config: LampConfig, factory: Factory) -> AbstractContextManager[LED]:
    """The lamp's pin as an output for as long as the context lasts; dark at first and in the end."""

    def opener() -> LED:
        return LED(config.pin, active_high=config.active_high, pin_factory=factory)

    return claimed(f"lamp {name!r}", config.pin, opener, _off)


def _off(led: LED) -> None:
    led.off()
    led.close()
