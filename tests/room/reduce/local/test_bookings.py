"""What was decided at the door is the room's own."""

import msgspec
import pytest

from appliance.room.local_events.link import LinkChanged
from appliance.room.local_events.meetings import BookingsAre, BookingsRemembered
from appliance.room.meetings.bookings import NOTHING_DECIDED, Bookings, LocalBooking
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reduce.reduce import reduce
from tests.room.rooms import after, room

DECIDED = Bookings((LocalBooking(1.0, 2.0),))
NEWER = Bookings((LocalBooking(3.0, 4.0),))


@pytest.mark.parametrize("phase", [LinkPhase.DOWN, LinkPhase.EVICTED, LinkPhase.REFUSED])
def test_it_stays_while_there_is_no_link(phase: LinkPhase) -> None:
    assert after(room(), BookingsAre(DECIDED), LinkChanged(Link(phase))).bookings == DECIDED


def test_what_was_decided_since_the_start_is_newer_than_what_was_kept() -> None:
    assert after(room(), BookingsRemembered(DECIDED)).bookings == DECIDED
    assert after(room(), BookingsAre(NEWER), BookingsRemembered(DECIDED)).bookings == NEWER


def test_the_same_again_is_no_change() -> None:
    state = msgspec.structs.replace(room(), bookings=DECIDED)
    assert reduce(state, BookingsAre(DECIDED), 1.0) is state
    assert room().bookings == NOTHING_DECIDED
