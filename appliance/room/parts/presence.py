"""Whether somebody is in the room: what sensors see, and what people do."""

import msgspec


class Presence(msgspec.Struct, frozen=True):
    """Whether somebody is in the room (local). Times are monotonic seconds.

    `somebody`: None where that is not known: there is no sensor, or it has not been on long enough. `sensing`: the
    sensors that see somebody at this moment. `seen_at`: when one of them did last; None: never yet.
    """

    somebody: bool | None = None
    sensing: frozenset[str] = frozenset()
    seen_at: float | None = None
