"""Driving the terminal's camera: which movement or place an input wants, given what the camera can do."""

import math

from appliance.room.actions import Direction
from appliance.room.inputs import Drive, DriveTo
from appliance.room.intents.base import Intent
from appliance.room.intents.camera import Move, MoveTo
from appliance.room.intents.shown import Explain
from appliance.room.motion import AXES, DIRECTIONS, Motion
from appliance.room.state import RoomState
from appliance.room.texts import CAMERA_UNKNOWN, no_axis
from appliance.terminal.messages.devices import (
    Axis,
)


def drive(state: RoomState, given: Drive) -> tuple[Intent, ...]:
    """Returns the movement that a joystick wants, merged with the one going on; a stop is always an intent."""
    asked = tuple(None if axis is None else _sign(axis) for axis in (given.pan, given.tilt, given.zoom))
    missing = [name for name, axis, sign in zip(AXES, _axes(state), asked, strict=True) if sign and not axis.support]
    possible = [None if sign and not axis.support else sign for axis, sign in zip(_axes(state), asked, strict=True)]
    if missing and not any(sign is not None for sign in possible):
        return (Explain(no_axis(missing[0])),)
    return (_merged(state.motion, possible),)


def start(state: RoomState, direction: Direction) -> tuple[Intent, ...]:
    """Returns the movement while a button for this direction is down."""
    axis, sign = DIRECTIONS[direction]
    return drive(state, Drive(**{AXES[axis]: sign}))


def let_go(state: RoomState, direction: Direction) -> tuple[Intent, ...]:
    """Returns the movement after a button went up; one whose axis has been turned round since no longer counts."""
    axis, sign = DIRECTIONS[direction]
    if state.motion[axis] == -sign:
        return ()
    return drive(state, Drive(**{AXES[axis]: 0}))


def drive_to(state: RoomState, given: DriveTo) -> tuple[Intent, ...]:
    """Returns the place that a joystick names, in the terminal's units; explains axes that the camera lacks."""
    if state.camera is None:
        return (Explain(CAMERA_UNKNOWN),)
    wanted = zip(AXES, _axes(state), (given.pan, given.tilt, given.zoom), strict=True)
    asked = [(name, axis, part) for name, axis, part in wanted if part is not None]
    places = {name: place(axis, part) for name, axis, part in asked if axis.support}
    missing = tuple(Explain(no_axis(name)) for name, axis, _ in asked if not axis.support)
    preset = "" if given.preset is None else (state.presets or {}).get(given.preset, "")
    return (MoveTo(**places, preset=preset), *missing[:1]) if places else missing[:1]


def place(axis: Axis, part: float) -> float:
    """Returns a place on an axis for a part of its range (0.0 to 1.0, clamped), rounded to whole steps."""
    part = max(0.0, min(1.0, part))
    raw = axis.min_value * (1 - part) + axis.max_value * part
    steps = (raw - axis.min_value) / axis.step if axis.step > 0 else math.inf
    if math.isfinite(steps):
        raw = axis.min_value + round(steps) * axis.step
    low, high = sorted((axis.min_value, axis.max_value))
    return max(low, min(high, raw))


def _merged(motion: Motion, asked: list[int | None]) -> Move:
    return Move(*(old if new is None else new for old, new in zip(motion, asked, strict=True)))


def _axes(state: RoomState) -> tuple[Axis, Axis, Axis]:
    """Returns the camera's axes; all of them while it is unknown which there are: the terminal may refuse."""
    there = Axis(support=True)
    camera = state.camera
    return (camera.pan, camera.tilt, camera.zoom) if camera else (there, there, there)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
