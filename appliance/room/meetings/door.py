"""What somebody at the door decides about the room's bookings: to begin, confirm, give up, lengthen or end one.

Nothing here knows the time: whoever asks says the moment, in Unix seconds. What is decided are `Bookings`, or a `Text`
that says why not. A meeting of the calendar is never touched (see `bookings`).
"""

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Literal

import msgspec

from appliance.language.text import Text
from appliance.room.meetings.agenda import DOOR, Booking
from appliance.room.meetings.bookings import Bookings, LocalBooking
from appliance.room.state import RoomState

Deed = Literal["start", "check_in", "release", "extend", "end"]

STARTS: Final = (15, 30, 60)
"""Minutes for which the room is booked at the door."""

EXTENDS: Final = (15, 30)
"""Minutes by which what is on is made longer."""

LEAST: Final = 5 * 60
"""Seconds: for less nobody books a room."""

LONGEST: Final = 8 * 3600
"""Seconds from now on until which the room is kept at its door: nobody books it for the night by mistake."""


class Offers(msgspec.Struct, frozen=True):
    """What may be decided now.

    `until`: what begins then bounds how long; None: nothing does. `frees`: when what may be released begins.
    """

    deeds: frozenset[Deed] = frozenset()
    until: datetime | None = None
    frees: datetime | None = None


def offers(state: RoomState) -> Offers:
    """Returns what is offered in this state, whether or not the configuration allows it."""
    agenda = state.agenda
    if not agenda.known:
        return Offers()
    on = _on(state)
    deeds: set[Deed] = {"start"} if on is None else set()
    if agenda.waiting:
        deeds.add("check_in")
    frees = _giveable(state)
    if frees is not None:
        deeds.add("release")
    if on is not None and on not in agenda.waiting:
        deeds |= {"end", "extend"}
    until = None if agenda.next is None else agenda.next.start
    return Offers(frozenset(deeds), until, None if frees is None else frees.start)


def decide(deed: Deed, minutes: int, state: RoomState, moment: float) -> Bookings | Text:
    """Returns the bookings after a deed, or why it means nothing now."""
    if not state.agenda.known:
        return Text("touch.no_clock")
    decided = _DEEDS[deed](state, minutes, math.floor(moment))
    return decided.at(moment) if isinstance(decided, Bookings) else decided


def confirmed(bookings: Bookings, booking: Booking) -> Bookings:
    """Returns them with a meeting of the calendar for which somebody has come."""
    mark = bookings.mark(booking.peer_id, booking.start.timestamp())
    return bookings.with_mark(msgspec.structs.replace(mark, confirmed=True))


def ended(bookings: Bookings, booking: Booking, moment: float) -> Bookings:
    """Returns them with a booking that is over for the room at a moment; before it has begun, at its beginning."""
    start = booking.start.timestamp()
    over = max(start, math.floor(moment))  # a second that has begun: what begins in it as well overlaps nothing
    if booking.source == DOOR:
        return bookings.with_local(LocalBooking(start, over))
    mark = bookings.mark(booking.peer_id, start)
    return bookings.with_mark(msgspec.structs.replace(mark, until=over))


def _on(state: RoomState) -> Booking | None:
    """Returns the booking that keeps the room; a note on the calendar that takes all day does not."""
    now = state.agenda.now
    return None if now is None or now.all_day else now


def _giveable(state: RoomState) -> Booking | None:
    """Returns what can be given up before anybody has come for it: what waits for somebody, or begins soon."""
    agenda = state.agenda
    return next(iter(agenda.waiting), agenda.next if agenda.soon else None)


def _start(state: RoomState, minutes: int, moment: float) -> Bookings | Text:
    if _on(state) is not None:
        return Text("touch.not_free")
    end = _bounded(state, moment + minutes * 60)
    if end - moment < LEAST:
        return Text("touch.meeting_begins")
    return state.bookings.with_local(LocalBooking(moment, end))


def _check_in(state: RoomState, _minutes: int, _moment: float) -> Bookings | Text:
    waiting = state.agenda.waiting
    return confirmed(state.bookings, waiting[0]) if waiting else Text("touch.nothing_waits")


def _release(state: RoomState, _minutes: int, moment: float) -> Bookings | Text:
    booking = _giveable(state)
    return Text("touch.nothing_waits") if booking is None else ended(state.bookings, booking, moment)


def _extend(state: RoomState, minutes: int, moment: float) -> Bookings | Text:
    booking = _on(state)
    if booking is None:
        return Text("touch.nothing_on")
    over = booking.over.timestamp()
    end = min(_bounded(state, over + minutes * 60), moment + LONGEST)
    if end - over < LEAST:
        return Text("touch.no_longer")
    start = booking.start.timestamp()
    if booking.source == DOOR:
        return state.bookings.with_local(LocalBooking(start, end))
    mark = confirmed(state.bookings, booking).mark(booking.peer_id, start)
    return state.bookings.with_mark(msgspec.structs.replace(mark, until=end))


def _end(state: RoomState, _minutes: int, moment: float) -> Bookings | Text:
    booking = _on(state)
    return Text("touch.nothing_on") if booking is None else ended(state.bookings, booking, moment)


def _bounded(state: RoomState, end: float) -> float:
    """Returns a moment at which the next booking has not begun."""
    following = state.agenda.next
    return end if following is None else min(end, following.start.timestamp())


_DEEDS: Mapping[Deed, Callable[[RoomState, int, float], Bookings | Text]] = {
    "start": _start,
    "check_in": _check_in,
    "release": _release,
    "extend": _extend,
    "end": _end,
}
