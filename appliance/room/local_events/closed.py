"""The room is not to be disturbed, nobody may use it, or it is night."""

from appliance.room.local_events.base import LocalEvent
from appliance.room.parts.closed import Undisturbed
from appliance.room.secret import Secret


class DisturbanceChanged(LocalEvent, frozen=True):
    """The room is not to be disturbed, or (None) may be again."""

    undisturbed: Undisturbed | None


class LockChanged(LocalEvent, frozen=True):
    """Nobody may use the room's inputs any more, or anybody may again."""

    on: bool


class LockPinEdited(LocalEvent, frozen=True):
    """What has been typed of the PIN that unlocks the room is now this."""

    entered: Secret


class LockPinRefused(LocalEvent, frozen=True):
    """What was typed is not the PIN."""


class LockTimeOver(LocalEvent, frozen=True):
    """It is time to forget what was typed of the PIN, or to let somebody type again."""


class NightIs(LocalEvent, frozen=True):
    """It is night by the configuration's times, or day."""

    on: bool
