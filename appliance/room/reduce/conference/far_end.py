"""Cameras across the call: the other side's, which the room moves, and the room's, which the other side moves.

The terminal has no command that gives a camera back: control ends with the call, or when its owner takes it back.
"""

from appliance.room.change import changed, noticed
from appliance.room.local_events.camera import FarCameraIs
from appliance.room.parts.camera import CameraAnswer, FarCamera
from appliance.room.parts.person import Person
from appliance.room.people.who import person, same_peer
from appliance.room.state import Phase, RoomState
from appliance.room.texts import camera_kept, camera_lent, camera_refusal
from appliance.terminal.messages.calls import ParticipantLeft
from appliance.terminal.messages.far_end import (
    CameraGranted,
    CameraRefused,
    CameraRequestGranted,
    CameraRequestReceived,
    CameraRequestRefused,
    CameraRequestSent,
    FarCameraLost,
)

MOST = 8  # people who ask at a time; one more takes the place of who asked first


def call_over(state: RoomState) -> RoomState:
    """Ends whatever control of cameras there was."""
    return changed(state, far_camera=None, camera_wanted=(), camera_lent=frozenset())


def found(state: RoomState, event: FarCameraIs, _now: float) -> RoomState:
    """Notes what the appliance itself asked for, or read."""
    return changed(state, far_camera=event.camera)


def asked(state: RoomState, event: CameraRequestSent, _now: float) -> RoomState:
    """Notes that the terminal asked for somebody's camera, whoever wanted that."""
    return changed(state, far_camera=FarCamera(event.call_id, CameraAnswer.ASKED))


def granted(state: RoomState, event: CameraRequestGranted, _now: float) -> RoomState:
    """Notes that the room may move somebody's camera."""
    return changed(state, far_camera=FarCamera(event.call_id, CameraAnswer.GRANTED))


def refused(state: RoomState, event: CameraRequestRefused, now: float) -> RoomState:
    """Notes that the room may not; the display says why."""
    state = changed(state, far_camera=FarCamera(event.call_id, CameraAnswer.REFUSED))
    return noticed(state, camera_refusal(event.reason, _label(state, event.call_id)), now)


def lost(state: RoomState, event: FarCameraLost, _now: float) -> RoomState:
    """Notes that the room may no longer."""
    ours = state.far_camera is not None and same_peer(state.far_camera.owner, event.call_id)
    return changed(state, far_camera=None) if ours else state


def wanted(state: RoomState, event: CameraRequestReceived, _now: float) -> RoomState:
    """Notes that somebody asks to move our camera; outside of a call, nothing would end that."""
    who = person(state, event.call_id)
    if who is None or state.phase is not Phase.IN_CALL:
        return state
    return changed(state, camera_wanted=(*_others(state, event.call_id), who)[-MOST:])


def left(state: RoomState, event: ParticipantLeft, _now: float) -> RoomState:
    """Ends what there was with somebody who has left: what they asked, moved, or let the room move."""
    theirs = state.far_camera is not None and same_peer(state.far_camera.owner, event.peer_id)
    return changed(
        state,
        far_camera=None if theirs else state.far_camera,
        camera_wanted=_others(state, event.peer_id),
        camera_lent=_lent_to_others(state, event.peer_id),
    )


def lent(state: RoomState, event: CameraGranted, now: float) -> RoomState:
    """Notes that somebody may move our camera, whoever allowed it."""
    others = _others(state, event.call_id)
    state = changed(state, camera_wanted=others, camera_lent=_lent_to_others(state, event.call_id) | {event.call_id})
    return noticed(state, camera_lent(_label(state, event.call_id)), now)


def kept(state: RoomState, event: CameraRefused, now: float) -> RoomState:
    """Notes that somebody may not move our camera, or asks no longer."""
    others = _others(state, event.call_id)
    state = changed(state, camera_wanted=others, camera_lent=_lent_to_others(state, event.call_id))
    return noticed(state, camera_kept(event.reason, _label(state, event.call_id)), now)


def _others(state: RoomState, call_id: str) -> tuple[Person, ...]:
    return tuple(who for who in state.camera_wanted if not same_peer(who.peer_id, call_id))


def _lent_to_others(state: RoomState, call_id: str) -> frozenset[str]:
    return frozenset(peer_id for peer_id in state.camera_lent if not same_peer(peer_id, call_id))


def _label(state: RoomState, call_id: str) -> str:
    who = person(state, call_id)
    return who.label if who else ""
