"""A call that the terminal says nothing of is given up: after that a press calls again, and the box counts as idle."""

from appliance.room.local_events.call import CallDropped
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import RoomState


def call_asked(_before: RoomState, state: RoomState, now: float) -> Outcome:
    """Gives a call up when the terminal had its time to say something of it."""
    asked = state.call_asked
    if asked is None:
        return Outcome()
    return Outcome(events=(CallDropped(asked.peer_id),)) if now >= asked.until else Outcome(look_at=asked.until)
