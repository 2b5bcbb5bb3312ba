"""What people are shown for a while."""

from appliance.language.text import Text
from appliance.room.local_events.base import LocalEvent
from appliance.room.secret import NO_SECRET, Secret


class PromptShown(LocalEvent, frozen=True):
    """What a press has not answered because it was covered is shown instead."""


class PairingBegun(LocalEvent, frozen=True):
    """A screen is to be paired with the room: the display shows this code until a monotonic time in seconds.

    `where`, `matrix`: see `PairingCode`.
    """

    code: Secret
    until: float
    where: str = ""
    matrix: Secret = NO_SECRET


class PairingOver(LocalEvent, frozen=True):
    """The code is good no longer."""


class NoticeShown(LocalEvent, frozen=True):
    """A sentence for the display, until a monotonic time in seconds."""

    text: Text
    until: float


class NoticeExpired(LocalEvent, frozen=True):
    """It is time to take the notice away, unless a newer one has come."""


class AddressShown(LocalEvent, frozen=True):
    """The display shows the appliance's address, until a monotonic time in seconds."""

    until: float


class PasswordMade(LocalEvent, frozen=True):
    """Whoever maintains the box has this new password: the display shows it until a monotonic time in seconds."""

    password: Secret
    until: float


class PasswordShown(LocalEvent, frozen=True):
    """The new password of whoever maintains the box was shown for long enough."""
