"""The display controllers, as luma drives them, without what does not fit a program that runs for years.

Four things of luma's are replaced: its exit hook, which keeps every device ever opened; its packing of pixels, which
holds the interpreter's lock for milliseconds; its start, which can happen once only; and its frames, which are mostly
whole. A controller that loses power for a moment forgets its registers and comes back with the display off, and goes on
acknowledging: `restart` is for it. A whole frame takes an I2C bus 23 ms, what changes mostly 1 to 6: `update` sends it.

Each class has three bases in this order: ours, luma's class of the controller, and `Detached`.
"""

from typing import Any, Protocol

import luma.core.const
from luma.core.device import device
from PIL import Image


class Panel(Protocol):
    """What we use of a luma device. Every call may block and raise OSError or luma.core.error.Error."""

    def display(self, image: Image.Image) -> None:
        """Shows a picture of the display's mode and size."""

    def update(self, before: Image.Image, image: Image.Image) -> None:
        """Shows a picture as `display` does, on a display that shows `before`: only what differs is sent."""

    def contrast(self, level: int) -> None:
        """Sets the brightness, 0 to 255."""

    def show(self) -> None:
        """Switches the glass on."""

    def hide(self) -> None:
        """Switches the glass off; its picture is kept."""

    def restart(self, image: Image.Image, level: int | None, *, dark: bool) -> None:
        """Sends the start sequence, the contrast (None: the last) and the picture again, and switches the glass on.

        On a display that has lost nothing, no change is visible: every register is written with what it holds.
        `dark`: the glass is off, so that its reset line may be used first, where it is connected.
        """

    def cleanup(self) -> None:
        """Closes the bus."""


class Detached(device):  # type: ignore[misc]  # luma ships no types
    """Stands before luma's base class: its atexit hook would keep every device of every reconnect for ever."""

    def __init__(self, const: Any = None, serial_interface: Any = None, **_unused: object) -> None:  # noqa: ANN401  # luma has no types
        self._const = const or luma.core.const.common
        self._serial_interface = serial_interface


class Restartable:
    """Keeps the commands that luma's constructor sends before the first contrast, which are the start sequence."""

    _start: tuple[tuple[int, ...], ...] = ()
    _started = False
    _level: int
    _serial_interface: Any

    def command(self, *codes: int) -> None:
        """Sends a command and what belongs to it."""
        if not self._started:
            self._start += (codes,)
        super().command(*codes)  # type: ignore[misc]  # luma's

    def contrast(self, level: int) -> None:
        """Sets the brightness, and keeps it."""
        self._started = True
        self._level = level
        super().contrast(level)  # type: ignore[misc]  # luma's

    def restart(self, image: Image.Image, level: int | None, *, dark: bool) -> None:
        """See `Panel`."""
        if dark and hasattr(self._serial_interface, "reset"):
            self._serial_interface.reset()
        for codes in map(self._without_flicker, self._start):
            if codes:
                self.command(*codes)
        self.contrast(self._level if level is None else level)
        self.display(image)
        self.show()

    def _without_flicker(self, codes: tuple[int, ...]) -> tuple[int, ...]:
        """Returns a command of the start sequence without "display off", so that a display that is on stays on."""
        return codes[1:] if codes[0] == luma.core.const.common.DISPLAYOFF else codes

    def display(self, image: Image.Image) -> None:
        """See `Panel`."""
        raise NotImplementedError

    def show(self) -> None:
        """See `Panel`."""
        super().show()  # type: ignore[misc]  # luma's
