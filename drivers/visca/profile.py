"""The camera that we appear to be: its ranges, speeds and name, and what they mean in parts of a range."""

import msgspec


class Position(msgspec.Struct, frozen=True):
    """Where the camera is, in parts of each axis' range: 0.0 left, bottom, wide; 1.0 right, top, in; None not known."""

    pan: float | None = None
    tilt: float | None = None
    zoom: float | None = None


class Range(msgspec.Struct, frozen=True):
    """An axis in VISCA units, by its ends; `low` is left, bottom or wide, and may be the larger number."""

    low: int
    high: int

    def units(self, part: float) -> int:
        """The units at a part of the range; the nearer end for what is outside."""
        return self.low + round(min(max(part, 0.0), 1.0) * (self.high - self.low))

    def part(self, units: int) -> float:
        """The part of the range at these units; the nearer end for what is outside."""
        return min(max((units - self.low) / (self.high - self.low), 0.0), 1.0)


class Profile(msgspec.Struct, frozen=True):
    """What a controller may know of a model. Speeds go from 1 to the highest; those of the zoom from 0."""

    vendor: int
    model: int
    rom: int
    pan: Range
    tilt: Range
    zoom: Range
    pan_speed: int
    tilt_speed: int
    zoom_speed: int


EVI_D70 = Profile(
    vendor=0x0001,
    model=0x040E,
    rom=0x0001,
    pan=Range(-0x08DB, 0x08DB),  # F725 to 08DB: 170 degrees to either side
    tilt=Range(-0x0190, 0x04B0),  # FE70 to 04B0: 30 degrees down to 90 degrees up
    zoom=Range(0x0000, 0x4000),  # the optical range
    pan_speed=0x18,
    tilt_speed=0x14,  # the lowest maximum of its family, so that full speed is full speed from every controller
    zoom_speed=7,
)
