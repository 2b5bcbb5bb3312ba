"""What the schedule says at one moment: which meeting is on, which comes next, and whether that is soon.

A terminal tells its meetings in no order, those of every week once for all weeks, and without saying what is today. A
`Day` puts them in order once, when the schedule changes or a day begins: as bookings, each a meeting at one of its
times, from those that are still on when the day begins to those that begin before the day after tomorrow. After that a
look costs no sorting: `at` says what is so at one moment, `changes_at` when it will be different.

Everything is compared in Unix seconds. Two times of a zone that puts its clocks forward and back cannot be: Python
subtracts what the clock on the wall says. For the same reason the times of a booking carry the offset from UTC that
holds at that moment and no zone; whoever compares or subtracts them is right.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import msgspec

from appliance.terminal.messages.people import Meeting

UNENDED = 3600  # seconds for which a meeting counts as being on of which nobody has said when it ends
LONGEST_TITLE = 200  # characters: more than any display shows
DAY = 86_400  # seconds
ALL_DAY = 23 * 3600  # seconds: as long as the day on which clocks are put forward
LONGEST = 366 * DAY  # seconds that a meeting may take; what is longer is a mistake, and would be on for ever
_FIRST, _LAST = 1, 4_000_000_000  # Unix seconds that are believed: from 1970, and every zone knows them, to 2096
_CANCELLED = frozenset({"cancelled", "canceled", "deleted"})  # terminals leave such meetings out; programs may not
_JOIN = "\\c\\"  # in front of the id of a conference, where somebody is called


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting at one of its times, by the clock on the room's wall.

    end: None where nobody has said, or has said a time before its start.
    peer_id: whom to call to take part; empty where that is not possible.
    source: who has planned it.
    """

    title: str
    start: datetime
    end: datetime | None = None
    owner: str = ""
    peer_id: str = ""
    source: str = "terminal"

    @property
    def all_day(self) -> bool:
        """Whether it takes a whole day or more: a note on the calendar, which nobody joins at midnight."""
        return self.end is not None and (self.end - self.start).total_seconds() >= ALL_DAY

    @property
    def over(self) -> datetime:
        """When it counts as being over."""
        return self.start + timedelta(seconds=UNENDED) if self.end is None else self.end


class Agenda(msgspec.Struct, frozen=True, kw_only=True):
    """The room's schedule at one moment; nothing at all while the time of day or the schedule is not known.

    now: the meeting that is on; of several the one that began last. `others` counts the rest.
    next: the one that begins next, until tomorrow night; none that takes all day.
    soon: whether that begins in a few minutes.
    today: all that are on at any time of today, in order of their start.
    """

    known: bool = False
    now: Booking | None = None
    others: int = 0
    next: Booking | None = None
    soon: bool = False
    today: tuple[Booking, ...] = ()


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

    def at(self, moment: float) -> Agenda:
        """Returns what is so at a moment of this day (Unix seconds)."""
        begun = bisect_right(self.starts, moment)
        on = [booking for booking in self.bookings[:begun] if booking.over.timestamp() > moment]
        coming = next((booking for booking in self.bookings[begun:] if not booking.all_day), None)
        return Agenda(
            known=True,
            now=max(on, key=lambda booking: (not booking.all_day, booking.start), default=None),
            others=max(0, len(on) - 1),
            next=coming,
            soon=coming is not None and coming.start.timestamp() <= moment + self.soon,
            today=self.today,
        )

    def changes_at(self, moment: float) -> float:
        """Returns when (Unix seconds) that will be different; the end of the day at the latest."""
        following = bisect_right(self.changes, moment)
        return self.changes[following] if following < len(self.changes) else self.ends


def day(meetings: Iterable[Meeting], clock: datetime, soon: float) -> Day:
    """Returns the day of `clock` (aware, in the room's zone); `soon`: seconds before a meeting that count as soon."""
    zone = clock.tzinfo or UTC
    begun, ends, horizon = (_midnight(clock.date() + timedelta(days=days), zone) for days in (0, 1, 2))
    found = {(each.peer_id, each.start): each for meeting in meetings for each in _bookings(meeting, clock, zone)}
    seen = [each for each in found.values() if each.over.timestamp() > begun and each.start.timestamp() < horizon]
    bookings = tuple(sorted(seen, key=lambda each: (each.start, each.title)))
    changes = {at for each in bookings for at in _changes(each, soon)} | {ends}
    return Day(
        bookings,
        tuple(each for each in bookings if each.start.timestamp() < ends),
        tuple(each.start.timestamp() for each in bookings),
        tuple(sorted(changes)),
        begun,
        ends,
        soon,
    )


def _changes(booking: Booking, soon: float) -> Iterator[float]:
    """Yields when it becomes soon, begins, and is over."""
    start = booking.start.timestamp()
    yield from (start - soon, start, booking.over.timestamp())


def _bookings(meeting: Meeting, clock: datetime, zone: tzinfo) -> Iterator[Booking]:
    """Yields the times of a meeting that may touch the day of `clock` or the next."""
    schedule = meeting.schedule
    if meeting.state.casefold() in _CANCELLED or not _FIRST <= schedule.start_time <= _LAST:
        return
    length = min(schedule.duration, LONGEST)
    for start in _starts(meeting, length, clock, zone):
        yield Booking(
            title=meeting.topic[:LONGEST_TITLE],
            start=_local(start, zone),
            end=_local(start + length, zone) if length > 0 else None,
            owner=meeting.owner,
            peer_id=_JOIN + meeting.id if meeting.id else "",
        )


def _starts(meeting: Meeting, length: int, clock: datetime, zone: tzinfo) -> Iterator[float]:
    """Yields when it begins: once, or on some days of each week since the first, at the same time of day."""
    schedule = meeting.schedule
    if not _weekly(meeting):
        yield schedule.start_time
        return
    zone = _zone_of_owner(meeting, zone)
    first = datetime.fromtimestamp(schedule.start_time, zone)
    today = clock.astimezone(zone).date()
    for days in range(-1 - max(0, length) // DAY, 3):
        that = today + timedelta(days=days)
        if that >= first.date() and schedule.days[that.isoweekday() % 7]:  # the week begins on Sunday
            yield datetime.combine(that, first.timetz()).timestamp()


def _weekly(meeting: Meeting) -> bool:
    """Returns whether it takes place every week; newer terminals say so (`week`), with a number for each day."""
    return len(meeting.schedule.days) == 7 and any(meeting.schedule.days)


def _zone_of_owner(meeting: Meeting, zone: tzinfo) -> tzinfo:
    """Returns in which zone the days of a week are meant: the room's own, unless the offset that was said is another.

    An offset is not a zone: it does not say when clocks are put forward. So it is used only where the room's own zone
    cannot be meant.
    """
    said = meeting.schedule.special_time_offset
    first = datetime.fromtimestamp(meeting.schedule.start_time, zone)
    if said is None or not -DAY < said * 60 < DAY or first.utcoffset() == timedelta(minutes=said):
        return zone
    return timezone(timedelta(minutes=said))


def _local(moment: float, zone: tzinfo) -> datetime:
    """Returns a time by the room's clock, with the offset from UTC that holds then."""
    local = datetime.fromtimestamp(moment, zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)


def _midnight(that: date, zone: tzinfo) -> float:
    return datetime(that.year, that.month, that.day, tzinfo=zone).timestamp()
