"""The room's own place in a role-based conference."""

from appliance.room.actions.action import Action
from appliance.room.actions.verb import with_one_of


class AskForPodium(Action, frozen=True):
    """`podium ask`: goes to the podium, or asks for it."""


class LeavePodium(Action, frozen=True):
    """`podium leave`: leaves the podium, or ends a remark."""


class MakeRemark(Action, frozen=True):
    """`podium remark`: speaks from the room's place for a while."""


VERBS = (with_one_of("podium", {"ask": AskForPodium(), "leave": LeavePodium(), "remark": MakeRemark()}),)
