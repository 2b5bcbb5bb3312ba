"""The terminal itself: who controls it."""

from appliance.room.actions.action import Action
from appliance.room.actions.verb import alone


class Reclaim(Action, frozen=True):
    """`reclaim`: takes the terminal back from another controller."""


VERBS = (alone("reclaim", Reclaim()),)
