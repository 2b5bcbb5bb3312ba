"""Whoever enters a call does so unheard."""

from appliance.room import actions
from appliance.room.inputs import Automatic
from appliance.room.reactions.reaction import Outcome, same_session
from appliance.room.state import Phase, RoomState


def mute_on_entry(before: RoomState, state: RoomState, _now: float) -> Outcome:
    """Mutes the microphone when a call is established; a call that becomes a conference is established anew."""
    enters = same_session(before, state) and state.phase is Phase.IN_CALL is not before.phase
    return Outcome(inputs=(Automatic(actions.Mute("mic", on=True)),)) if enters and not state.mic_muted else Outcome()
