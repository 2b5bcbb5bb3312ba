"""What a controller wants of the camera, in words that know no VISCA."""

import msgspec


class Drive(msgspec.Struct, frozen=True):
    """Move each axis -1, 0 or +1 until told otherwise (right, up, in are positive); None leaves it as it is.

    Speeds are parts of the highest, above 0.0 up to 1.0; None where the controller named none.
    """

    pan: int | None = None
    tilt: int | None = None
    zoom: int | None = None
    pan_speed: float | None = None
    tilt_speed: float | None = None
    zoom_speed: float | None = None

    @property
    def stops(self) -> bool:
        """Whether this only ends movement."""
        return not (self.pan or self.tilt or self.zoom)


class DriveTo(msgspec.Struct, frozen=True):
    """Go to a place, in parts of each axis' range: 0.0 left, bottom, wide; 1.0 right, top, in; None leaves an axis.

    `preset`: the number under which the place was stored, where it was.
    """

    pan: float | None = None
    tilt: float | None = None
    zoom: float | None = None
    preset: int | None = None


class Home(msgspec.Struct, frozen=True):
    """Go home."""


Action = Drive | DriveTo | Home
