"""A notice goes away by itself."""

from appliance.room.local_events.shown import NoticeExpired
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import RoomState


def notices(_before: RoomState, state: RoomState, now: float) -> Outcome:
    """Takes a notice down when its time has come; one that takes its place has a time of its own."""
    if state.notice is None:
        return Outcome()
    return Outcome(events=(NoticeExpired(),)) if now >= state.notice.until else Outcome(look_at=state.notice.until)
