"""Cameras move, and places are stored: of the terminal, across the call, of the appliance itself."""

from collections.abc import Mapping

from appliance.room.local_events.base import LocalEvent
from appliance.room.parts.camera import FarCamera


class PresetStored(LocalEvent, frozen=True):
    """The terminal has stored one of VISCA's presets under an id of its own."""

    number: int
    preset_id: str


class PresetsRemembered(LocalEvent, frozen=True):
    """The ids under which the terminal has stored VISCA's presets, by number, as a file has kept them."""

    ids: Mapping[int, str]


class PresetPictured(LocalEvent, frozen=True):
    """There is a picture of the place under this number; `mark` is another with each picture, and 0 without one."""

    number: int
    mark: int


class FarCameraIs(LocalEvent, frozen=True):
    """Whose camera the room asks for, or found that it moves already."""

    camera: FarCamera | None


class MotionAsked(LocalEvent, frozen=True):
    """What movement was asked of the camera; each axis -1, 0 or +1."""

    pan: int
    tilt: int
    zoom: int


class LocalMotionAsked(LocalEvent, frozen=True):
    """What movement was asked of a camera that the appliance controls itself; None leaves an axis as it was."""

    camera: str
    pan: int | None
    tilt: int | None
    zoom: int | None
