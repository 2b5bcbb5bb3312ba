"""What keys of a telephone do: typing, and taking back what was typed."""

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.verb import Verb, alone
from appliance.room.decide.dialpad import SYMBOLS


class Dial(Action, frozen=True):
    """`dial SYMBOLS`: tones in a call, digits of a number (or of the password that is wanted) outside."""

    symbols: str


class Letter(Action, frozen=True):
    """A letter that no telephone has: only passwords have it. It has no words of its own, only keys say it."""

    symbol: str


class Backspace(Action, frozen=True):
    """`backspace`: takes the last digit typed."""


class Clear(Action, frozen=True):
    """`clear`: drops what was typed."""


def _dial(text: str, rest: list[str]) -> Action:
    symbols = rest[0].upper() if len(rest) == 1 else ""
    if not symbols or not SYMBOLS.issuperset(symbols):
        raise ActionError(Text("mistake.dial_symbols", action=text))
    return Dial(symbols)


def _words_of_dial(action: Dial) -> str:
    return f"dial {action.symbols}"


VERBS = (
    Verb("dial", ("dial SYMBOLS",), _dial, {Dial: _words_of_dial}),
    alone("backspace", Backspace()),
    alone("clear", Clear()),
)
