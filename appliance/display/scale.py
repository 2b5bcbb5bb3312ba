"""How large letters, gaps and margins are on a panel of a given size.

A panel of 128x64 has one size of pixel in hand: 9 to 28 pixels, each tried out. One that is higher takes larger letters
as far as they fit its width; one whose shorter side is longer than 128 is finer, and everything on it grows with it.
"""

import functools
import math

import msgspec

from appliance.display import fonts
from appliance.display.fonts import Face
from appliance.display.geometry import Geometry

_BASE = 128  # pixels of the shorter side from which on everything grows
_LOW = 32  # pixels of height
_TALL = 128  # the same

_Sizes = tuple[int, ...]


class Scale(msgspec.Struct, frozen=True):
    """Of one panel. Faces come largest first; `margin` is what stays free at the sides, and above and below."""

    margin: tuple[int, int]
    text: tuple[Face, ...]
    head: tuple[Face, ...]
    label: tuple[Face, ...]  # in a bar on top
    name: tuple[Face, ...]
    sentence: tuple[Face, ...]
    number: tuple[Face, ...]
    duration: tuple[Face, ...]
    clock: tuple[Face, ...]
    zoom: int  # of small pictures
    gap: int  # pixels between things


@functools.lru_cache(maxsize=16)
def scale(panel: Geometry) -> Scale:
    """What fits `panel`."""
    grown = max(1.0, min(panel.size) / _BASE)
    smooth, tall = panel.mode != "1", panel.height >= _TALL

    def faces(kind: Face, *sizes: int) -> tuple[Face, ...]:
        return tuple(sized(kind, round(size * grown), smooth=smooth) for size in sizes)

    larger: _Sizes = (12,) if tall else ()
    return Scale(
        margin=(round(2 * grown), 1 if panel.height <= _LOW else round(2 * grown)),
        text=faces(fonts.BODY, *larger, 10, 9),
        head=faces(fonts.HEAD, *((16,) if tall else ()), 13),
        label=faces(fonts.BODY, *larger, 10, 9),
        name=faces(fonts.HEAD, *((22,) if tall else ()), 16, 13),
        sentence=faces(fonts.HEAD, *((16,) if tall else ()), 13) + faces(fonts.BODY, *larger, 10, 9),
        number=faces(fonts.HUGE, *((28,) if tall else ()), 22, 16, 13),
        duration=faces(fonts.CLOCK, *((28,) if tall else ()), 22, 16, 13),
        clock=faces(fonts.CLOCK, *((44, 36) if tall else ()), 28, 22, 16),
        zoom=max(1, round(grown)),
        gap=round(2 * grown),
    )


_TRIED = ((fonts.SMALL, fonts.BODY), (fonts.HEAD, fonts.LARGE), (fonts.HUGE,), (fonts.CLOCK,))
"""Faces of one kind, at sizes at which every letter was looked at."""


@functools.lru_cache(maxsize=64)
def sized(kind: Face, size: int, *, smooth: bool = False) -> Face:
    """The face of this kind at `size`: as it was tried out, or with as much above and below the line in proportion."""
    family = next(each for each in _TRIED if kind in each)
    tried = next((each for each in family if each.size == size), None)
    if tried is not None:
        return msgspec.structs.replace(tried, smooth=smooth)
    above, below = (math.ceil(part * size / kind.size) for part in (kind.ascent, kind.descent))
    return msgspec.structs.replace(kind, size=size, ascent=above, descent=below, smooth=smooth)
