"""What the terminal does not tell by itself, and is read again when a change makes that worth while."""

from appliance.room.reactions.reaction import Outcome, same_session
from appliance.room.state import LinkPhase, Phase, RoomState
from appliance.terminal.messages.calls import GetConferences
from appliance.terminal.messages.people import GetCallHistory
from appliance.terminal.messages.presets import GetPresets

HISTORY = 20  # calls: as many as the snapshot after a connect has
_DURING_A_CALL = frozenset({Phase.CLOSING, Phase.IN_CALL, Phase.RINGING, Phase.CALLING})


def calls(before: RoomState, state: RoomState, _now: float) -> Outcome:
    """Reads whom a call is with where no event has said so, and the history after a call."""
    if not same_session(before, state) or before.phase is state.phase:
        return Outcome()
    if state.phase is Phase.WAITING or (state.phase is Phase.IN_CALL and state.conversation is None):
        return Outcome(reads=(GetConferences(),))
    if state.phase is Phase.IDLE and before.phase in _DURING_A_CALL:
        return Outcome(reads=(GetCallHistory(count=HISTORY),))
    return Outcome()


def terminal_presets(before: RoomState, state: RoomState, _now: float) -> Outcome:
    """Reads the terminal's own presets after every connect; terminals before 4.2 have none and refuse the question."""
    connected = state.link.phase is LinkPhase.UP and not same_session(before, state)
    return Outcome(reads=(GetPresets(),)) if connected else Outcome()
