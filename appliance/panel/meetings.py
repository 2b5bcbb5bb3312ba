"""What the schedule says, for the status page."""

from appliance.language.text import Text
from appliance.room.meetings.agenda import Booking
from appliance.room.state import RoomState

_UNKNOWN = Text("unknown")


def now(state: RoomState) -> Text:
    """Returns which meeting is on; a dash where none is, or nobody knows."""
    return _UNKNOWN if state.agenda.now is None else Text("panel.at", **_words(state.agenda.now))


def coming(state: RoomState) -> Text:
    """Returns which meeting comes next, today or tomorrow."""
    booking = state.agenda.next
    if booking is None:
        return _UNKNOWN
    return Text("panel.at" if _today(state, booking) else "panel.tomorrow_at", **_words(booking))


def _today(state: RoomState, booking: Booking) -> bool:
    return booking in state.agenda.today


def _words(booking: Booking) -> dict[str, str | Text]:
    times = [time for time in (booking.start, booking.end) if time is not None]
    return {"time": "–".join(f"{time:%H:%M}" for time in times), "title": booking.title or Text("display.meeting")}
