"""The display, for a program that must not wait for it: slow flushes in one thread, every wait bounded."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

import luma.core.error
import structlog
import trio
from PIL import Image

from drivers.errors import DeviceLost, DeviceMissing
from drivers.oled.config import HEIGHT, WIDTH, OledConfig
from drivers.oled.panel import Panel, i2c_panel

log = structlog.get_logger()

ANSWER_TIME = 2.0
"""Seconds a display may take for one thing; a frame takes 25 to 90 ms."""

Connect = Callable[[OledConfig], Panel]
T = TypeVar("T")
_TROUBLE = (OSError, luma.core.error.Error, trio.TooSlowError)
_thread_limit: trio.lowlevel.RunVar[trio.CapacityLimiter] = trio.lowlevel.RunVar("oled_thread_limit")


class Oled:
    """An open display, awake at first. Each method raises DeviceLost if the display does not do it in 2 s.

    Tasks may call at the same time: what they ask for is done in order. After a cancelled call the display may or
    may not have done it.
    """

    def __init__(self, panel: Panel, *, in_thread: bool) -> None:
        self._panel = panel
        self._in_thread = in_thread
        self._shown: bytes | None = None
        self._contrast: int | None = None
        self._awake: bool | None = True

    async def show(self, image: Image.Image) -> None:
        """Show a picture of mode "1" and 128 by 64 pixels; the same picture again costs nothing."""
        if image.mode != "1" or image.size != (WIDTH, HEIGHT):
            raise ValueError(f'the display takes mode "1", {WIDTH}x{HEIGHT}, not mode "{image.mode}", {image.size}')
        pixels = image.tobytes()
        if pixels == self._shown:
            return
        self._shown, picture = None, image.copy()
        await self._do(lambda: self._panel.display(picture))
        self._shown = pixels

    async def set_contrast(self, level: int) -> None:
        """Set the brightness, 0 (dim, not dark) to 255."""
        if not 0 <= level <= 255:
            raise ValueError(f"contrast is 0 to 255, not {level}")
        if level == self._contrast:
            return
        self._contrast = None
        await self._do(lambda: self._panel.contrast(level))
        self._contrast = level

    async def hide(self) -> None:
        """Switch the glass off: no light, no wear. The picture is kept and can be replaced meanwhile."""
        await self._switch(awake=False)

    async def wake(self) -> None:
        """Switch the glass on again."""
        await self._switch(awake=True)

    async def _switch(self, *, awake: bool) -> None:
        if awake == self._awake:
            return
        self._awake = None
        await self._do(self._panel.show if awake else self._panel.hide)
        self._awake = awake

    async def _do(self, call: Callable[[], None]) -> None:
        try:
            await _perform(call, in_thread=self._in_thread)
        except _TROUBLE as error:
            raise DeviceLost(f"display lost: {_reason(error)}") from error


@asynccontextmanager
async def open_oled(config: OledConfig, connect: Connect = i2c_panel, *, in_thread: bool = True) -> AsyncIterator[Oled]:
    """The configured display, blank and awake; what it shows in the end stays on the glass.

    `connect` opens it; without `in_thread` it must never block. DeviceMissing: it is not there or may not be used.
    """
    panel = await _connect(config, connect, in_thread=in_thread)
    log.info("display_ready", driver=config.driver, bus=config.bus, address=hex(config.address))
    try:
        yield Oled(panel, in_thread=in_thread)
    finally:
        with suppress(*_TROUBLE):
            panel.cleanup()


async def _connect(config: OledConfig, connect: Connect, *, in_thread: bool) -> Panel:
    attempt = _Attempt(config, connect)
    try:
        return await _perform(attempt.run, in_thread=in_thread)
    except BaseException as error:
        attempt.give_up()
        if not isinstance(error, _TROUBLE):
            raise
        where = f"{config.driver} display at {config.address:#04x} on I2C bus {config.bus}"
        raise DeviceMissing(f"no {where}: {_reason(error)}") from error


class _Attempt:
    """Opening a display in a thread that may be abandoned: then whatever it still opens is closed again."""

    def __init__(self, config: OledConfig, connect: Connect) -> None:
        self._config = config
        self._connect = connect
        self._lock = threading.Lock()
        self._panel: Panel | None = None
        self._given_up = False

    def run(self) -> Panel:
        panel = self._connect(self._config)
        with self._lock:
            self._panel = panel
            if self._given_up:
                panel.cleanup()
        return panel

    def give_up(self) -> None:
        with self._lock:
            self._given_up = True
            if self._panel is not None:
                self._panel.cleanup()


async def _perform(call: Callable[[], T], *, in_thread: bool) -> T:
    """The result of a call that may block, within the time a display has."""
    with trio.fail_after(ANSWER_TIME):
        if in_thread:
            return await trio.to_thread.run_sync(call, abandon_on_cancel=True, limiter=_one_thread())
        result = call()  # before anybody else has their turn
        await trio.lowlevel.checkpoint()
        return result


def _one_thread() -> trio.CapacityLimiter:
    """One for all displays ever opened: an abandoned thread keeps the next one waiting, so that they never pile up."""
    try:
        return _thread_limit.get()
    except LookupError:
        limiter = trio.CapacityLimiter(1)
        _thread_limit.set(limiter)
        return limiter


def _reason(error: BaseException) -> str:
    if isinstance(error, trio.TooSlowError):
        return f"no answer in {ANSWER_TIME:g} s"
    return str(error) or type(error).__name__
