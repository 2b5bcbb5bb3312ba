"""What buttons have beside a single action: one of several by the state of the room, several in a row, with a question.

These have no words of their own: a table, a list and the key `confirm` of the configuration say them.
"""

from typing import ClassVar, Final, Literal

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError, Nothing
from appliance.room.actions.verb import Verb
from appliance.room.situation import Situation

LONGEST_WAIT: Final = 60.0
"""Seconds."""

MOST_STEPS: Final = 20
"""Of a row; also of actions that one press may be worth."""


class Wait(Action, frozen=True):
    """`wait SECONDS`: between two actions of a row."""

    without_link: ClassVar[bool] = True
    seconds: float


class Row(Action, frozen=True):
    """Actions one after the other."""

    steps: tuple[Action, ...]


class ByState(Action, frozen=True):
    """What is done depends on the state of the room; each state comes once."""

    choices: tuple[tuple[Situation, Action], ...]

    def action(self, situation: Situation) -> Action:
        """Returns what is done in a situation; nothing where the configuration gives nothing."""
        return next((action for each, action in self.choices if each is situation), Nothing())

    def situation(self, given: tuple[Situation, ...]) -> Situation:
        """Returns the most particular of these situations for which there is something; `otherwise` where none is."""
        named = {situation for situation, _ in self.choices}
        return next((each for each in given if each in named), Situation.OTHERWISE)


class Confirmed(Action, frozen=True):
    """What is done only once it has been confirmed: by a second press, or by keeping the button down."""

    action: Action
    how: Literal["twice", "hold"]


def leading(action: Action) -> tuple[Action, ...]:
    """Returns the single actions of which a press may do one first."""
    match action:
        case ByState(choices=choices):
            return tuple(first for _, each in choices for first in leading(each))
        case Row(steps=steps):
            return leading(steps[0])
        case Confirmed(action=inner):
            return leading(inner)
        case _:
            return (action,)


def every(action: Action) -> tuple[Action, ...]:
    """Returns all single actions that are part of an action."""
    match action:
        case ByState(choices=choices):
            return tuple(single for _, each in choices for single in every(each))
        case Row(steps=steps):
            return steps
        case Confirmed(action=inner):
            return every(inner)
        case _:
            return (action,)


def _wait(text: str, rest: list[str]) -> Action:
    try:
        seconds = float(rest[0]) if len(rest) == 1 and rest[0].isascii() else -1.0
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= LONGEST_WAIT:
        raise ActionError(Text("mistake.wait", action=text, most=f"{LONGEST_WAIT:g}"))
    return Wait(seconds)


def _words_of_wait(action: Wait) -> str:
    return f"wait {action.seconds!r}".removesuffix(".0")


VERBS = (Verb("wait", ("wait SECONDS",), _wait, {Wait: _words_of_wait}),)
