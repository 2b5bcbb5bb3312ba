"""What pages call the states of the room and of the link."""

from collections.abc import Sequence

from appliance.language.text import NOTHING, Text
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase

PHASES = {
    Phase.UNKNOWN: Text("phase.unknown"),
    Phase.OFFLINE: Text("phase.offline"),
    Phase.CONNECTING: Text("phase.connecting"),
    Phase.LOGIN_NEEDED: Text("phase.login_needed"),
    Phase.IDLE: Text("phase.idle"),
    Phase.WAITING: Text("phase.waiting"),
    Phase.CALLING: Text("phase.calling"),
    Phase.RINGING: Text("phase.ringing"),
    Phase.WAITING_ROOM: Text("phase.waiting_room"),
    Phase.IN_CALL: Text("phase.in_call"),
    Phase.CLOSING: Text("phase.closing"),
}

LINKS = {
    LinkPhase.STARTING: Text("link.starting"),
    LinkPhase.DOWN: Text("link.down"),
    LinkPhase.REFUSED: Text("link.refused"),
    LinkPhase.EVICTED: Text("link.evicted"),
    LinkPhase.UP: Text("link.up"),
}


def refused(mistakes: Sequence[object]) -> Text:
    """Returns that a configuration was not taken; nothing where it has no mistakes."""
    return Text("configuration.refused", count=len(mistakes)) if mistakes else NOTHING
