"""Who called beside a call that is over now rings soon, or not at all: nobody waits for that for ever."""

from functools import partial

from appliance.room.local_events.call import SecondCallOver
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import Phase, RoomState

RINGS = 3.0
"""Seconds after the end of a call in which the one beside it begins to ring; a terminal does so at once."""


def second_call(_before: RoomState, state: RoomState, now: float, *, since: float | None = None) -> Outcome:
    """Gives up a second call that does not ring though the first is over; `since` when (monotonic seconds) it was."""
    if state.phase is not Phase.IDLE or state.call_waiting is None:
        return Outcome(then=second_call)
    since = now if since is None else since
    if now >= since + RINGS:
        return Outcome(events=(SecondCallOver(),), then=second_call)
    return Outcome(look_at=since + RINGS, then=partial(second_call, since=since))
