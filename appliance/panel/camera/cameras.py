"""The cameras that a screen which may touch can move, as its pages are shown them."""

from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.panel.camera.steering import held_name, motion_of
from appliance.room.bindings.bindings import FAR_END
from appliance.room.motion import STILL
from appliance.room.parts.camera import CameraAnswer
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.devices import Axis

_THERE = Axis(support=True)


class Camera(msgspec.Struct, frozen=True):
    """One camera, and what it can do. `name`: empty for the terminal's own.

    `used_by`: who moves it now, `screen` being any page that holds it, the one that is shown this among them.
    """

    name: str
    label: str
    pan: bool = True
    tilt: bool = True
    zoom: bool = True
    home: bool = True
    used_by: Literal["", "screen", "controller"] = ""


class Place(msgspec.Struct, frozen=True):
    """Where the terminal's camera looks for a stored number. `picture`: another with each picture of it; 0: none."""

    number: int
    picture: int = 0


class Cameras(msgspec.Struct, frozen=True):
    """All of them. `places`: those that the terminal has stored; None where it stores none, or has not told."""

    each: tuple[Camera, ...] = ()
    places: tuple[Place, ...] | None = None


class CamerasViewed:
    """Looks at a room for its cameras."""

    def __init__(self, language: Language, others: Iterable[str], held: Callable[[str], bool], first: str = "") -> None:
        """`others`: names of those that the appliance controls itself. `held`: whether a page holds something.

        `first`: the name of the one that shows the room.
        """
        self._say = language.say
        self._names = sorted(("", *others), key=lambda name: (name != first, name))
        self._held = held

    def __call__(self, state: RoomState) -> Cameras:
        """Returns the cameras of a state."""
        up = state.link.phase is LinkPhase.UP
        each = (self._own(state) if name == "" else self._local(name, state) for name in self._names)
        cameras = tuple(camera for camera in (*each, self._far(state)) if camera is not None)
        return Cameras(cameras, _places(state) if up else None)

    def _own(self, state: RoomState) -> Camera | None:
        """Returns the terminal's camera, unless it is known to have nothing that moves."""
        if state.link.phase is not LinkPhase.UP:
            return None
        known = state.camera
        axes = (known.pan, known.tilt, known.zoom) if known else (_THERE, _THERE, _THERE)
        pan, tilt, zoom = (axis.support for axis in axes)
        if not (pan or tilt or zoom):
            return None
        label = self._say(Text("touch.room_camera"))
        return Camera("", label, pan, tilt, zoom, used_by=self._used_by("", state))

    def _local(self, name: str, state: RoomState) -> Camera:
        return Camera(name, name, used_by=self._used_by(name, state))

    def _far(self, state: RoomState) -> Camera | None:
        """Returns the other side's camera, where there is one side, or it has let the room move it."""
        if state.phase is not Phase.IN_CALL or state.conversation is None:
            return None
        granted = state.far_camera is not None and state.far_camera.answer is CameraAnswer.GRANTED
        if state.conversation.group and not granted:
            return None
        label = self._say(Text("touch.far_camera"))
        return Camera(FAR_END, label, home=False, used_by=self._used_by(FAR_END, state))

    def _used_by(self, name: str, state: RoomState) -> Literal["", "screen", "controller"]:
        if motion_of(state, name) == STILL:
            return ""
        return "screen" if self._held(held_name(name)) else "controller"


def _places(state: RoomState) -> tuple[Place, ...] | None:
    if state.presets is None:
        return None
    return tuple(Place(number, state.preset_pictures.get(number, 0)) for number in sorted(state.presets))
