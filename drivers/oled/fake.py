"""A display in memory that looks like the real one."""

import io
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final

import msgspec
from PIL import Image

from drivers.oled.config import OledConfig
from drivers.oled.oled import Oled, open_oled
from drivers.oled.panels import PANELS

LIT = (190, 228, 255)
"""The colour of a lit pixel of black and white and of grey glass."""
START_CONTRAST = 0xCF
"""What luma sets when it starts an SSD1306."""

_WIRED: Final = {"spi": "0.0", "dc_pin": 24}
CHOICES: Final[Mapping[str, OledConfig]] = {
    f"{driver}-{size}": msgspec.convert({"driver": driver, "size": size, **_WIRED}, OledConfig)
    for driver, kind in PANELS.items()
    for size in kind.sizes
}
"""Every display that a virtual one can be, by controller and size."""


def choice(words: str) -> str:
    """Returns which of `CHOICES` is meant by its name, its controller or its size alone. ValueError: none is."""
    found = next((name for name in CHOICES if words in (name, *name.split("-"))), None)
    if found is None:
        raise ValueError(f"there is no display `{words}`; expected one of {', '.join(CHOICES)}")
    return found


class VirtualOled:
    """The glass as people see it. `changed` is called after anything on it changed, `revision` counts how often."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._changed = changed
        self.replaced: Callable[[], None] = lambda: None  # is called after another display came in its place
        self.revision = 0
        self.config = OledConfig()
        self._chosen: OledConfig | None = None
        self._glass = _Glass(self._note)
        self._oled: Oled | None = None

    @asynccontextmanager
    async def open(self, config: OledConfig | None = None) -> AsyncIterator[Oled]:
        """Opens the display by the driver that opens a real one; `config` counts until another was chosen."""
        async with open_oled(self._chosen or config or self.config, self._power_up, in_thread=False) as oled:
            self._oled = oled
            try:
                yield oled
            finally:
                self._oled = None

    def become(self, name: str) -> None:
        """Puts one of `CHOICES` in the place of this one; whoever has it open keeps it, and draws on that."""
        self._chosen = self.config = config = CHOICES[name]
        self._glass.fit(config)
        if self._oled is not None:
            self._oled.replaced(config)
        self._note()
        self.replaced()

    @property
    def choices(self) -> Mapping[str, OledConfig]:
        """What it can become."""
        return CHOICES

    @property
    def name(self) -> str:
        """Which of `CHOICES` it is."""
        return f"{self.config.driver}-{self.config.width}x{self.config.height}"

    def _power_up(self, config: OledConfig) -> "_Glass":
        """Starts the display as its driver starts a real one: blank and on, the right way up in any case."""
        self.config = config
        self._glass.fit(config)
        self._glass.awake = True
        self._note()
        return self._glass

    @property
    def image(self) -> Image.Image:
        """The picture on the glass, whether the glass is on or off."""
        return self._glass.image

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
        width, height = self.image.size
        picture = self._seen() if self.awake else Image.new("1", (width, height))
        file = io.BytesIO()
        picture.resize((width * scale, height * scale), Image.Resampling.NEAREST).save(file, "PNG")
        return file.getvalue()

    def _seen(self) -> Image.Image:
        """Returns the colours that people see: contrast dims them, but never to black."""
        brightness = 0.4 + 0.6 * self.contrast / 255
        if self.image.mode == "RGB":
            return self.image.point(lambda value: round(value * brightness))
        grey = self.image.convert("L")
        lit = [round(part * brightness) for part in LIT]
        return Image.merge("RGB", [grey.point([level * part // 255 for level in range(256)]) for part in lit])

    def _note(self) -> None:
        self.revision += 1
        self._changed()


class _Glass:
    """A `Panel` without a bus, which knows whether it is on, and how bright."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.fit(OledConfig())

    def fit(self, config: OledConfig) -> None:
        """Is another glass from now on: blank, off, as bright as it starts."""
        self.image = Image.new(config.mode, (config.width, config.height))
        self.awake = False
        self.level = START_CONTRAST

    def display(self, image: Image.Image) -> None:
        self.image = image
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

    def restart(self, image: Image.Image, level: int | None, *, dark: bool) -> None:  # noqa: ARG002  # it has no reset line
        before = (self.image, self.level, self.awake)
        self.image, self.level, self.awake = image, self.level if level is None else level, True
        if (self.image, self.level, self.awake) != before:
            self._changed()

    def cleanup(self) -> None:
        """The picture stays, as on real glass."""
