"""What `[panel.door]` in the configuration says."""

from typing import Annotated

import msgspec

from appliance.room.meetings.bookings import Rules
from appliance.room.meetings.door import Deed

Minutes = Annotated[int, msgspec.Meta(ge=0, le=120)]


class DoorConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[panel.door]`: what people may do on the display at the door, and whether they check in.

    `allow`: `start`, `check_in`, `release`, `extend` and `end`; nothing without it. `check_in_before` and
    `check_in_after`: minutes before and after the beginning of a meeting in which somebody can check in.
    `release_after`: minutes after the beginning from which on the room is free again where nobody has; 0: never.
    """

    allow: tuple[Deed, ...] = ()
    check_in_before: Minutes = 10
    check_in_after: Minutes = 10
    release_after: Minutes = 0

    @property
    def decides(self) -> bool:
        """Whether anything is decided at the door, or because of it."""
        return bool(self.allow or self.release_after)

    def rules(self) -> Rules:
        """Returns what is wanted of whoever has booked the room."""
        return Rules(
            check_in="check_in" in self.allow or self.release_after > 0,
            before=self.check_in_before * 60,
            after=self.check_in_after * 60,
            release_after=self.release_after * 60,
        )


NO_DOOR = DoorConfig()
