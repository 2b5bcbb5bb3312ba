"""What was asked of the terminal and is not confirmed in time is no longer shown as asked."""

from appliance.room.local_events.awaited import AskedOver, Unconfirmed
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import RoomState


def asked(_before: RoomState, state: RoomState, now: float) -> Outcome:
    """Ends the wait; what the terminal had accepted, and not confirmed, is said."""
    waits = state.asked
    if waits is None:
        return Outcome()
    if now < waits.until:
        return Outcome(look_at=waits.until)
    return Outcome(events=(Unconfirmed() if waits.accepted else AskedOver(),))
