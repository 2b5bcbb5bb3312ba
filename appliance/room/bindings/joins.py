"""Which button joins the meeting that the display shows: whatever its configuration says, its press is asked."""

from collections.abc import Iterable

from appliance.room.bindings.bindings import Bindings
from appliance.room.bindings.resolve import resolve
from appliance.room.inputs import Pressed
from appliance.room.intents.call import Call
from appliance.room.state import Phase, RoomState


def joins(buttons: Iterable[str], bindings: Bindings, state: RoomState) -> str:
    """Returns the first of `buttons` that would call a meeting which is on or soon; nothing where none would now."""
    agenda = state.agenda
    meetings = (agenda.next if agenda.soon else None, agenda.now, *agenda.released)
    peers = {meeting.peer_id for meeting in meetings if meeting is not None and meeting.peer_id}
    if not peers or state.phase is not Phase.IDLE:
        return ""
    return next((name for name in buttons if _calls(name, peers, bindings, state)), "")


def _calls(name: str, peers: set[str], bindings: Bindings, state: RoomState) -> bool:
    meant = resolve(Pressed(name), state, bindings)
    return any(isinstance(each, Call) and each.peer_id in peers for each in meant)
