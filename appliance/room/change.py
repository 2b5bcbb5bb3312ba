"""Small changes to the room that several kinds of events have in common."""

import msgspec

from appliance.language.text import Text
from appliance.room.parts.shown import Notice
from appliance.room.state import RoomState

NOTICE_SECONDS = 5.0


def changed(state: RoomState, **fields: object) -> RoomState:
    """Returns `state` with these fields; the same object where nothing is different, so that nobody redraws."""
    for name, value in fields.items():
        if getattr(state, name) != value:
            return msgspec.structs.replace(state, **fields)
    return state


def noticed(state: RoomState, text: Text, now: float) -> RoomState:
    """Returns `state` with a sentence for the display; nothing to say leaves it alone."""
    return changed(state, notice=Notice(text, now + NOTICE_SECONDS)) if text else state
