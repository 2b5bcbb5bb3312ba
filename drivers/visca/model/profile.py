"""A camera model: its identity, ranges and speeds, and the conversion between VISCA units and fractions of a range."""

import msgspec


class Position(msgspec.Struct, frozen=True):
    """A position in fractions of each axis' range: 0.0 left, bottom, wide; 1.0 right, top, in; None is unknown."""

    pan: float | None = None
    tilt: float | None = None
    zoom: float | None = None


class Range(msgspec.Struct, frozen=True):
    """The range of an axis in VISCA units; `low` is left, bottom or wide, and may be the larger number."""

    low: int
    high: int

    def units(self, part: float) -> int:
        """Returns the units at a fraction of the range, clamped to its ends."""
        return self.low + round(min(max(part, 0.0), 1.0) * (self.high - self.low))

    def part(self, units: int) -> float:
        """Returns the fraction of the range at these units, clamped to its ends."""
        return min(max((units - self.low) / (self.high - self.low), 0.0), 1.0)


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A camera model. Speeds go from 1 to the highest, zoom speeds from 0.

    `vendor`, `model`, `rom`: what it says it is; 0: not known. `long_pan`: pan positions have five nibbles.
    `tilt_speed_in_moves`: a move to a place names a speed for the tilt too (else 00). `presets`: stored positions,
    numbered from 0.
    """

    vendor: int = 0
    model: int = 0
    rom: int = 0
    pan: Range
    tilt: Range
    zoom: Range = Range(0x0000, 0x4000)  # the optical range
    pan_speed: int = 0x18
    tilt_speed: int = 0x14
    zoom_speed: int = 7
    long_pan: bool = False
    tilt_speed_in_moves: bool = True
    presets: int = 16
