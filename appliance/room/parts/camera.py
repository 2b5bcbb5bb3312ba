"""Cameras of the terminal and across the call."""

from enum import StrEnum

import msgspec

from appliance.terminal.messages.devices import Axis


class Camera(msgspec.Struct, frozen=True):
    """The terminal's own camera, in the terminal's units."""

    pan: Axis = Axis()
    tilt: Axis = Axis()
    zoom: Axis = Axis()


class CameraAnswer(StrEnum):
    """What became of asking somebody for control of their camera."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class FarCamera(msgspec.Struct, frozen=True):
    """The camera of a participant, whom the room has asked for it."""

    owner: str
    answer: CameraAnswer
