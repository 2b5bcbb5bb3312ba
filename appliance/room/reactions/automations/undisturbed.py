"""Calls that come in while the room is not to be disturbed are declined."""

from appliance.room import actions
from appliance.room.decide.calls import somebody_calls
from appliance.room.inputs import Automatic
from appliance.room.reactions.reaction import Outcome, same_session
from appliance.room.state import RoomState


def decline_undisturbed(before: RoomState, state: RoomState, _now: float) -> Outcome:
    """Declines each call that begins to ring or to wait in that time; one that rang before it is left to people."""
    begins = same_session(before, state) and somebody_calls(state) and not somebody_calls(before)
    return Outcome(inputs=(Automatic(actions.Decline()),)) if begins and state.undisturbed else Outcome()
