"""The box itself: what it switches, and its version."""

from appliance.room.intents.base import Intent


class SwitchOutput(Intent, frozen=True):
    """Something that the appliance itself switches, such as "relay lights"; the terminal has no part in it.

    `seconds`: after which it is to be off again; 0: it stays as it is.
    """

    output: str
    on: bool
    seconds: float = 0


class AskForUpdate(Intent, frozen=True):
    """The update service installs the version that it offers; the terminal has no part in it."""

    version: str
