"""Content and layout: only a call has either."""

from appliance.room import actions
from appliance.room.decide.habits import Habits
from appliance.room.intents.base import Intent
from appliance.room.intents.terminal import SetLayout, ShareContent
from appliance.room.state import GOING_ON, RoomState


def content(action: actions.Content, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Shows the others a screen or window, or ends that."""
    return (ShareContent(action.on, action.source),) if state.phase in GOING_ON else ()


def layout(action: actions.Layout, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Lays out the pictures of a call."""
    return (SetLayout(action.kind),) if state.phase in GOING_ON else ()
