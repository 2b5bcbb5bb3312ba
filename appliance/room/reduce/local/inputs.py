"""Inputs in the room: what is held and pressed, what a press began, what is to be confirmed."""

from appliance.room.change import changed
from appliance.room.local_events.camera import LocalMotionAsked, MotionAsked
from appliance.room.local_events.inputs import (
    ConfirmationAsked,
    ConfirmationOver,
    InputsHeld,
    MuteLocked,
    PressesAre,
    RowGoesOn,
    RowsOver,
)
from appliance.room.parts.presses import Stage
from appliance.room.parts.shown import Notice
from appliance.room.state import RoomState


def inputs_held(state: RoomState, event: InputsHeld, _now: float) -> RoomState:
    """What is held down."""
    return changed(state, held=event.held)


def presses_are(state: RoomState, event: PressesAre, _now: float) -> RoomState:
    """How far presses have come; what is pressed again is not held."""
    up = {name for name, press in event.presses.items() if press.stage is Stage.AGAIN}
    return changed(state, presses=event.presses, held=state.held - up)


def row_goes_on(state: RoomState, event: RowGoesOn, _now: float) -> RoomState:
    """A button has begun a step of its row."""
    return changed(state, rows={**state.rows, event.button: event.running})


def rows_over(state: RoomState, event: RowsOver, _now: float) -> RoomState:
    """A button's row is over, or that of every button."""
    others = {name: running for name, running in state.rows.items() if event.button and name != event.button}
    return changed(state, rows=others)


def confirmation_asked(state: RoomState, event: ConfirmationAsked, _now: float) -> RoomState:
    """A press waits for another one, and the room says for what."""
    notice = Notice(event.confirming.text, event.confirming.until)
    return changed(state, confirming=event.confirming, notice=notice)


def confirmation_over(state: RoomState, _event: ConfirmationOver, _now: float) -> RoomState:
    """It waits no longer; what was said of it goes, and nothing else."""
    if state.confirming is None:
        return state
    shown = state.notice is not None and state.notice.text == state.confirming.text
    return changed(state, confirming=None, notice=None if shown else state.notice)


def mute_locked(state: RoomState, event: MuteLocked, _now: float) -> RoomState:
    """A speakerphone has locked the mute, or no longer does."""
    locks = state.mute_locks - {event.speakerphone}
    return changed(state, mute_locks=locks | {event.speakerphone} if event.on else locks)


def motion_asked(state: RoomState, event: MotionAsked, _now: float) -> RoomState:
    """How the terminal's camera is to move."""
    return changed(state, motion=(event.pan, event.tilt, event.zoom))


def local_motion_asked(state: RoomState, event: LocalMotionAsked, _now: float) -> RoomState:
    """How a camera of the room is to move; None leaves an axis as it is."""
    pan, tilt, zoom = state.local_motion.get(event.camera, (0, 0, 0))
    motion = (
        pan if event.pan is None else event.pan,
        tilt if event.tilt is None else event.tilt,
        zoom if event.zoom is None else event.zoom,
    )
    return changed(state, local_motion={**state.local_motion, event.camera: motion})
