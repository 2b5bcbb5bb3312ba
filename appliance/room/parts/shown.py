"""What people are shown for a while."""

import msgspec

from appliance.language.text import Text
from appliance.room.secret import NO_SECRET, Secret


class Notice(msgspec.Struct, frozen=True):
    """A sentence for the display and when it goes away (monotonic seconds)."""

    text: Text
    until: float


class TonesSent(msgspec.Struct, frozen=True):
    """The DTMF tones that went out last, and until when they are shown (monotonic seconds); they may be a password."""

    symbols: Secret = NO_SECRET
    until: float = 0.0


class PairingCode(msgspec.Struct, frozen=True):
    """What somebody types on a screen that is to be paired with the room, and until when it is good (monotonic).

    `where`: the address of the page that takes it, for a phone that is invited; empty where a screen asks already.
    `matrix`: that address with the code as a QR code: a line for each row, `1` for each dark module.
    """

    code: Secret
    until: float
    where: str = ""
    matrix: Secret = NO_SECRET


class NewPassword(msgspec.Struct, frozen=True):
    """The new password of whoever maintains the box, and until when it is shown (monotonic)."""

    password: Secret
    until: float
