"""Moving a camera from a page: what is held down there moves one, as a joystick does, from its beginning to its end.

`camera left`, `camera left up` and so on move the terminal's camera, `camera left of NAME` one that the appliance
controls itself, or the other side's. The room is given what a joystick gives it, so that a stop overtakes everything
else here as it does there. Whoever moves the camera already keeps it.
"""

from collections.abc import Callable, Collection
from typing import Final, get_args

import msgspec

from appliance.language.text import NOTHING, Text
from appliance.room.actions import Direction
from appliance.room.inputs import Drive, DriveOther, HomeOther, Input
from appliance.room.motion import AXES, DIRECTIONS, STILL, Motion
from appliance.room.state import RoomState

LONGEST: Final = 200  # characters of what is held


def motion_of(state: RoomState, camera: str) -> Motion:
    """Returns how a camera moves as the room asked for it; the terminal's has no name."""
    return state.local_motion.get(camera, STILL) if camera else state.motion


def held_name(camera: str) -> str:
    """Returns what a camera is called among all that can be held."""
    return f"camera {camera}"


class Steering:
    """Finds what is to move with which words."""

    def __init__(
        self,
        put: Callable[[Input], None],
        state: Callable[[], RoomState],
        others: Collection[str] = (),
        moves: Callable[[str], bool] = lambda _camera: False,
    ) -> None:
        """`others`: names of cameras that are not the terminal's own. `moves`: whether one moves, whoever moves it."""
        self._put = put
        self._state = state
        self._others = others
        self._moves = moves

    def find(self, words: str) -> "Movement | Text":
        """Returns the movement that the words of a hold mean, or why they mean none."""
        way, _, camera = words[:LONGEST].partition(" of ")
        wanted = _ways(way.split())
        if wanted is None or len(words) > LONGEST or (camera and camera not in self._others):
            return Text("touch.not_allowed")
        return Movement(camera, wanted, self._put, self._state, self._moves)

    def home(self, words: str) -> bool:
        """Sends a camera home that is not the terminal's, if the words say so; returns whether they do."""
        verb, _, camera = words.partition(" of ")
        if verb != "camera home" or camera not in self._others:
            return False
        self._put(HomeOther(camera))
        return True


class Movement:
    """One movement of one camera."""

    def __init__(
        self,
        camera: str,
        wanted: Motion,
        put: Callable[[Input], None],
        state: Callable[[], RoomState],
        moves: Callable[[str], bool],
    ) -> None:
        self.name = held_name(camera)
        self._camera = camera
        self._wanted = wanted
        self._put = put
        self._state = state
        self._moves = moves

    def begin(self) -> Text:
        """Moves it, unless somebody else does; returns why it does not move."""
        if motion_of(self._state(), self._camera) != STILL or self._moves(self._camera):
            return Text("touch.used_by_controller")
        self._put(self._drive(*(sign or None for sign in self._wanted)))
        state = self._state()
        if any(sign and sign == now for sign, now in zip(self._wanted, motion_of(state, self._camera), strict=True)):
            return NOTHING
        return state.notice.text if state.notice else Text("touch.not_moved")

    def end(self) -> None:
        """Stops the axes that it has moved, but for those that somebody else has turned round since."""
        motion = motion_of(self._state(), self._camera)
        ours = [bool(sign) and now != -sign for sign, now in zip(self._wanted, motion, strict=True)]
        if any(ours):
            self._put(self._drive(*(0 if each else None for each in ours)))

    def _drive(self, pan: int | None, tilt: int | None, zoom: int | None) -> Drive:
        if self._camera:
            return DriveOther(pan, tilt, zoom, camera=self._camera)
        return Drive(pan, tilt, zoom)


def _ways(words: list[str]) -> Motion | None:
    """Returns the movement of `camera` and one or two directions on axes of their own; None for anything else."""
    if len(words) not in (2, 3) or words[0] != "camera" or not set(words[1:]) <= set(get_args(Direction)):
        return None
    signs = [DIRECTIONS[msgspec.convert(word, Direction)] for word in words[1:]]
    by_axis = dict(signs)
    pan, tilt, zoom = (by_axis.get(axis, 0) for axis in range(len(AXES)))
    return (pan, tilt, zoom) if len(by_axis) == len(signs) else None
