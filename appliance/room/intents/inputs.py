"""What goes on after a press: rows of actions, and what is to be confirmed."""

from appliance.language.text import Text
from appliance.room.intents.base import Intent


class AskToConfirm(Intent, frozen=True):
    """What a button does wants to be confirmed; the display says how (local)."""

    button: str
    text: Text


class ConfirmationOver(Intent, frozen=True):
    """What a button does was confirmed, or is not wanted any more (local)."""


class GoOn(Intent, frozen=True):
    """The row of actions that a button has begun goes on with this step, so many seconds from now (local)."""

    button: str
    gesture: str
    nth: int
    situation: str
    step: int
    seconds: float


class StopRows(Intent, frozen=True):
    """The actions in a row that this button has begun are over; empty: those of all buttons (local)."""

    button: str = ""
