"""Which characters a font has, as `scripts/fonts.py` wrote it down: a bit for each of the basic plane."""

import functools
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).parent / "fonts"
EAST: Final = "DroidSansFallback.ttf"
"""What Chinese, Japanese and Korean names are drawn with, in every face."""
UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands for characters that no font has; every face's own font has this one."""


def font_of(character: str, file: str) -> str:
    """Returns the file that has a character, a face's own `file` first; empty where none has it."""
    return next((each for each in (file, EAST) if has(each, character)), "")


def has(file: str, character: str) -> bool:
    """Whether a font has a character."""
    place, bits = ord(character), _bits(file)
    return place // 8 < len(bits) and bool(bits[place // 8] >> place % 8 & 1)


@functools.cache  # two for the faces, one for the rest
def _bits(file: str) -> bytes:
    return (FONTS / file).with_suffix(".has").read_bytes()
