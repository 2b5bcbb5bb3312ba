"""What the display shows, or ceases to."""

from appliance.language.text import Text
from appliance.room.intents.base import Intent


class ShowPassword(Intent, frozen=True):
    """Whoever maintains the box gets a new password, which the display shows."""


class InvitePhone(Intent, frozen=True):
    """The display shows a QR code by which a phone is paired with the room; where it does, it ceases to."""


class ShowPrompt(Intent, frozen=True):
    """What covers the question on the display goes away (local)."""


class ShowAddress(Intent, frozen=True):
    """The display shows the appliance's address for a while (local)."""


class Explain(Intent, frozen=True):
    """Nothing can be done; the display says why (local)."""

    text: Text
