"""The room as programs see it: the view that panels are shown, with the clocks that its times are told by.

Whoever may touch is shown what a panel in the room is: whom to call, what is written in a call, what can be moved. All
others are shown what the display at the door and panels that may only look are. Each view has a number that grows when
it changes, so that a program that has it already is told so (`If-None-Match`), and one that follows gets the fields
that are others.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

import msgspec
import trio

from appliance.access.roles import Caller, Role
from appliance.panel.live.feed import Feed
from appliance.panel.view import View
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed

Clock = Callable[[], datetime | None]


class TimeOfDay(msgspec.Struct, frozen=True):
    """The time of day where the box is.

    at: Milliseconds since 1970.
    east: Minutes that its zone is east of UTC.
    """

    at: int
    east: int


class Seen(msgspec.Struct, frozen=True):
    """The room at one moment.

    clock: The box's time of day; null while it does not know it.
    now: The box's monotonic clock in milliseconds, by which the view tells since when a call is going on.
    view: The room as panels are shown it.
    """

    clock: TimeOfDay | None
    now: int
    view: View


class Looks:
    """Looks at the room for programs. `process`: another at each start, since the numbers of views begin anew then."""

    def __init__(
        self,
        followed: Followed[RoomState],
        clock: Clock,
        *,
        shown: Callable[[RoomState], View],
        touched: Callable[[RoomState], View],
    ) -> None:
        """`clock`: the time of day, None while it is not known. `shown`: for those who may look, `touched`: touch."""
        self.process = secrets.token_hex(4)
        self.followed = followed
        self._clock = clock
        self._feeds = Feed(shown), Feed(touched)

    def feed(self, caller: Caller) -> Feed[RoomState]:
        """Returns what somebody is shown, as it is now."""
        feed = self._feeds[caller.may(Role.TOUCH)]
        feed.renew(self.followed.value)
        return feed

    def etag(self, caller: Caller) -> str:
        """Returns what is another as soon as the view is; weak, since the clocks go on meanwhile (RFC 9110, 8.8.1)."""
        return f'W/"{self.process}.{share_of(caller)}.{self.feed(caller).revision}"'

    def seen(self, view: bytes) -> bytes:
        """Returns a view, or the fields of it that have changed, with the clocks of this moment."""
        head = msgspec.json.encode({"clock": time_of_day(self._clock()), "now": round(trio.current_time() * 1000)})
        return head[:-1] + b',"view":' + view + b"}"


def share_of(caller: Caller) -> int:
    """Returns the role of which somebody is shown everything: whoever maintains sees what those do who may touch."""
    return int(min(caller.role, Role.TOUCH))


def time_of_day(clock: datetime | None) -> TimeOfDay | None:
    """Returns a time of day as programs are told it; None where there is none."""
    if clock is None:
        return None
    offset = clock.utcoffset()
    return TimeOfDay(round(clock.timestamp() * 1000), 0 if offset is None else round(offset.total_seconds() / 60))
