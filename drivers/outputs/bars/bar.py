"""A bar of addressable LEDs: shows a pattern, and again every second, since it may have been plugged in meanwhile."""

import math
from typing import Final

import structlog
import trio

from drivers.errors import DeviceLost, DeviceMissing
from drivers.outputs.bars.bytes_of import CLOCKED, CLOCKED_HERTZ, HERTZ, clocked, pulses
from drivers.outputs.bars.config import BarConfig
from drivers.outputs.patterns import OFF, Pattern, channels, colour_of
from drivers.outputs.timeline import Timeline
from drivers.spi import Bus, OpenBus, Spi

log = structlog.get_logger()

REFRESH: Final = 1.0  # seconds
EACH: Final = 20.0  # mA of one colour of one LED at full brightness (data sheets of WS2812B, SK6812, APA102)


def transfer(config: BarConfig, colour: str, level: float, *, night: bool = False) -> bytes:
    """Returns the bytes that show one colour on the whole bar, dimmed to what it may take."""
    brightness = config.night_brightness if night else config.brightness
    dimmed = [part * level * brightness / 100 for part in channels(colour)]
    white = min(dimmed) if config.kind == "sk6812rgbw" else 0.0
    plain = [part - white for part in dimmed]
    taken = (sum(plain) + white) / 255 * EACH * config.pixels
    scale = min(1.0, config.limit / taken) if taken else 1.0
    red, green, blue = (int(part * scale) for part in plain)
    led = bytes({"r": red, "g": green, "b": blue}[each] for each in config.channels)
    if config.kind in CLOCKED:
        return clocked([led] * config.pixels)
    rest = bytes((int(white * scale),)) if config.kind == "sk6812rgbw" else b""
    return pulses((led + rest) * config.pixels, config.timing)


def hertz(config: BarConfig) -> int:
    """Returns the clock that the bar needs."""
    return CLOCKED_HERTZ if config.kind in CLOCKED else HERTZ[config.timing]


def darken(name: str, config: BarConfig, open_bus: OpenBus = Spi) -> None:
    """Puts the bar out. DeviceMissing: it cannot be reached. Blocks for milliseconds."""
    try:
        bus = open_bus(config.spi, hertz(config), 0)
        try:
            bus.write(transfer(config, "#000000", 0.0))
        finally:
            bus.close()
    except OSError as error:
        raise DeviceMissing(f"bar {name!r}: {config.spi}: {error}") from error


class Bar:
    """The bar called `name`: `set` says what it shows, `run` shows it."""

    def __init__(self, name: str, config: BarConfig, open_bus: OpenBus = Spi) -> None:
        self._name = name
        self._config = config
        self._open_bus = open_bus
        self._shown = (OFF, colour_of("white"), False)
        self._dark = transfer(config, "#000000", 0.0)
        self._timeline = self._transfers()
        self._begin = 0.0
        self._changed = trio.Event()
        self._is_written = False
        self._wrote = trio.Event()
        self._lost: DeviceLost | None = None

    def set(self, pattern: Pattern, colour: str = "white", *, night: bool = False) -> None:
        """Lets it show `pattern` from its beginning until told otherwise. ValueError: that is no colour."""
        if self._shown != (pattern, colour_of(colour), night):
            self._shown = pattern, colour_of(colour), night
            self._timeline = self._transfers()
            self._begin = trio.current_time()
            self._is_written = False
            self._changed.set()

    async def written(self) -> None:
        """Waits until the bar has been sent what `set` said; it cannot answer. Waits as long as `run` does not run.

        DeviceLost: it could not be written to.
        """
        while not self._is_written:
            if self._lost is not None:
                raise self._lost
            await self._wrote.wait()

    def _transfers(self) -> Timeline[bytes]:
        pattern, colour, night = self._shown
        return pattern.timeline(lambda step: transfer(self._config, step.colour or colour, step.level, night=night))

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Shows the pattern until cancelled, then leaves the bar dark.

        DeviceMissing: the SPI device is not there or may not be used. DeviceLost: it cannot be written to any more.
        """
        try:
            bus = self._open_bus(self._config.spi, hertz(self._config), 0)
        except OSError as error:
            raise DeviceMissing(f"bar {self._name!r}: /dev/spidev{self._config.spi}: {error}") from error
        self._lost = None
        try:
            log.debug("bar_ready", bar=self._name)
            await self._play(bus, task_status)
        except OSError as error:
            self._lost = DeviceLost(f"bar {self._name!r}: {error}")
            self._wake_who_waits()
            raise self._lost from error
        finally:
            self._leave(bus)

    async def _play(self, bus: Bus, task_status: trio.TaskStatus[None]) -> None:
        while True:
            self._changed = trio.Event()
            moment = max(0, round((trio.current_time() - self._begin) * 1000))
            timeline = self._timeline
            data = timeline.at(moment)
            await trio.to_thread.run_sync(bus.write, data)  # milliseconds in which a press would wait
            if not self._is_written and timeline is self._timeline:
                self._say_written()
            task_status.started()
            task_status = trio.TASK_STATUS_IGNORED
            again = math.inf if data == self._dark else trio.current_time() + REFRESH
            with trio.move_on_at(min(self._begin + timeline.changes_at(moment) / 1000, again)):
                await self._changed.wait()

    def _say_written(self) -> None:
        self._is_written = True
        self._wake_who_waits()

    def _wake_who_waits(self) -> None:
        self._wrote.set()
        self._wrote = trio.Event()

    def _leave(self, bus: Bus) -> None:
        try:
            bus.write(self._dark)
        except OSError as error:
            log.warning("bar_not_dark", bar=self._name, error=str(error))
        finally:
            bus.close()
