"""Signal lamps and coloured lights on pins: steady, blinking and flashing patterns, all in step.

A pin is on or off here, since neither the kernel's interface nor the card has a PWM for any pin, and a loop in Python
would take 400 wake-ups a second for each light. So a lamp is lit where a pattern says half or more, and a light of
three pins has seven colours.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from typing import Any, Final

import structlog
import trio
from gpiozero import LED

from drivers.errors import DeviceLost
from drivers.gpio.config import LampConfig
from drivers.gpio.header import gpio_name
from drivers.gpio.kernel.factory import write_together
from drivers.gpio.pins import Factory, claimed
from drivers.outputs.config import LightConfig
from drivers.outputs.patterns import OFF, Pattern, Step, channels, colour_of
from drivers.outputs.timeline import Timeline

log = structlog.get_logger()

HALF: Final = 128
"""Of 255: a colour of a light is on from here, so that amber is yellow."""


class Lamps:
    """All lamps and lights of the room: `set` says what each shows, `play` shows it, `own` has the pins for it."""

    def __init__(self, configs: Mapping[str, LampConfig | LightConfig]) -> None:
        self._configs = configs
        self._shown = dict.fromkeys(configs, (OFF, "white"))
        self._timelines = {name: _timeline(config, OFF, "white") for name, config in configs.items()}
        self._owned: dict[str, list[_Lamp]] = {}
        self._changed = trio.Event()
        self._to_write = set[str]()  # whose pins do not have yet what `set` said
        self._wrote = trio.Event()

    def become(self, configs: Mapping[str, LampConfig | LightConfig]) -> None:
        """Knows these from now on. What shows and is owned goes on; of others, nobody may own pins meanwhile."""
        same = {name for name, config in configs.items() if self._configs.get(name) == config}
        self._shown = {name: self._shown[name] if name in same else (OFF, "white") for name in configs}
        self._timelines = {
            name: self._timelines[name] if name in same else _timeline(config, OFF, "white")
            for name, config in configs.items()
        }
        self._configs = configs

    def set(self, name: str, pattern: Pattern, colour: str = "white") -> None:
        """Lets it show `pattern` until told otherwise, owned or not. KeyError: there is no such lamp or light.

        `colour`: of a light, where the pattern does not name one. ValueError: it is no colour.
        """
        if name not in self._shown:
            raise KeyError(f"no lamp {name!r}; there are {', '.join(self._shown) or 'none'}")
        if self._shown[name] != (pattern, colour):
            self._shown[name] = pattern, colour
            self._timelines[name] = _timeline(self._configs[name], pattern, colour)
            self._to_write.add(name)
            self._changed.set()

    def has(self, name: str) -> bool:
        """Returns whether the pins of a lamp or light are owned."""
        return name in self._owned

    async def written(self, name: str) -> None:
        """Waits until its pins have what `set` said. DeviceLost: they cannot be driven, or nobody owns them any more.

        It waits as long as nobody plays.
        """
        while name in self._to_write and name in self._owned:
            await self._wrote.wait()
        lamps = self._owned.get(name)
        if lamps is None:
            raise DeviceLost(f"{_what(name, self._configs[name])} has lost its pin")
        for failure in [lamp.failure for lamp in lamps if lamp.failure is not None]:
            raise failure

    async def own(
        self, name: str, factory: Factory, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Owns the pins of a lamp or light until cancelled, then leaves it off.

        DeviceMissing: a pin is in use or does not exist. DeviceLost: it cannot be driven any more.
        """
        with ExitStack() as stack:
            lost = trio.Event()
            leds = [
                stack.enter_context(led)
                for led in _leds(_what(name, self._configs[name]), self._configs[name], factory)
            ]
            what = _what(name, self._configs[name])
            lamps = self._owned[name] = [_Lamp(what, led, lost) for led in leds]
            self._to_write.add(name)
            self._changed.set()
            log.debug("lamp_ready", lamp=name)
            task_status.started()
            try:
                await lost.wait()
                raise next(lamp.failure for lamp in lamps if lamp.failure)
            finally:
                del self._owned[name]
                self._wake_who_waits()

    async def play(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Shows the patterns of all lamps that are owned, in step, until cancelled.

        Time is counted from the moment at which the first lamp starts to blink, so that it is on at once.
        """
        task_status.started()
        begin = trio.current_time()
        while True:
            self._changed = trio.Event()
            moment = round((trio.current_time() - begin) * 1000)  # a deadline kept to the letter may fall just short
            _light({lamp: on for name in self._owned for lamp, on in self._due(name, moment)})
            if self._to_write:
                self._say_written()
            change = min((self._timelines[name].changes_at(moment) for name in self._owned), default=math.inf)
            with trio.move_on_at(begin + change / 1000):
                await self._changed.wait()
            if change == math.inf:
                begin = trio.current_time()

    def _say_written(self) -> None:
        self._to_write.clear()
        self._wake_who_waits()

    def _wake_who_waits(self) -> None:
        self._wrote.set()
        self._wrote = trio.Event()

    def _due(self, name: str, moment: int) -> Iterable[tuple["_Lamp", bool]]:
        return zip(self._owned[name], self._timelines[name].at(moment), strict=True)


def _timeline(config: LampConfig | LightConfig, pattern: Pattern, colour: str) -> Timeline[tuple[bool, ...]]:
    """Returns whether each pin is on; a light has three."""
    plain = colour_of(colour)

    def light(step: Step) -> tuple[bool, ...]:
        return tuple(step.lit and part >= HALF for part in channels(step.colour or plain))

    return pattern.timeline(light if isinstance(config, LightConfig) else lambda step: (step.lit,))


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

    def __init__(self, name: str, led: LED, lost: trio.Event) -> None:
        self._name = name
        self._led = led
        self._on = False
        self._lost = lost
        self.failure: DeviceLost | None = None

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
        return self.failure is not None

    def light(self, *, on: bool, written: bool) -> None:
        """Lights the lamp or puts it out, unless its level has been written already."""
        try:
            if not written:
                self._led.value = on
        except Exception as error:  # lgpio's own error is a bare Exception, and lgpio is not everywhere
            self.failure = DeviceLost(f"{self._name}: {self._led.pin!r} cannot be driven: {error}")
            self._lost.set()
        self._on = on


def _what(name: str, config: LampConfig | LightConfig) -> str:
    kind = "light" if isinstance(config, LightConfig) else "lamp"
    return f"{kind} {name.removeprefix(f'{kind} ')!r}"  # a lamp and a light may have one name


def _leds(what: str, config: LampConfig | LightConfig, factory: Factory) -> Iterator[AbstractContextManager[LED]]:
    """Yields a context for each pin, in which it is an output; dark at first and in the end."""
    if isinstance(config, LampConfig):
        yield _led(what, config.pin, factory, active_high=config.active_high)
    else:
        for pin in config.pins:
            yield _led(what, pin, factory, active_high=config.active_high)


def _led(what: str, pin: int | str, factory: Factory, *, active_high: bool) -> AbstractContextManager[LED]:
    def opener() -> LED:
        return LED(gpio_name(pin), active_high=active_high, pin_factory=factory)

    return claimed(what, pin, opener, _off)


def _off(led: LED) -> None:
    try:
        led.off()
    finally:
        led.close()  # else the garbage collector does, perhaps while gpiozero holds the lock that this takes
