"""The day of a schedule: what a terminal tells of its meetings becomes bookings, in order; see `agenda`."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import msgspec

from appliance.room.meetings.agenda import CALENDAR, UNENDED, Booking, Day
from appliance.room.meetings.bookings import NO_RULES, NOTHING_DECIDED, Bookings, Rules
from appliance.room.meetings.calendar import Entry
from appliance.room.meetings.decided import decided
from appliance.terminal.messages.people import Meeting

LONGEST_TITLE = 200  # characters: more than any display shows
DAY = 86_400  # seconds
LONGEST = 366 * DAY  # seconds that a meeting may take; what is longer is a mistake, and would be on for ever
_FIRST, _LAST = 1, 4_000_000_000  # Unix seconds that are believed: from 1970, and every zone knows them, to 2096
_CANCELLED = frozenset({"cancelled", "canceled", "deleted"})  # terminals leave such meetings out; programs may not
_JOIN = "\\c\\"  # in front of the id of a conference, where somebody is called


class _Window(msgspec.Struct, frozen=True):
    """The time that a day looks at, in Unix seconds, and the zone in which it is one.

    `offset`: from UTC, where it is the same all the time, as it is on all days but two a year.
    """

    zone: tzinfo
    date: date
    begun: float
    ends: float
    horizon: float
    offset: timezone | None

    def touches(self, start: float, length: float) -> bool:
        """Returns whether something of that length is on, or begins, in this time."""
        return start < self.horizon and start + (length if length > 0 else UNENDED) > self.begun

    def local(self, moment: float) -> datetime:
        """Returns a time by the room's clock, with the offset from UTC that holds then."""
        if self.offset is not None and self.begun <= moment <= self.horizon:
            return datetime.fromtimestamp(moment, self.offset)
        local = datetime.fromtimestamp(moment, self.zone)
        return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)


def day(
    meetings: Iterable[Meeting],
    clock: datetime,
    soon: float,
    bookings: Bookings = NOTHING_DECIDED,
    rules: Rules = NO_RULES,
    calendar: Iterable[Entry] = (),
) -> Day:
    """Returns the day of `clock` (aware, in the room's zone); `soon`: seconds before a meeting that count as soon.

    `calendar`: what the calendar of the house has. A meeting that the terminal has as well is the terminal's, which
    knows whom to call.
    """
    window = _window(clock)
    found = {(each.peer_id, each.start): each for meeting in meetings for each in _bookings(meeting, window)}
    starts_known = {start for _, start in found}
    others = [each for each in _entries(calendar, window) if each.start not in starts_known]
    here = [each for each in bookings.local if window.touches(each.start, each.end - each.start)]
    these = decided([*found.values(), *others], here, bookings, rules, window.local)
    starts = tuple(each.start.timestamp() for each in these)
    changes = {at for each in these for at in _changes(each, soon, rules)} | {window.ends}
    return Day(
        these,
        these[: bisect_left(starts, window.ends)],
        starts,
        tuple(sorted(changes)),
        window.begun,
        window.ends,
        soon,
        rules,
    )


def _window(clock: datetime) -> _Window:
    zone = clock.tzinfo or UTC
    midnights = [_midnight(clock.date() + timedelta(days=days), zone) for days in (0, 1, 2)]
    begun, ends, horizon = (midnight.timestamp() for midnight in midnights)
    offsets = {midnight.utcoffset() or timedelta() for midnight in midnights}
    return _Window(zone, clock.date(), begun, ends, horizon, timezone(offsets.pop()) if len(offsets) == 1 else None)


def _midnight(that: date, zone: tzinfo) -> datetime:
    return datetime(that.year, that.month, that.day, tzinfo=zone)


def _changes(booking: Booking, soon: float, rules: Rules) -> Iterator[float]:
    """Yields when it becomes soon, begins, and is over; and from when to when somebody may say that they have come."""
    start = booking.start.timestamp()
    yield from (start - soon, start, booking.over.timestamp())
    if booking.confirmed is False:
        yield start - rules.before
        yield min(start + rules.closes, booking.over.timestamp())
    if booking.released:
        yield booking.planned.timestamp()


def _bookings(meeting: Meeting, window: _Window) -> Iterator[Booking]:
    """Yields a meeting at each of its times that touch this one."""
    schedule = meeting.schedule
    if meeting.state.casefold() in _CANCELLED or not _FIRST <= schedule.start_time <= _LAST:
        return
    length = min(schedule.duration, LONGEST)
    for start in _starts(meeting, length, window):
        if window.touches(start, length):
            yield Booking(
                title=meeting.topic[:LONGEST_TITLE],
                start=window.local(start),
                end=window.local(start + length) if length > 0 else None,
                owner=meeting.owner,
                peer_id=_JOIN + meeting.id if meeting.id else "",
            )


def _entries(calendar: Iterable[Entry], window: _Window) -> Iterator[Booking]:
    """Yields the meetings of the calendar that touch this time."""
    for entry in calendar:
        length = min(entry.end - entry.start, LONGEST)
        if _FIRST <= entry.start <= _LAST and window.touches(entry.start, length):
            yield Booking(
                title=entry.title[:LONGEST_TITLE],
                start=window.local(entry.start),
                end=window.local(entry.start + length) if length > 0 else None,
                owner=entry.owner,
                source=CALENDAR,
            )


def _starts(meeting: Meeting, length: int, window: _Window) -> Iterator[float]:
    """Yields when it begins: once, or on some days of each week since the first, at the same time of day."""
    schedule = meeting.schedule
    if not _weekly(meeting):
        yield schedule.start_time
        return
    first = _first(meeting, window.zone)
    time = first.timetz()
    for days in range(-2 - max(0, length) // DAY, 3):  # a day more at both ends: it may be another day at the owner's
        that = window.date + timedelta(days=days)
        if schedule.days[that.isoweekday() % 7] and that >= first.date():  # the week begins on Sunday
            yield datetime.combine(that, time).timestamp()


def _weekly(meeting: Meeting) -> bool:
    """Returns whether it takes place every week; newer terminals say so (`week`), with a number for each day."""
    return len(meeting.schedule.days) == 7 and any(meeting.schedule.days)


def _first(meeting: Meeting, zone: tzinfo) -> datetime:
    """Returns the first time, in the zone in which the days of a week are meant.

    That is the room's own, unless the offset that was said is another. An offset is not a zone: it does not say when
    clocks are put forward. So it is used only where the room's own zone cannot be meant.
    """
    said = meeting.schedule.special_time_offset
    first = datetime.fromtimestamp(meeting.schedule.start_time, zone)
    if said is None or not -DAY < said * 60 < DAY or first.utcoffset() == timedelta(minutes=said):
        return first
    return first.astimezone(timezone(timedelta(minutes=said)))
