"""The number being typed, key by key."""

from appliance.room.intents.base import Intent
from appliance.room.intents.call import EditNumber
from appliance.room.intents.shown import Explain
from appliance.room.texts import NUMBER_FULL

SYMBOLS = frozenset("0123456789*#ABCD")
MAX_LENGTH = 64


def append(number: str, symbols: str) -> tuple[Intent, ...]:
    """Returns the number with more symbols; one that would become too long stays as it is."""
    longer = number + symbols
    return (EditNumber(longer),) if len(longer) <= MAX_LENGTH else (Explain(NUMBER_FULL),)


def backspace(number: str) -> tuple[Intent, ...]:
    """Returns the number without its last symbol."""
    return (EditNumber(number[:-1]),) if number else ()


def clear(number: str) -> tuple[Intent, ...]:
    """Returns an empty number."""
    return (EditNumber(""),) if number else ()
