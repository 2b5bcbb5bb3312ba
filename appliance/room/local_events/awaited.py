"""What was asked of the terminal: taken, refused, confirmed or given up."""

from appliance.room.intents.base import Intent
from appliance.room.local_events.base import LocalEvent
from appliance.room.parts.awaited import ProgramDeed


class AskedAccepted(LocalEvent, frozen=True):
    """The terminal has replied that it will do what was asked."""

    intent: Intent


class AskedFailed(LocalEvent, frozen=True):
    """The terminal refused what was asked, or did not reply."""

    intent: Intent


class AskedOver(LocalEvent, frozen=True):
    """What was asked is not waited for any longer."""


class Unconfirmed(LocalEvent, frozen=True):
    """The terminal accepted what was asked, and has not confirmed it in time."""


class VolumeAsked(LocalEvent, frozen=True):
    """What volume was asked of the terminal; until a monotonic time in seconds, the next step begins there."""

    level: float
    until: float


class VolumeDropped(LocalEvent, frozen=True):
    """Nothing came of the volume that was asked of the terminal."""

    level: float


class ProgramDid(LocalEvent, frozen=True):
    """The terminal has accepted what a program wanted."""

    deed: ProgramDeed


class DeedsOver(LocalEvent, frozen=True):
    """These deeds of programs have been told, or nothing came of them."""

    deeds: tuple[ProgramDeed, ...]
