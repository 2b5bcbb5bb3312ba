"""Buttons and pages that move a camera that the appliance controls itself: the terminal and its link have no part."""

from appliance.room import actions
from appliance.room.inputs import DriveOther, HomeOther
from appliance.room.intents.base import Intent
from appliance.room.intents.camera import HomeLocalCamera, MoveLocalCamera
from appliance.room.motion import AXES, DIRECTIONS, STILL
from appliance.room.state import RoomState


def press(action: actions.Action | None, camera: str) -> tuple[Intent, ...] | None:
    """Returns what a press wants of this camera; None where it is not about a camera."""
    match action:
        case actions.Camera(direction=direction):
            axis, sign = DIRECTIONS[direction]
            return (MoveLocalCamera(camera, **{AXES[axis]: sign}),)
        case actions.CameraHome():
            return (HomeLocalCamera(camera),)
        case _:
            return None


def asked(given: DriveOther | HomeOther) -> tuple[Intent, ...]:
    """Returns what a page wants of the camera that it names."""
    if isinstance(given, HomeOther):
        return (HomeLocalCamera(given.camera),)
    return (MoveLocalCamera(given.camera, given.pan, given.tilt, given.zoom),)


def let_go(action: actions.Camera, camera: str, state: RoomState) -> tuple[Intent, ...]:
    """Returns what it wants when the button goes up; nothing if its axis has been turned round since."""
    axis, sign = DIRECTIONS[action.direction]
    turned = state.local_motion.get(camera, STILL)[axis] == -sign
    return () if turned else (MoveLocalCamera(camera, **{AXES[axis]: 0}),)


def all_let_go(state: RoomState) -> tuple[Intent, ...]:
    """Returns what it wants when the buttons are gone."""
    return tuple(MoveLocalCamera(camera, 0, 0, 0) for camera, motion in state.local_motion.items() if motion != STILL)
