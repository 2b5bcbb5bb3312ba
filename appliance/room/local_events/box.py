"""The box itself: its version, its parts, its end."""

from appliance.room.local_events.base import LocalEvent
from appliance.room.update import Update


class UpdateIs(LocalEvent, frozen=True):
    """What the card's update service says of the box's version is this now."""

    update: Update


class FaultsSeen(LocalEvent, frozen=True):
    """It is time to forget faults that are over, as far as they have been shown for long enough."""


class ServiceOffline(LocalEvent, frozen=True):
    """The hardware of a service is missing."""

    name: str


class ServiceOnline(LocalEvent, frozen=True):
    """The hardware of a service is back."""

    name: str


class Halted(LocalEvent, frozen=True):
    """The appliance is ending."""
