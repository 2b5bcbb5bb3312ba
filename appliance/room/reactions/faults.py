"""A fault that is over is forgotten when it has been seen for long enough."""

import math

from appliance.room.local_events.box import FaultsSeen
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import RoomState


def faults(_before: RoomState, state: RoomState, now: float) -> Outcome:
    """Forgets what has been shown for its time, and looks again when the next has been."""
    times = [*([state.trouble.until] if state.trouble is not None else []), *state.missed.values()]
    due = any(until <= now for until in times)
    return Outcome(
        events=(FaultsSeen(),) if due else (), look_at=min((at for at in times if at > now), default=math.inf)
    )
