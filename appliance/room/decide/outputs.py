"""What the appliance itself switches: the terminal has no part in it, nor has its link."""

from appliance.language.text import Text
from appliance.room import actions
from appliance.room.decide.habits import Habits
from appliance.room.intents.base import Intent
from appliance.room.intents.box import SwitchOutput
from appliance.room.intents.shown import Explain
from appliance.room.state import RoomState


def switch(action: actions.Switch, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Switches an output; to the other of what it is where the action does not say, and on where that is not known."""
    if action.output not in state.outputs:
        return (Explain(Text("notice.output_missing", name=action.name)),)
    on = not state.outputs[action.output] if action.on is None else action.on
    return (SwitchOutput(action.output, on, action.seconds),)
