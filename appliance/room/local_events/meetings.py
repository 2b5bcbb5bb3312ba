"""The room's meetings: what its calendars say, and what was decided at its door."""

from appliance.room.local_events.base import LocalEvent
from appliance.room.meetings.agenda import Agenda
from appliance.room.meetings.bookings import Bookings
from appliance.room.meetings.calendar import Calendar


class AgendaIs(LocalEvent, frozen=True):
    """What the schedule says is this now."""

    agenda: Agenda


class CalendarIs(LocalEvent, frozen=True):
    """The calendar of the house says this."""

    calendar: Calendar


class BookingsAre(LocalEvent, frozen=True):
    """What was decided about the room's bookings at its door is this now."""

    bookings: Bookings


class BookingsRemembered(LocalEvent, frozen=True):
    """What was decided about the room's bookings before the appliance started."""

    bookings: Bookings
