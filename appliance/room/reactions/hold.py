"""A call that ends on hold, or gives way to another, takes with it what was muted for it."""

from functools import partial

from appliance.room import hold
from appliance.room.inputs import HeldCallOver
from appliance.room.parts.link import LinkPhase
from appliance.room.reactions.reaction import Outcome, same_session
from appliance.room.state import Phase, RoomState

SETTLED = 2.0  # seconds without a call: one that becomes a conference may end first, and must not be heard suddenly


def held_call_over(
    before: RoomState, state: RoomState, now: float, *, seen: bool = False, since: float | None = None
) -> Outcome:
    """Says when the call on hold is over, but only where its end was seen: after a reconnect nothing is sent.

    `seen`: the call was seen on hold in this session. `since`: when it was first seen to be over (monotonic seconds).
    """
    if state.link.phase is not LinkPhase.UP or state.on_hold is None:
        return Outcome(then=held_call_over)
    if not hold.over(state):
        return Outcome(then=partial(held_call_over, seen=True))
    if not seen or not same_session(before, state):
        return Outcome(then=held_call_over)
    since = now if since is None else since
    if state.phase is Phase.IN_CALL or now >= since + SETTLED:  # somebody here has taken another call, or it stays over
        return Outcome(inputs=(HeldCallOver(),))
    return Outcome(then=partial(held_call_over, seen=True, since=since), look_at=since + SETTLED)
