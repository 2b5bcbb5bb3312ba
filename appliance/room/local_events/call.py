"""A call is asked for, taken, held and ended."""

from appliance.room.local_events.base import LocalEvent
from appliance.room.parts.call import Muted
from appliance.room.secret import Secret


class NumberEdited(LocalEvent, frozen=True):
    """The number being typed is now this."""

    number: str


class CallAsked(LocalEvent, frozen=True):
    """A call was asked of the terminal, which may say something of it until then (monotonic seconds)."""

    peer_id: str
    until: float


class CallDropped(LocalEvent, frozen=True):
    """The terminal did not take the call that was asked of it, or nobody wants it any more.

    `peer_id`: whom it was for; empty: whoever it was.
    """

    peer_id: str = ""


class HungUp(LocalEvent, frozen=True):
    """Somebody in the room hangs up, or no longer wants the call that was asked of the terminal."""


class HangUpRefused(LocalEvent, frozen=True):
    """The terminal was not told to hang up, or has refused to."""


class PasswordEdited(LocalEvent, frozen=True):
    """The password being typed is now this; `readable`: its last character was typed just now."""

    entered: Secret
    readable: bool


class PasswordClosed(LocalEvent, frozen=True):
    """The entry of a password was given up, or its time is over."""


class CallHeld(LocalEvent, frozen=True):
    """The call was put on hold; what of the room was on, and is muted for it."""

    muted: frozenset[Muted]


class CallResumed(LocalEvent, frozen=True):
    """The hold was ended."""


class HoldRefused(LocalEvent, frozen=True):
    """The terminal was not told to mute these for the hold, or has refused to."""

    muted: frozenset[Muted]


class ResumeRefused(LocalEvent, frozen=True):
    """The terminal was not told to unmute these after the hold, or has refused to."""

    muted: frozenset[Muted]


class CallTaken(LocalEvent, frozen=True):
    """Somebody in the room takes the call that comes in."""


class CallNotTaken(LocalEvent, frozen=True):
    """The terminal was not told to take the call that comes in, or has refused to."""


class SecondCallOver(LocalEvent, frozen=True):
    """Who called beside a call that is over has not begun to ring."""
