"""Inputs in the room: what is held and pressed, what a press began, what is to be confirmed."""

from collections.abc import Mapping

from appliance.room.local_events.base import LocalEvent
from appliance.room.parts.presses import Confirming, Press, Running


class InputsHeld(LocalEvent, frozen=True):
    """These inputs are held down, and their release means something."""

    held: frozenset[str]


class PressesAre(LocalEvent, frozen=True):
    """These presses are not known yet to be what they are, by button."""

    presses: Mapping[str, Press]


class RowGoesOn(LocalEvent, frozen=True):
    """The row of actions that a button has begun has a next step."""

    button: str
    running: Running


class RowsOver(LocalEvent, frozen=True):
    """The actions in a row that this button has begun are over; empty: those of all buttons."""

    button: str = ""


class ConfirmationAsked(LocalEvent, frozen=True):
    """What a button does wants to be confirmed."""

    confirming: Confirming


class ConfirmationOver(LocalEvent, frozen=True):
    """What a button does was confirmed, or is not wanted any more."""


class MuteLocked(LocalEvent, frozen=True):
    """A speakerphone keeps its microphone muted whatever the terminal says, or does so no more."""

    speakerphone: str
    on: bool
