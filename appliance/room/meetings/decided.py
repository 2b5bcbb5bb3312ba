"""The bookings of a day as they are for the room: those of the calendar, with what was decided about them at the room.

The calendar wins. A booking that was made at the door, and a meeting that was made longer there, end where the next of
the calendar begins; whatever was decided before somebody planned that meeting, no two of them overlap.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import msgspec

from appliance.room.meetings.agenda import DOOR, Booking
from appliance.room.meetings.bookings import Bookings, LocalBooking, Rules

EXEMPT = 8 * 3600
"""Seconds: whoever has booked the room for a working day need not say that they have come."""

Local = Callable[[float], datetime]
"""From Unix seconds to a time by the room's clock."""


def decided(
    calendar: Iterable[Booking], here: Iterable[LocalBooking], bookings: Bookings, rules: Rules, local: Local
) -> tuple[Booking, ...]:
    """Returns them in order: meetings of the calendar, and those that were made here."""
    planned = sorted(calendar, key=_order)
    if not bookings.local and not bookings.marks and not rules.check_in:
        return tuple(planned)
    marked = [_marked(each, bookings, rules, local) for each in planned]
    keeping = [each for each in marked if not each.all_day and each.over > each.start]
    fitted = [_fitted(each, keeping) for each in marked]
    ours: list[Booking] = []
    for each in sorted(here, key=lambda each: each.start):
        made = _made(each, [*(each for each in fitted if not each.all_day), *ours], local)
        ours += [] if made is None else [made]
    return tuple(sorted((*fitted, *ours), key=_order))


def asks(booking: Booking, rules: Rules) -> bool:
    """Returns whether somebody has to say that they have come for a meeting of the calendar."""
    return rules.check_in and (booking.planned - booking.start).total_seconds() < EXEMPT


def _marked(booking: Booking, bookings: Bookings, rules: Rules, local: Local) -> Booking:
    mark = bookings.mark(booking.peer_id, booking.start.timestamp())
    confirmed = mark.confirmed if asks(booking, rules) else None
    until = None if mark.until is None else max(booking.start, local(mark.until))
    return msgspec.structs.replace(booking, until=until, confirmed=confirmed)


def _fitted(booking: Booking, others: Sequence[Booking]) -> Booking:
    """Returns it no longer than until the next one begins, where it was made longer."""
    if booking.until is None or booking.until <= booking.planned:
        return booking
    following = (each.start for each in others if booking.planned <= each.start and each.key != booking.key)
    return msgspec.structs.replace(booking, until=min((booking.until, *following)))


def _made(booking: LocalBooking, others: Sequence[Booking], local: Local) -> Booking | None:
    """Returns a booking of this room's own as far as the others leave it time; None where they leave it none."""
    start, end = local(booking.start), local(booking.end)
    if any(each.start <= start < each.over for each in others):
        return None
    end = min((end, *(each.start for each in others if start < each.start and each.over > each.start)))
    return Booking(title="", start=start, end=end, source=DOOR) if end > start else None


def _order(booking: Booking) -> tuple[datetime, str]:
    return booking.start, booking.title
