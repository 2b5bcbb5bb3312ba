"""Everything that a picture is made from: the room, and what the appliance knows about itself and the time."""

from datetime import datetime

import msgspec

from appliance.display.geometry import USUAL, Geometry
from appliance.language.catalogue import ENGLISH, Language
from appliance.room.state import RoomState


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What the display is asked to show at one moment.

    `room` is the name on the door, `address` where the appliance is reached; `now` and `shown_since` (when this
    page came up, for what scrolls) are monotonic seconds; `clock` is the local time, None while it is not known;
    `remark` is a line for whoever looks after the box; everything is said in `language`, for a panel of `geometry`.
    `join` is the button that joins the meeting which is on or soon; empty where there is none.
    """

    state: RoomState
    room: str
    address: str
    now: float
    clock: datetime | None
    shown_since: float = 0.0
    remark: str = ""
    language: Language = ENGLISH
    geometry: Geometry = USUAL
    join: str = ""

    @property
    def elapsed(self) -> float:
        """Seconds that the page has been up."""
        return max(0.0, self.now - self.shown_since)
