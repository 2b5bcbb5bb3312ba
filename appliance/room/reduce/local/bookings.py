"""What was decided about the bookings of the room at its door, and the calendar and agenda that they go by."""

from appliance.room.change import changed
from appliance.room.local_events.meetings import AgendaIs, BookingsAre, BookingsRemembered, CalendarIs
from appliance.room.meetings.bookings import Bookings
from appliance.room.state import RoomState


def bookings_are(state: RoomState, event: BookingsAre, _now: float) -> RoomState:
    """Takes what was decided."""
    return changed(state, bookings=event.bookings)


def calendar_is(state: RoomState, event: CalendarIs, _now: float) -> RoomState:
    """Takes the calendar of the house."""
    return changed(state, calendar=event.calendar)


def remembered(state: RoomState, event: BookingsRemembered, _now: float) -> RoomState:
    """Takes what was kept when the appliance ran last, unless something has been decided since."""
    return state if state.bookings != Bookings() else changed(state, bookings=event.bookings)


def agenda_is(state: RoomState, event: AgendaIs, now: float) -> RoomState:
    """A meeting that is soon wakes a display that has gone dark."""
    soon = event.agenda.soon and not state.agenda.soon
    return changed(state, agenda=event.agenda, active_at=now if soon else state.active_at)
