"""The terminal's camera as buttons move it, and the other side's requests to move it."""

from appliance.room import actions
from appliance.room.decide import camera
from appliance.room.decide.habits import Habits
from appliance.room.intents.base import Intent
from appliance.room.intents.camera import HomeCamera, KeepCamera, KeepPreset, LendCamera, MoveTo
from appliance.room.intents.shown import Explain
from appliance.room.state import RoomState
from appliance.room.texts import NO_PRESETS, no_preset


def move(action: actions.Camera, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Moves the camera while a button is down."""
    return camera.start(state, action.direction)


def home(_action: actions.CameraHome, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Sends the camera to its home position."""
    return (HomeCamera(),)


def recall(action: actions.Preset, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Sends the camera to a place that the terminal has stored."""
    there = (state.presets or {}).get(action.number)
    if there is not None:
        return (MoveTo(preset=there),)
    return (Explain(NO_PRESETS if state.presets is None else no_preset(action.number)),)


def store(action: actions.StorePreset, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Has the terminal store where the camera looks."""
    return (Explain(NO_PRESETS),) if state.presets is None else (KeepPreset(action.number, there=True),)


def lend(_action: actions.LendCamera, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Lets who asked first move our camera."""
    return tuple(LendCamera(who.peer_id) for who in state.camera_wanted[:1])


def keep(_action: actions.KeepCamera, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Refuses who asked first."""
    return tuple(KeepCamera(who.peer_id) for who in state.camera_wanted[:1])
