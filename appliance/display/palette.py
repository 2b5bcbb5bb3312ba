"""What is shown calmly, and what must be noticed, in the inks of each kind of panel. Never by colour alone."""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import TypeAlias

import msgspec

from appliance.display.geometry import Mode

Ink: TypeAlias = "int | tuple[int, int, int]"
"""A pixel's value, as Pillow takes it for a mode."""

DARK: Mapping[Mode, Ink] = MappingProxyType({"1": 0, "L": 0, "RGB": (0, 0, 0)})
"""The ground of every page: lit text on dark spares the glass and the eyes."""


class Tone(Enum):
    """What something means for the reader."""

    PLAIN = auto()
    QUIET = auto()  # good to know, and not to be read first
    GOOD = auto()  # free, somebody calls, in a call
    SOON = auto()  # something is about to happen, or is wanted of somebody
    ALARM = auto()  # muted, or wrong


class Inks(msgspec.Struct, frozen=True):
    """`letters` on dark ground; where it is lit, `written` on `ground`."""

    letters: Ink
    ground: Ink
    written: Ink


_MONO = Inks(1, 1, 0)
_GREY = Inks(255, 220, 0)
_WHITE, _BLACK = (240, 238, 230), (0, 0, 0)
_COLOURS = {
    Tone.PLAIN: Inks(_WHITE, _WHITE, _BLACK),
    Tone.QUIET: Inks((150, 158, 170), (150, 158, 170), _BLACK),
    Tone.GOOD: Inks((104, 214, 132), (104, 214, 132), _BLACK),
    Tone.SOON: Inks((255, 190, 84), (255, 190, 84), _BLACK),
    Tone.ALARM: Inks((255, 116, 104), (196, 40, 40), (255, 255, 255)),
}


def inks(mode: Mode, tone: Tone) -> Inks:
    """How `tone` looks on a panel of this mode."""
    if mode == "RGB":
        return _COLOURS[tone]
    if mode == "1":
        return _MONO
    return Inks(165, 165, 0) if tone is Tone.QUIET else _GREY
