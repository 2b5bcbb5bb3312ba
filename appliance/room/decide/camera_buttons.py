"""The terminal's camera as buttons move it, and the other side's requests to move it."""

from appliance.room import actions
from appliance.room.decide import camera
from appliance.room.decide.habits import Habits
from appliance.room.intents import (
    HomeCamera,
    Intent,
    KeepCamera,
    LendCamera,
)
from appliance.room.state import RoomState


def move(action: actions.Camera, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Moves the camera while a button is down."""
    return camera.start(state, action.direction)


def home(_action: actions.CameraHome, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Sends the camera to its home position."""
    return (HomeCamera(),)


def lend(_action: actions.LendCamera, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Lets who asked first move our camera."""
    return tuple(LendCamera(who.peer_id) for who in state.camera_wanted[:1])


def keep(_action: actions.KeepCamera, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Refuses who asked first."""
    return tuple(KeepCamera(who.peer_id) for who in state.camera_wanted[:1])
