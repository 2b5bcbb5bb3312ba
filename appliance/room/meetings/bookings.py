"""What was decided about the room's bookings at the room itself, which the terminal's calendar does not know.

Somebody at the door books the room for a while: that is a `LocalBooking`. Or it is decided what becomes of a meeting of
the terminal's: a `Mark`, by which it is found again however often the terminal tells its schedule. Neither is ever sent
to the terminal, and neither takes a meeting out of the schedule: one that was released is over sooner, and still there.

All times are Unix seconds. Both are kept over a restart (`services/bookings.py`).
"""

import math
from typing import Final

import msgspec

MOST: Final = 50
"""Of bookings, and of marks: more than a room has in `KEPT`. The oldest are forgotten."""

KEPT: Final = 7 * 86_400
"""Seconds after its end for which something is kept: a meeting that was ended may take days, and must not come back."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What the configuration wants of whoever has booked the room; seconds.

    `check_in`: somebody has to say that they are there, from `before` the beginning until `after` it. `release_after`:
    from when on after the beginning a booking that nobody came for is over; 0: it never is.
    """

    check_in: bool = False
    before: float = 600
    after: float = 600
    release_after: float = 0

    @property
    def closes(self) -> float:
        """Seconds after the beginning until which somebody can say so: where it is released, until it is."""
        return math.inf if self.release_after else self.after


class LocalBooking(msgspec.Struct, frozen=True):
    """The room was booked at its door."""

    start: float
    end: float


class Mark(msgspec.Struct, frozen=True):
    """What became of the meeting of the terminal's that has this id and begins then.

    `confirmed`: somebody has come for it. `until`: when it is over for the room, before its end in the calendar or
    after it; None: at its end.
    """

    peer_id: str
    start: float
    confirmed: bool = False
    until: float | None = None


class Bookings(msgspec.Struct, frozen=True):
    """All of them, in the order in which they came."""

    local: tuple[LocalBooking, ...] = ()
    marks: tuple[Mark, ...] = ()

    def mark(self, peer_id: str, start: float) -> Mark:
        """Returns what became of a meeting; a mark that says nothing, where nothing was decided."""
        marks = (each for each in self.marks if (each.peer_id, each.start) == (peer_id, start))
        return next(marks, Mark(peer_id, start))

    def with_mark(self, mark: Mark) -> "Bookings":
        """Returns them with this mark, in place of what there was of its meeting."""
        others = tuple(each for each in self.marks if (each.peer_id, each.start) != (mark.peer_id, mark.start))
        return Bookings(self.local, (*others, mark))

    def with_local(self, booking: LocalBooking) -> "Bookings":
        """Returns them with this booking, in place of one that begins at the same moment."""
        others = tuple(each for each in self.local if each.start != booking.start)
        return Bookings((*others, booking), self.marks)

    def at(self, moment: float) -> "Bookings":
        """Returns those that still matter."""
        local = (each for each in self.local if each.end > moment - KEPT)
        marks = (each for each in self.marks if max(each.start, each.until or 0) > moment - KEPT)
        return Bookings(tuple(local)[-MOST:], tuple(marks)[-MOST:])


NOTHING_DECIDED: Final = Bookings()
NO_RULES: Final = Rules()
