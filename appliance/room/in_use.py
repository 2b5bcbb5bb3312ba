"""Whether somebody is in a call or about to be: then nothing may end or restart the appliance."""

from appliance.room.state import Phase, RoomState

IN_A_CALL = frozenset({Phase.WAITING, Phase.CALLING, Phase.RINGING, Phase.WAITING_ROOM, Phase.IN_CALL, Phase.CLOSING})


def is_quiet(state: RoomState) -> bool:
    """Returns whether nobody is in a call, begins one or holds a button."""
    begins = state.call_asked is not None or state.password is not None
    return state.phase not in IN_A_CALL and not begins and not state.held
