"""Whoever has booked the room and comes is seen to have come; and what nobody comes for is released.

A call of the room, or a sensor that sees somebody, says the same as a touch at the door. People of the meeting before
may still be there when the next one begins: what a sensor sees of them does not count.
"""

from functools import partial
from typing import Final

import msgspec

from appliance.room.local_events.meetings import BookingsAre
from appliance.room.meetings.agenda import Booking
from appliance.room.meetings.bookings import Bookings, Rules
from appliance.room.meetings.door import confirmed, ended
from appliance.room.reactions.agenda import FOR_CLOCK, FOR_JUMP, Clock
from appliance.room.reactions.reaction import Outcome, Reaction
from appliance.room.state import GOING_ON, Phase, RoomState

LEAVING: Final = 120.0
"""Seconds that the people of one meeting have to leave the room; until then a sensor may see them."""

WATCHED: Final = 300.0
"""Seconds for which the room has been watched at least before it is released: a box that has just started, or was cut
off from its terminal, does not know whether somebody has come meanwhile."""

_CALLS = GOING_ON | {Phase.CALLING}  # a room that somebody calls may be empty


def door(clock: Clock, rules: Rules) -> Reaction:
    """Returns the reaction that keeps `state.bookings` by these rules; `clock` says the local time."""
    return partial(_look, clock, rules, None)


def _look(
    clock: Clock, rules: Rules, watched: float | None, _before: RoomState, state: RoomState, now: float
) -> Outcome:
    """`watched`: since when the schedule has been known (monotonic seconds)."""
    time = clock()
    if not state.agenda.known or time is None:
        return Outcome(look_at=now + FOR_CLOCK, then=partial(_look, clock, rules, None))
    watched = now if watched is None else watched
    moment, bookings = time.timestamp(), state.bookings
    looks = [FOR_JUMP]
    for booking in state.agenda.waiting:
        if _settled(booking, bookings):
            continue  # the agenda is about to follow
        came, due = _came(booking, state, rules), _due(booking, rules, watched - now + moment)
        if came.seen(state, now, moment):
            bookings = confirmed(bookings, booking)
        elif due is not None and moment >= due:
            bookings = ended(bookings, booking, moment)
        else:
            looks += [at - moment for at in (came.for_calls, came.for_sensors, due) if at is not None and at > moment]
    return Outcome(
        events=() if bookings is state.bookings else (BookingsAre(bookings.at(moment)),),
        look_at=now + min(looks),
        then=partial(_look, clock, rules, watched),
    )


class _Came(msgspec.Struct, frozen=True):
    """From when on (Unix seconds) who is in the room has come for a booking, and not for the one before."""

    for_calls: float
    for_sensors: float

    def seen(self, state: RoomState, now: float, moment: float) -> bool:
        """Returns whether somebody has come."""
        if state.phase in _CALLS and moment >= self.for_calls:
            return True
        seen_at, since = state.presence.seen_at, now - (moment - self.for_sensors)
        return moment >= self.for_sensors and (
            bool(state.presence.sensing) or (seen_at is not None and seen_at > since)
        )


def _came(booking: Booking, state: RoomState, rules: Rules) -> _Came:
    start = booking.start.timestamp()
    opens = start - rules.before
    others = (each for each in state.agenda.today if each.start < booking.start and not each.all_day)
    left = max((min(start, each.over.timestamp()) for each in others), default=opens)
    return _Came(opens, opens) if left <= opens else _Came(left, left + LEAVING)


def _settled(booking: Booking, bookings: Bookings) -> bool:
    mark = bookings.mark(booking.peer_id, booking.start.timestamp())
    return mark.confirmed or (mark.until is not None and mark.until < booking.over.timestamp())


def _due(booking: Booking, rules: Rules, watched: float) -> float | None:
    """Returns when the booking is released; `watched`: since when anybody would have been seen (Unix seconds)."""
    if not rules.release_after:
        return None
    return max(booking.start.timestamp() + rules.release_after, watched + min(WATCHED, rules.release_after))
