"""Cameras of the terminal and of the appliance itself: where they look, and who may move them."""

from appliance.room.intents.base import Intent


class Move(Intent, frozen=True):
    """The camera moves: each axis -1, 0 or +1 (right, up, in are positive); all zero is a stop."""

    pan: int = 0
    tilt: int = 0
    zoom: int = 0


class MoveTo(Intent, frozen=True):
    """The camera goes to a place in the terminal's units; None leaves an axis.

    `preset`: the terminal's own id of the place, where it has stored it.
    """

    pan: float | None = None
    tilt: float | None = None
    zoom: float | None = None
    preset: str = ""


class KeepPreset(Intent, frozen=True):
    """The terminal too stores where the camera looks, or forgets it, where it has presets; by VISCA's number."""

    number: int
    there: bool


class HomeCamera(Intent, frozen=True):
    """The camera goes to its defaults."""


class MoveLocalCamera(Intent, frozen=True):
    """A camera that the appliance controls itself moves.

    Each axis as in `Move`, None leaves it as it is; the terminal has no part in it.
    """

    camera: str
    pan: int | None = None
    tilt: int | None = None
    zoom: int | None = None


class HomeLocalCamera(Intent, frozen=True):
    """A camera that the appliance controls itself goes to its home position."""

    camera: str


class LendCamera(Intent, frozen=True):
    """Somebody who asked may move our camera."""

    call_id: str


class KeepCamera(Intent, frozen=True):
    """Somebody who asked may not move our camera."""

    call_id: str
