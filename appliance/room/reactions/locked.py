"""A PIN that nobody goes on typing is forgotten, and the pause after wrong ones ends."""

from appliance.room.local_events.closed import LockTimeOver
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import RoomState


def locked(_before: RoomState, state: RoomState, now: float) -> Outcome:
    """Says when that time has come."""
    if state.locked is None or state.locked.until is None:
        return Outcome()
    due = now >= state.locked.until
    return Outcome(events=(LockTimeOver(),)) if due else Outcome(look_at=state.locked.until)
