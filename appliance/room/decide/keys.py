"""Keys that dial: symbols typed before a call, a password where one is wanted, tones during a call."""

from appliance.room import actions
from appliance.room.decide import dialpad, password
from appliance.room.decide.calls import declined
from appliance.room.decide.habits import Habits
from appliance.room.decide.occupied import OCCUPIED
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Tone
from appliance.room.state import GOING_ON, Phase, RoomState


def dial(action: actions.Dial, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Sends tones in a call; otherwise adds to the password that is wanted, or to the number typed."""
    if state.password is not None:
        return password.append(state.password, action.symbols)
    if state.phase is Phase.IN_CALL:
        return tuple(Tone(symbol) for symbol in action.symbols)
    return () if state.phase in OCCUPIED else dialpad.append(state.number, action.symbols)


def letter(action: actions.Letter, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Adds to the password that is wanted; no number has such a letter, and no tone."""
    return () if state.password is None else password.append(state.password, action.symbol)


def backspace(_action: actions.Backspace, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Takes back the last symbol typed."""
    if state.password is not None:
        return password.backspace(state.password)
    return () if state.phase in OCCUPIED else dialpad.backspace(state.number)


def clear(_action: actions.Clear, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Takes back all that was typed, once more the entry of a password.

    In a call it declines the call that waits, or what the room is asked.
    """
    if state.password is not None:
        return password.clear(state.password)
    if state.phase in GOING_ON:
        return declined(state)
    return () if state.phase in OCCUPIED else dialpad.clear(state.number)
