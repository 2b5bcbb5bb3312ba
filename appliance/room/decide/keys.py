"""Keys that dial: symbols typed before a call, tones during one."""

from appliance.room import actions
from appliance.room.decide import dialpad
from appliance.room.decide.habits import Habits
from appliance.room.decide.occupied import OCCUPIED
from appliance.room.intents import (
    Intent,
    Tone,
)
from appliance.room.state import Phase, RoomState


def dial(action: actions.Dial, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Sends tones in a call; otherwise adds to the number typed."""
    if state.phase is Phase.IN_CALL:
        return tuple(Tone(symbol) for symbol in action.symbols)
    return () if state.phase in OCCUPIED else dialpad.append(state.number, action.symbols)


def backspace(_action: actions.Backspace, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Takes back the last symbol of the number typed."""
    return () if state.phase in OCCUPIED else dialpad.backspace(state.number)


def clear(_action: actions.Clear, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Takes back the whole number typed."""
    return () if state.phase in OCCUPIED else dialpad.clear(state.number)
