"""The password that a conference wants, key by key.

Keypads have no letters, and passwords of conferences may be hexadecimal: a key from 1 to 6 that is held turns the
digit that it has just typed into a letter from A to F.
"""

from collections.abc import Mapping

from appliance.room.decide.dialpad import MAX_LENGTH
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Call, ClosePassword, EditPassword
from appliance.room.intents.shown import Explain
from appliance.room.parts.call import PasswordEntry
from appliance.room.secret import NO_SECRET, Secret
from appliance.room.state import RoomState
from appliance.room.texts import PASSWORD_EMPTY, PASSWORD_FULL

BY_HOLDING: Mapping[str, str] = dict(zip("123456", "ABCDEF", strict=True))
"""What holding a key makes of its digit."""


def append(entry: PasswordEntry, symbols: str) -> tuple[Intent, ...]:
    """Returns the password with more symbols; one that would become too long stays as it is."""
    longer = entry.entered.text + symbols
    return (EditPassword(Secret(longer), readable=True),) if len(longer) <= MAX_LENGTH else (Explain(PASSWORD_FULL),)


def lettered(state: RoomState, digit: str) -> tuple[Intent, ...]:
    """Returns the password with the letter of this key in place of the digit; nothing if it was not the last key."""
    entered = state.password.entered.text if state.password else ""
    if digit not in BY_HOLDING or not entered.endswith(digit):
        return ()
    return (EditPassword(Secret(entered[:-1] + BY_HOLDING[digit]), readable=True),)


def backspace(entry: PasswordEntry) -> tuple[Intent, ...]:
    """Returns the password without its last symbol."""
    return (EditPassword(Secret(entry.entered.text[:-1])),) if entry.entered else ()


def clear(entry: PasswordEntry) -> tuple[Intent, ...]:
    """Empties the password; gives the entry up where nothing was typed."""
    return (EditPassword(NO_SECRET),) if entry.entered else (ClosePassword(),)


def join(entry: PasswordEntry) -> tuple[Intent, ...]:
    """Calls the same peer again, with what was typed."""
    return (Call(entry.whom.peer_id, entry.entered),) if entry.entered else (Explain(PASSWORD_EMPTY),)
