"""Answers to those who want to record the room's picture, and to nobody else."""

from collections.abc import Mapping

from appliance.room.actions.action import Action
from appliance.room.actions.verb import with_one_of


class AllowRecording(Action, frozen=True):
    """`record allow`: who asks to record the room may."""


class RefuseRecording(Action, frozen=True):
    """`record refuse`: who asks to record the room may not."""


_ANSWERS: Mapping[str, Action] = {"allow": AllowRecording(), "refuse": RefuseRecording()}

VERBS = (with_one_of("record", _ANSWERS),)
