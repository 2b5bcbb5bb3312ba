"""The terminal itself: who controls it, whether it sleeps, and that it starts again."""

from typing import ClassVar

from appliance.room.actions.action import Action
from appliance.room.actions.verb import alone


class Reclaim(Action, frozen=True):
    """`reclaim`: takes the terminal back from another controller."""


class Sleep(Action, frozen=True):
    """`sleep`: the terminal and its screen sleep."""


class Wake(Action, frozen=True):
    """`wake`: the terminal and its screen wake."""


class RestartTerminal(Action, frozen=True):
    """`restart_terminal`: the terminal's computer starts again, also during a call."""

    ends_link: ClassVar[bool] = True


VERBS = (
    alone("reclaim", Reclaim()),
    alone("sleep", Sleep()),
    alone("wake", Wake()),
    alone("restart_terminal", RestartTerminal()),
)
