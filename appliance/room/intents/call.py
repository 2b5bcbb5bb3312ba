"""Calls: asked for, answered, held and ended; what is typed for them."""

from appliance.room.intents.base import Intent
from appliance.room.parts.call import Muted
from appliance.room.secret import NO_SECRET, Secret


class Call(Intent, frozen=True):
    """Call a peer id or a number; `pin` is the password of a conference that wants one."""

    peer_id: str
    pin: Secret = NO_SECRET


class Answer(Intent, frozen=True):
    """Take the incoming call."""


class Decline(Intent, frozen=True):
    """Decline the incoming call."""


class HangUp(Intent, frozen=True):
    """End the call, the conference or the calling; `for_all` None where the terminal must not be told either way."""

    for_all: bool | None = None


class PutOnHold(Intent, frozen=True):
    """The call rests: these are on and are muted. `muted` is empty where everything was muted already."""

    muted: frozenset[Muted]


class Resume(Intent, frozen=True):
    """A call on hold goes on: what was muted for it is on again."""

    muted: frozenset[Muted]


class Tone(Intent, frozen=True):
    """One DTMF symbol."""

    symbol: str


class EditNumber(Intent, frozen=True):
    """The number being typed is now this (local: the terminal hears nothing)."""

    number: str


class EditPassword(Intent, frozen=True):
    """The password being typed is now this (local); `readable`: its last character was typed just now."""

    entered: Secret
    readable: bool = False


class ClosePassword(Intent, frozen=True):
    """The entry of a password is given up (local)."""
