"""Pictures from elsewhere, made small and written anew before anybody else has to understand them. Blocks."""

import io
from typing import Final

from PIL import Image

MOST: Final = 4096 * 2304  # pixels: more than any camera of a terminal sends; a bomb has more
QUALITY: Final = 70
FORMATS: Final = ("JPEG", "PNG")


class NoPicture(ValueError):
    """It is no picture of a kind that cameras send."""


def shrunk(data: bytes, size: tuple[int, int]) -> bytes:
    """Returns a picture as JPEG of at most this width and height. Raises `NoPicture`."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST:
                raise NoPicture(f"{picture.width} by {picture.height} pixels, more than the {MOST} that are read")
            picture.draft("RGB", size)  # a JPEG is not even decoded larger than needed
            small = picture.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoPicture(str(error)) from None
    small.thumbnail(size)
    with io.BytesIO() as written:
        small.save(written, "JPEG", quality=QUALITY)
        return written.getvalue()
