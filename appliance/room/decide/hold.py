"""Putting a call on hold and taking it back: which intents that is in the room's state."""

from appliance.room import actions, hold
from appliance.room.decide.habits import Habits
from appliance.room.hold import CONFIRMED
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, PutOnHold, Resume
from appliance.room.intents.shown import Explain
from appliance.room.state import Phase, RoomState
from appliance.room.texts import (
    MIC_UNKNOWN,
)


def put(state: RoomState) -> PutOnHold:
    """Returns what puts the call on hold: mutes what is on, and nothing of which it is unknown whether it is."""
    return PutOnHold(frozenset(each for each, muted in CONFIRMED.items() if muted(state) is False))


def resume(state: RoomState) -> tuple[Resume, ...]:
    """Returns what ends the hold: nothing where there is none."""
    return (Resume(state.on_hold.muted),) if state.on_hold else ()


def with_leftovers(wanted: tuple[Intent, ...], state: RoomState) -> tuple[Intent, ...]:
    """Lets a new call begin with what a hold before had muted, whose end was missed (say, without a link)."""
    begins = state.phase is not Phase.IN_CALL and any(isinstance(each, Call | Answer) for each in wanted)
    return (*wanted, *resume(state)) if begins else wanted


def hold_or_resume(action: actions.Hold, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Puts the call on hold, takes it back, or takes the call that waits."""
    if state.phase is not Phase.IN_CALL:
        return () if action.on else resume(state)
    if state.call_waiting is not None and action.on is not False:
        return (Answer(),)
    if hold.in_force(state) if action.on is None else not action.on:
        return resume(state)
    return (Explain(MIC_UNKNOWN),) if state.mic_muted is None else (put(state),)
