"""The room as pages are shown it: one typed view, the same for every panel, whatever language it speaks.

What a page says in words, the view gives as keys of the catalogue; times are milliseconds since 1970, and a page shows
them by the box's clock and zone, which come with every message. A field is sent when it changes, as a whole.
"""

from typing import Final, Literal

import msgspec

from appliance.room.agenda import Agenda, Booking
from appliance.room.book import Book
from appliance.room.people import name_in
from appliance.room.state import GOING_ON, LinkPhase, Phase, RoomState

Door = Literal["free", "soon", "booked", "in_use", "unknown"]
"""What stands on the door. `booked`: a meeting should be on, and nobody is in a call. `in_use`: somebody is."""

MOST: Final = 100  # meetings of a day: more than a strip can show
_OCCUPIED = GOING_ON | {Phase.CALLING, Phase.CLOSING}  # a room that somebody calls may be empty


class Meeting(msgspec.Struct, frozen=True):
    """One in the schedule; `end` None where nobody has said. Of a private one `title` and `owner` are empty."""

    title: str
    owner: str
    start: int
    end: int | None
    all_day: bool


class Meetings(msgspec.Struct, frozen=True):
    """The schedule. `known` false: nobody knows whether there are any; `others`: how many are on beside `now`."""

    known: bool = False
    now: Meeting | None = None
    others: int = 0
    next: Meeting | None = None
    today: tuple[Meeting, ...] = ()


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Everything. `link`: that to the terminal; without it nothing else is known."""

    room: str
    link: LinkPhase
    phase: Phase
    door: Door
    meetings: Meetings


class Viewed:
    """Looks at a room for pages. A schedule that has not changed is not made into meetings again."""

    def __init__(self, room: str, *, titles: bool) -> None:
        """`room`: the name on the door. Without `titles` no meeting says what it is about or whose it is."""
        self._room = room
        self._titles = titles
        self._of: tuple[Agenda, Book] | None = None
        self._meetings = Meetings()

    def __call__(self, state: RoomState) -> View:
        """Returns the view of a state."""
        up = state.link.phase is LinkPhase.UP
        return View(
            room=self._room,
            link=state.link.phase,
            phase=state.phase if up else Phase.UNKNOWN,
            door=_door(state) if up else "unknown",
            meetings=self._told(state.agenda, state.contacts) if up else Meetings(),
        )

    def _told(self, agenda: Agenda, people: Book) -> Meetings:
        if self._of is None or self._of[0] is not agenda or self._of[1] is not people:
            self._of = agenda, people
            self._meetings = self._of_agenda(agenda, people)
        return self._meetings

    def _of_agenda(self, agenda: Agenda, people: Book) -> Meetings:
        def told(booking: Booking) -> Meeting:
            title, owner = (booking.title, _name(people, booking.owner)) if self._titles else ("", "")
            end = None if booking.end is None else _milliseconds(booking.end.timestamp())
            return Meeting(title, owner, _milliseconds(booking.start.timestamp()), end, booking.all_day)

        if not agenda.known:
            return Meetings()
        now, following = (None if booking is None else told(booking) for booking in (agenda.now, agenda.next))
        return Meetings(True, now, agenda.others, following, tuple(map(told, agenda.today[:MOST])))


def _door(state: RoomState) -> Door:
    if state.phase in _OCCUPIED:
        return "in_use"
    agenda = state.agenda
    if state.phase is Phase.UNKNOWN or not agenda.known:
        return "unknown"
    if agenda.now is not None and not agenda.now.all_day:
        return "booked"
    return "soon" if agenda.soon else "free"


def _name(people: Book, peer_id: str) -> str:
    """Returns what somebody is called; without a name in the address book, their id without its server."""
    return name_in(people, peer_id) or peer_id.partition("@")[0]


def _milliseconds(moment: float) -> int:
    return round(moment * 1000)
