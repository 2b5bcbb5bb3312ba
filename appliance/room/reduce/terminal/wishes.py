"""What was asked of the terminal, until it is confirmed, fails, or nobody knows."""

from appliance.room.change import changed, noticed
from appliance.room.local_events.awaited import AskedAccepted, AskedFailed, AskedOver, Unconfirmed
from appliance.room.orders import asked
from appliance.room.state import RoomState
from appliance.room.texts import UNCONFIRMED


def asked_accepted(state: RoomState, event: AskedAccepted, _now: float) -> RoomState:
    """The terminal has taken it, and not yet said that it is so."""
    return asked.accepted(state, event.intent)


def asked_failed(state: RoomState, event: AskedFailed, _now: float) -> RoomState:
    """It came to nothing."""
    return asked.over(state, event.intent)


def asked_over(state: RoomState, _event: AskedOver, _now: float) -> RoomState:
    """It is waited for no longer."""
    return changed(state, asked=None)


def unconfirmed(state: RoomState, _event: Unconfirmed, now: float) -> RoomState:
    """It is waited for no longer, and the room says that nobody knows."""
    return noticed(changed(state, asked=None), UNCONFIRMED, now)
