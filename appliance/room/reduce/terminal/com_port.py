"""On which serial port the terminal itself drives a camera: a second master on the line of the room's own."""

from appliance.room.change import changed
from appliance.room.state import RoomState
from appliance.terminal.messages.newer.picture import ComPortChanged, ComPortReply


def read(state: RoomState, reply: ComPortReply, _now: float) -> RoomState:
    """Takes the port of a terminal that has been asked for it."""
    return changed(state, com_port=reply.port)


def port_changed(state: RoomState, event: ComPortChanged, _now: float) -> RoomState:
    """Takes another port; an event that does not say which changes nothing."""
    return state if event.port is None else changed(state, com_port=event.port)
