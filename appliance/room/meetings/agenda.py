"""What the schedule says at one moment: which meeting is on, which comes next, and whether that is soon.

A terminal tells its meetings in no order, those of every week once for all weeks, and without saying what is today. A
`Day` has them in order: `schedule.day` makes it once, when the schedule changes or a day begins, of bookings, each a
meeting at one of its times, from those that are still on when the day begins to those that begin before the day after
tomorrow. After that a look costs no sorting: `at` says what is so at one moment, `changes_at` when that will change.

Everything is compared in Unix seconds. Two times of a zone that puts its clocks forward and back cannot be: Python
subtracts what the clock on the wall says. For the same reason the times of a booking carry the offset from UTC that
holds at that moment and no zone; whoever compares or subtracts them is right.
"""

from bisect import bisect_right
from datetime import datetime, timedelta

import msgspec

from appliance.room.meetings.bookings import NO_RULES, Rules

UNENDED = 3600  # seconds for which a meeting counts as being on of which nobody has said when it ends
ALL_DAY = 23 * 3600  # seconds: as long as the day on which clocks are put forward
DOOR = "door"
"""The source of a booking that was made at the door."""
CALENDAR = "calendar"
"""The source of one that is in the calendar of the house."""


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting at one of its times, by the clock on the room's wall.

    end: None where nobody has said, or has said a time before its start.
    peer_id: whom to call to take part; empty where that is not possible.
    source: who has planned it.
    until: when it is over for the room, where that was decided at the room and is not `end`.
    confirmed: whether somebody has come for it; None where nobody has to say so.
    """

    title: str
    start: datetime
    end: datetime | None = None
    owner: str = ""
    peer_id: str = ""
    source: str = "terminal"
    until: datetime | None = None
    confirmed: bool | None = None

    @property
    def key(self) -> tuple[str, str, datetime]:
        """What it is known by, whatever becomes of it."""
        return self.source, self.peer_id, self.start

    @property
    def all_day(self) -> bool:
        """Whether it takes a whole day or more: a note on the calendar, which nobody joins at midnight."""
        return self.end is not None and (self.end - self.start).total_seconds() >= ALL_DAY

    @property
    def ends(self) -> datetime | None:
        """When it ends, as far as anybody has said."""
        return self.end if self.until is None else self.until

    @property
    def over(self) -> datetime:
        """When it counts as being over."""
        return self.planned if self.until is None else self.until

    @property
    def planned(self) -> datetime:
        """When it counts as being over in the calendar."""
        return self.start + timedelta(seconds=UNENDED) if self.end is None else self.end

    @property
    def released(self) -> bool:
        """Whether it is over for the room sooner than in the calendar."""
        return self.until is not None and self.until < self.planned


class Agenda(msgspec.Struct, frozen=True, kw_only=True):
    """The room's schedule at one moment; nothing at all while the time of day or the schedule is not known.

    now: the meeting that is on; of several the one that began last. `others` counts the rest.
    next: the one that begins next, until tomorrow night; none that takes all day.
    soon: whether that begins in a few minutes.
    today: all that are on at any time of today, in order of their start.
    waiting: those of which somebody is to say now that they have come, in order of their start.
    released: those that are on in the calendar, and over for the room.
    """

    known: bool = False
    now: Booking | None = None
    others: int = 0
    next: Booking | None = None
    soon: bool = False
    today: tuple[Booking, ...] = ()
    waiting: tuple[Booking, ...] = ()
    released: tuple[Booking, ...] = ()


class Day(msgspec.Struct, frozen=True):
    """The bookings of one day and the next, in order of their start; times in Unix seconds.

    `starts`: those of all. `changes`: all moments at which the agenda may be different, in order. `begun` and `ends`:
    the midnights of the day. `soon`: seconds.
    """

    bookings: tuple[Booking, ...]
    today: tuple[Booking, ...]
    starts: tuple[float, ...]
    changes: tuple[float, ...]
    begun: float
    ends: float
    soon: float
    rules: Rules = NO_RULES

    def at(self, moment: float) -> Agenda:
        """Returns what is so at a moment of this day (Unix seconds)."""
        begun = bisect_right(self.starts, moment)
        on = [booking for booking in self.bookings[:begun] if booking.over.timestamp() > moment]
        later = (booking for booking in self.bookings[begun:] if not booking.all_day)
        coming = next((booking for booking in later if booking.over > booking.start), None)
        return Agenda(
            known=True,
            now=max(on, key=lambda booking: (not booking.all_day, booking.start), default=None),
            others=max(0, len(on) - 1),
            next=coming,
            soon=coming is not None and coming.start.timestamp() <= moment + self.soon,
            today=self.today,
            waiting=tuple(booking for booking in self.bookings if self._waits(booking, moment)),
            released=tuple(booking for booking in self.bookings[:begun] if _is_released(booking, moment)),
        )

    def _waits(self, booking: Booking, moment: float) -> bool:
        if booking.confirmed is not False or booking.released:
            return False
        start = booking.start.timestamp()
        return start - self.rules.before <= moment < min(start + self.rules.closes, booking.over.timestamp())

    def changes_at(self, moment: float) -> float:
        """Returns when (Unix seconds) that will be different; the end of the day at the latest."""
        following = bisect_right(self.changes, moment)
        return self.changes[following] if following < len(self.changes) else self.ends


def _is_released(booking: Booking, moment: float) -> bool:
    return booking.released and booking.over.timestamp() <= moment < booking.planned.timestamp()
