"""What the configuration says about one bar of addressable LEDs."""

from typing import Annotated, Literal

import msgspec

from drivers.outputs.bars.bytes_of import LARGEST, length, most_pixels

Kind = Literal["ws2812", "sk6812", "sk6812rgbw", "apa102", "sk9822"]


class BarConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bar of `pixels` LEDs on an SPI device, such as "0.0".

    `order`: in which sequence an LED takes its colours; None: as most of its kind do. `limit`: mA that the whole bar
    may take, at 20 mA for each colour of an LED; what would take more is dimmed. `brightness`: percent; `night`: the
    same at night, None: no other.
    `timing`: MHz of a WS2812 or SK6812 on the wire; the slower takes half the bytes.
    """

    spi: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,2}\.[0-9]{1,2}$")] = "0.0"
    kind: Kind = "ws2812"
    pixels: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    order: Literal["rgb", "rbg", "grb", "gbr", "brg", "bgr"] | None = None
    limit: Annotated[int, msgspec.Meta(ge=20, le=20000)] = 500
    brightness: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    night: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None
    timing: Literal["3.35", "6.6"] = "3.35"

    def __post_init__(self) -> None:
        """Refuses more LEDs than one transfer has room for: a pause in the middle would end the picture there."""
        if length(self.kind, self.timing, self.pixels) >= LARGEST:
            most = most_pixels(self.kind, self.timing)
            raise ValueError(f"{self.pixels} pixels of {self.kind} do not fit one transfer; expected at most {most}")

    @property
    def night_brightness(self) -> int:
        """Percent of brightness at night."""
        return self.brightness if self.night is None else self.night

    @property
    def channels(self) -> str:
        """The colours of an LED in its sequence."""
        return self.order or ("bgr" if self.kind in ("apa102", "sk9822") else "grb")
