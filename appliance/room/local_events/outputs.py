"""What the appliance switches, and what its sensors see."""

from appliance.room.local_events.base import LocalEvent


class OutputIs(LocalEvent, frozen=True):
    """Something that the appliance switches, such as "relay lights", is on or off; None: nobody knows."""

    output: str
    on: bool | None


class OutputGone(LocalEvent, frozen=True):
    """Something that the appliance switches cannot be switched any more."""

    output: str


class SensorSees(LocalEvent, frozen=True):
    """A sensor of presence sees somebody, or nobody any more."""

    sensor: str
    somebody: bool


class PresenceIs(LocalEvent, frozen=True):
    """Somebody is in the room, nobody is, or (None) that is not known any more."""

    somebody: bool | None
