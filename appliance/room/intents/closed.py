"""The room is not to be disturbed, or nobody may use its inputs."""

from appliance.room.intents.base import Intent
from appliance.room.secret import Secret


class SetDoNotDisturb(Intent, frozen=True):
    """The room is not to be disturbed, for so many minutes or until somebody ends it, or is again (local)."""

    on: bool
    minutes: int | None = None


class SetLocked(Intent, frozen=True):
    """Nobody may use the room's inputs any more, or anybody may again (local)."""

    on: bool


class EditLockPin(Intent, frozen=True):
    """What has been typed of the PIN that unlocks the room is now this (local)."""

    entered: Secret


class RefuseLockPin(Intent, frozen=True):
    """What was typed is not the PIN (local)."""
