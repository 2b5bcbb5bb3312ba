"""A room that is not to be disturbed, or whose inputs nobody may use."""

import msgspec

from appliance.room.secret import NO_SECRET, Secret


class Undisturbed(msgspec.Struct, frozen=True):
    """That the room is not to be disturbed, and until when (monotonic seconds); None: until somebody ends it."""

    until: float | None = None


class Locked(msgspec.Struct, frozen=True):
    """That nobody may use the room's inputs, and how far somebody is with the PIN.

    `wrong`: how many in a row were. `paused`: there were too many, and nothing is typed for a while. `until`: when what
    was typed is forgotten, or the pause is over (monotonic seconds); None: neither.
    """

    entered: Secret = NO_SECRET
    wrong: int = 0
    paused: bool = False
    until: float | None = None
