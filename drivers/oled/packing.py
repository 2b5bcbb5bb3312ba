"""Pictures as the memories of grey and colour controllers have them, packed by Pillow.

Its loops are in C and take 0.2 to 2 ms on a PC; luma's are in Python, take ten times as long, hold the interpreter's
lock meanwhile, and use what Pillow 14 no longer has. The result is again a picture, of mode "L": each pixel of it is
a byte of the memory and each row a row, so that Pillow also compares two of them and cuts pieces out.
"""

from typing import Final

from PIL import Image, ImageChops

_SWAPPED: Final = bytes((byte & 0x0F) << 4 | byte >> 4 for byte in range(256))
_LEVELS: Final = [value >> 4 for value in range(256)]


def nibbles(image: Image.Image, *, first_is_low: bool) -> Image.Image:
    """Returns grey of 4 bits, two pixels a byte; mode "L" is rounded down. `first_is_low`: the order of the two."""
    palette = Image.frombytes("P", image.size, image.point(_LEVELS).tobytes())
    packed = palette.tobytes("raw", "P;4")
    return _memory(packed.translate(_SWAPPED) if first_is_low else packed, image.width // 2, image.height)


def rgb565(image: Image.Image, brightness: float = 1) -> Image.Image:
    """Returns colours of 16 bits, two bytes a pixel: five bits of red, six of green, five of blue, from the top."""
    levels = [round(value * brightness) for value in range(256)]
    red, green, blue = image.split()
    upper = ImageChops.add(red.point([level & 0xF8 for level in levels]), green.point([n >> 5 for n in levels]))
    lower = ImageChops.add(green.point([n << 3 & 0xE0 for n in levels]), blue.point([n >> 3 for n in levels]))
    return _memory(Image.merge("LA", (upper, lower)).tobytes(), image.width * 2, image.height)


def _memory(packed: bytes, width: int, height: int) -> Image.Image:
    return Image.frombytes("L", (width, height), packed)
