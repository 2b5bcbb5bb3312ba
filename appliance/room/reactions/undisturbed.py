"""A time without disturbance ends by itself, when it was begun with an end."""

from appliance.room.local_events.closed import DisturbanceChanged
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import RoomState


def undisturbed(_before: RoomState, state: RoomState, now: float) -> Outcome:
    """Ends it."""
    if state.undisturbed is None or state.undisturbed.until is None:
        return Outcome()
    due = now >= state.undisturbed.until
    return Outcome(events=(DisturbanceChanged(None),)) if due else Outcome(look_at=state.undisturbed.until)
