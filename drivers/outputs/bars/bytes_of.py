"""Colours as bytes on SPI. No I/O.

**WS2812, SK6812.** They know no clock: each bit is a pulse whose length says 0 or 1. One of their bits is sent as four
bits of SPI at 3.35 MHz (`1000`, `1100`), or as eight at 6.6 MHz, which keeps all four times of the data sheets of
WS2812B, WS2812B-V5 and SK6812 at once; the clock of the Pi's controller is rounded to 3.29 to 3.33 or 6.45 to 6.58 MHz,
within the limits of both. The line may idle high, which the first LED would take for a colour: zeros come first. Zeros
of 300 µs at the end let all LEDs show what they have taken. All is one transfer: a gap would end the picture.

**APA102, SK9822.** They have a clock. Four zero bytes begin; then each LED has a byte with its 5-bit brightness, and
blue, green and red. A clock edge later each hands on to the next, so that half a bit for each LED follows, and the four
zero bytes that an SK9822 needs to show anything.
"""

from collections.abc import Sequence
from typing import Final

LARGEST: Final = 4096
"""Bytes of one transfer have to be fewer: the kernel's spidev takes no more at once."""

FIRST: Final = bytes(8)
PAUSE: Final = {"3.35": bytes(128), "6.6": bytes(256)}
"""Zeros for 300 µs and more (data sheet of WS2812B-V5: 280 µs)."""

HERTZ: Final = {"3.35": 3_350_000, "6.6": 6_600_000}
CLOCKED_HERTZ: Final = 8_000_000
CLOCKED: Final = frozenset({"apa102", "sk9822"})

_BITS: Final = {"3.35": ("1000", "1100"), "6.6": ("11000000", "11110000")}
_FULL: Final = 0xE0 | 31
"""The 5-bit brightness stays full: colours are dimmed, since an APA102 dims with 440 Hz by it, which flickers."""


def _table(bits: tuple[str, str]) -> tuple[bytes, ...]:
    """Returns what each byte is on the wire."""
    patterns = ("".join(bits[value >> place & 1] for place in range(7, -1, -1)) for value in range(256))
    return tuple(int(pattern, 2).to_bytes(len(pattern) // 8, "big") for pattern in patterns)


_TABLES: Final = {timing: _table(bits) for timing, bits in _BITS.items()}


def pulses(values: bytes, timing: str) -> bytes:
    """Returns the transfer that gives these bytes to a chain of WS2812 or SK6812."""
    table = _TABLES[timing]
    return FIRST + b"".join([table[value] for value in values]) + PAUSE[timing]


def clocked(colours: Sequence[bytes]) -> bytes:
    """Returns the transfer that gives these colours, of three bytes each, to a chain of APA102 or SK9822."""
    return bytes(4) + b"".join(bytes((_FULL,)) + colour for colour in colours) + bytes(_end(len(colours)))


def length(kind: str, timing: str, pixels: int) -> int:
    """Returns the bytes of a transfer."""
    if kind in CLOCKED:
        return 4 + 4 * pixels + _end(pixels)
    each = 4 if kind == "sk6812rgbw" else 3
    return len(FIRST) + each * pixels * len(_TABLES[timing][0]) + len(PAUSE[timing])


def most_pixels(kind: str, timing: str) -> int:
    """Returns how many LEDs one transfer has room for."""
    return next(pixels for pixels in range(1000, 0, -1) if length(kind, timing, pixels) < LARGEST)


def _end(pixels: int) -> int:
    return 4 + (pixels + 15) // 16
