"""A password that nobody goes on typing is dropped."""

from appliance.room.local_events.call import PasswordClosed
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import RoomState


def passwords(_before: RoomState, state: RoomState, now: float) -> Outcome:
    """Closes the entry of a password a while after the last key; each key gives it time anew."""
    if state.password is None:
        return Outcome()
    due = now >= state.password.until
    return Outcome(events=(PasswordClosed(),)) if due else Outcome(look_at=state.password.until)
