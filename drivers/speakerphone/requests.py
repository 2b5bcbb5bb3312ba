"""What people ask for with the keys of a speakerphone."""

import msgspec


class Request(msgspec.Struct, frozen=True):
    """Base of what a person asks for with a speakerphone."""


class HookOff(Request, frozen=True):
    """The call key was pressed, or the handset was lifted."""


class HookOn(Request, frozen=True):
    """The call key was pressed again, or the hang-up key, or the handset was put down."""


class Reject(Request, frozen=True):
    """The key for declining a call. Devices with one hang-up key send it while their off-hook lamp is dark."""


class MuteKey(Request, frozen=True):
    """Mute (True), unmute (False), or toggle (None)."""

    on: bool | None = None


class HoldKey(Request, frozen=True):
    """Hold (True), resume (False), or toggle (None)."""

    on: bool | None = None


class Flash(Request, frozen=True):
    """The key for hold or a second call (flash)."""


class Redial(Request, frozen=True):
    """The redial key."""


class VolumeKey(Request, frozen=True):
    """+1 louder, -1 quieter."""

    step: int


class Digit(Request, frozen=True):
    """A dialling key: 0-9 * # A-D."""

    symbol: str


class MuteLock(Request, frozen=True):
    """The device keeps its microphone muted whatever its lamp says (True), or no longer does (False)."""

    on: bool
