"""The actions that a controller requests of a camera, independent of VISCA."""

import msgspec

from drivers.visca.wire.layout import Message


class Drive(msgspec.Struct, frozen=True):
    """Move each axis in direction -1, 0 or +1 until further notice (right, up, in are positive); None leaves it.

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
        """Whether this only stops axes."""
        return not (self.pan or self.tilt or self.zoom)


class DriveTo(msgspec.Struct, frozen=True):
    """Move to a position in fractions of each range: 0.0 left, bottom, wide; 1.0 right, top, in; None leaves an axis.

    `preset`: the number under which the position was stored, where it was. `speed`: a fraction of the highest, None
    where the controller named none.
    """

    pan: float | None = None
    tilt: float | None = None
    zoom: float | None = None
    preset: int | None = None
    speed: float | None = None


class Home(msgspec.Struct, frozen=True):
    """Move to the home position."""


class PassOn(msgspec.Struct, frozen=True):
    """Pass a command on unchanged, to a camera that has a function which the appliance does not know."""

    message: Message


Movement = Drive | DriveTo | Home
Action = Movement | PassOn
