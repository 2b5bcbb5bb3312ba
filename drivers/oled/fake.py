"""A display in memory that looks like the real one."""

import io
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from luma.core.device import dummy
from luma.core.interface.serial import noop
from PIL import Image

from drivers.oled.config import HEIGHT, WIDTH, OledConfig
from drivers.oled.oled import Oled, open_oled
from drivers.oled.panel import Detached

DARK = (0, 0, 0)
LIT = (190, 228, 255)
START_CONTRAST = 0xCF
"""What luma sets when it starts an SSD1306."""


class VirtualOled:
    """The glass as people see it. `changed` is called after anything on it changed, `revision` counts how often."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._changed = changed
        self.revision = 0
        self._glass = _Glass(self._note)

    def open(self, config: OledConfig | None = None) -> AbstractAsyncContextManager[Oled]:
        """Opens the display by the driver that opens a real one."""
        return open_oled(config or OledConfig(), self._glass.power_up, in_thread=False)

    @property
    def image(self) -> Image.Image:
        """The picture on the glass, mode "1", whether the glass is on or off."""
        picture: Image.Image = self._glass.image
        return picture

    @property
    def awake(self) -> bool:
        """Whether the glass is on."""
        return self._glass.awake

    @property
    def contrast(self) -> int:
        """The brightness, 0 to 255."""
        return self._glass.level

    def png(self, scale: int = 4) -> bytes:
        """Returns the glass as a PNG, each pixel a square of `scale` pixels; black when it is off."""
        picture = Image.new("P", (WIDTH, HEIGHT), 0)
        picture.putpalette([*DARK, *self._light()])
        if self.awake:
            picture.paste(1, mask=self.image)
        file = io.BytesIO()
        picture.resize((WIDTH * scale, HEIGHT * scale), Image.Resampling.NEAREST).save(file, "PNG")
        return file.getvalue()

    def _light(self) -> tuple[int, ...]:
        """Returns the colour of a lit pixel: contrast dims it, but never to black."""
        brightness = 0.4 + 0.6 * self.contrast / 255
        return tuple(round(part * brightness) for part in LIT)

    def _note(self) -> None:
        self.revision += 1
        self._changed()


class _Glass(dummy, Detached):  # type: ignore[misc]  # luma ships no types
    """luma's dummy device that also knows whether it is on, and how bright."""

    def __init__(self, changed: Callable[[], None]) -> None:
        dummy.__init__(self, WIDTH, HEIGHT, mode="1", serial_interface=noop())
        self._changed = changed
        self.image = Image.new("1", (WIDTH, HEIGHT))
        self.awake = False
        self.level = START_CONTRAST

    def power_up(self, _config: OledConfig) -> "_Glass":
        """Starts the display as its driver starts a real one: blank and on, the right way up in any case."""
        self.contrast(START_CONTRAST)
        self.clear()
        self.show()
        return self

    def display(self, image: Image.Image) -> None:
        super().display(image)
        self._changed()

    def update(self, _before: Image.Image, image: Image.Image) -> None:
        self.display(image)

    def contrast(self, level: int) -> None:
        self.level = level
        self._changed()

    def show(self) -> None:
        self.awake = True
        self._changed()

    def hide(self) -> None:
        self.awake = False
        self._changed()

    def restart(self, image: Image.Image, level: int | None) -> None:
        before = (self.image, self.level, self.awake)
        super().display(image)
        self.level, self.awake = self.level if level is None else level, True
        if (self.image, self.level, self.awake) != before:
            self._changed()

    def cleanup(self) -> None:
        """The picture stays, as on real glass."""
