"""The display, for a program that must not wait for it: slow transfers in one thread, every wait bounded.

`Oled` keeps what the glass should show and what the controller is known to have, and sends the difference. What the
controller has is not known after a failed or cancelled call and after `assume_reset`: then the whole start sequence
and the picture are sent, because a controller that lost power for a moment has forgotten its registers, is off, and
acknowledges as before. Its status byte would tell (bit 6, "display off"), but many modules cannot be read, so nothing
is read. While the glass is off, nothing is sent: a controller that lost power is off, too, and switching the glass on
starts it in any case.
"""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple, TypeVar

import luma.core.error
import structlog
import trio
from PIL import Image

from drivers.errors import DeviceLost, DeviceMissing
from drivers.gpio.factory import pin_factory
from drivers.gpio.pins import Factory
from drivers.oled.config import OledConfig
from drivers.oled.connect import wired
from drivers.oled.panel import Panel

log = structlog.get_logger()

ANSWER_TIME = 2.0
"""Seconds a display may take for one thing; a frame takes 25 to 90 ms."""

Connect = Callable[[OledConfig], Panel]
T = TypeVar("T")
_TROUBLE = (OSError, luma.core.error.Error, trio.TooSlowError)
_thread_limit: trio.lowlevel.RunVar[trio.CapacityLimiter] = trio.lowlevel.RunVar("oled_thread_limit")


class _Glass(NamedTuple):
    """What is on the glass: `pixels` as Pillow has them; `contrast` None: as the controller starts."""

    pixels: bytes
    contrast: int | None = None
    awake: bool = True


class Oled:
    """An open display, on and blank at first. Each method raises DeviceLost if the display does not do it in 2 s.

    Tasks may call at the same time: what they ask for is done in order. After a cancelled call the display may or
    may not have done it.
    """

    def __init__(self, panel: Panel, config: OledConfig, *, in_thread: bool) -> None:
        self._panel = panel
        self._in_thread = in_thread
        self.config = config
        self._wanted = self._blank()
        self._known: _Glass | None = self._wanted  # None: the controller may have anything

    async def show(self, image: Image.Image) -> None:
        """Shows a picture of the display's mode and size; the same picture again costs nothing."""
        blank = self._picture()
        if image.mode != blank.mode or image.size != blank.size:
            raise ValueError(f"the display takes {_described(blank)}, not {_described(image)}")
        await self._bring(self._wanted._replace(pixels=image.tobytes()))

    async def set_contrast(self, level: int) -> None:
        """Sets the brightness, 0 (dim, not dark) to 255."""
        if not 0 <= level <= 255:
            raise ValueError(f"contrast is 0 to 255, not {level}")
        await self._bring(self._wanted._replace(contrast=level))

    async def hide(self) -> None:
        """Switches the glass off: no light, no wear. The picture is kept and can be replaced meanwhile."""
        await self._bring(self._wanted._replace(awake=False))

    async def wake(self) -> None:
        """Switches the glass on again, as on a display that has just been plugged in."""
        await self._bring(self._wanted._replace(awake=True))

    def assume_reset(self) -> None:
        """Lets the next call start a display that is on again, and send its picture; nothing else changes on it."""
        if self._wanted.awake:
            self._known = None
            self._wanted = self._wanted._replace()  # no longer what a transfer that is under way brings

    def replaced(self, config: OledConfig) -> None:
        """Takes pictures of another display from now on, which is in the place of this one and has to be started."""
        self.config = config
        self._wanted, self._known = self._blank(), None

    def _blank(self) -> _Glass:
        return _Glass(self._picture().tobytes())

    def _picture(self, pixels: bytes | None = None) -> Image.Image:
        """Returns a picture of the display's mode and size."""
        size = (self.config.width, self.config.height)
        return Image.new(self.config.mode, size) if pixels is None else Image.frombytes(self.config.mode, size, pixels)

    async def _bring(self, wanted: _Glass) -> None:
        """Sends what is missing. During the transfer nothing is known, so that whoever calls meanwhile sends it all."""
        known, self._known, self._wanted = self._known, None, wanted
        if known is not None and (known == wanted or not (known.awake or wanted.awake)):
            self._known = known
            return
        await self._do(lambda: self._send(known, wanted))
        if self._wanted is wanted:
            self._known = wanted

    def _send(self, known: _Glass | None, wanted: _Glass) -> None:
        """Sends what turns `known` into `wanted`; a dark display is sent nothing but that it is to be dark."""
        image = self._picture(wanted.pixels)
        if not wanted.awake:
            self._panel.hide()
        elif known is None or not known.awake:
            self._panel.restart(image, wanted.contrast, dark=known is not None)
        elif known.pixels != wanted.pixels:
            self._panel.update(self._picture(known.pixels), image)
        elif wanted.contrast is not None:
            self._panel.contrast(wanted.contrast)

    async def _do(self, call: Callable[[], None]) -> None:
        try:
            await _perform(call, in_thread=self._in_thread)
        except _TROUBLE as error:
            raise DeviceLost(f"display lost: {_reason(error)}") from error


def _described(image: Image.Image) -> str:
    return f'mode "{image.mode}", {image.width}x{image.height}'


@asynccontextmanager
async def open_oled(
    config: OledConfig,
    connect: Connect | None = None,
    *,
    pins: Callable[[], Factory] = pin_factory,
    in_thread: bool = True,
) -> AsyncIterator[Oled]:
    """Opens the configured display, blank and on; what it shows in the end stays on the glass.

    `connect` opens it, None: on this machine's bus and `pins`; without `in_thread` it must never block.
    Raises DeviceMissing: it is not there or may not be used.
    """
    panel = await _connect(config, connect or wired(config, pins), in_thread=in_thread)
    log.info("display_ready", driver=config.driver, size=f"{config.width}x{config.height}", where=config.where)
    try:
        yield Oled(panel, config, in_thread=in_thread)
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
        raise DeviceMissing(f"no {config.driver} display {config.where}: {_reason(error)}") from error


class _Attempt:
    """Opens a display in a thread that may be abandoned; whatever it opens after that is closed again."""

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
    """Returns the result of a call that may block, within the time a display has."""
    with trio.fail_after(ANSWER_TIME):
        if in_thread:
            return await trio.to_thread.run_sync(call, abandon_on_cancel=True, limiter=_one_thread())
        result = call()  # before anybody else has their turn
        await trio.lowlevel.checkpoint()
        return result


def _one_thread() -> trio.CapacityLimiter:
    """Returns the one for all displays ever opened: an abandoned thread keeps the next waiting, so none pile up."""
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
