"""What the schedule says: on the page of a room at rest, and of a meeting that begins soon."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta

from appliance.display.pages.parts import header
from appliance.display.palette import Tone
from appliance.display.sheet import Label, Name, Sheet, Topic
from appliance.display.text import clean, label, time_of_day
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import NOTHING, Text
from appliance.room.meetings.agenda import Booking
from appliance.room.people import who

_COUNTED = 60  # minutes: what begins later is said by the clock, and the page stays as it is for longer


def concerns(view: View) -> Topic | None:
    """Returns the meeting that the room is about now: the one that is on, else the next of today."""
    agenda, clock = view.state.agenda, view.clock
    if clock is None:
        return None
    if agenda.now is not None:
        return Topic(_until(agenda.now, agenda.others), _title(agenda.now))
    if agenda.next is not None and _today(agenda.next, clock):
        return Topic(_begins(agenda.next, clock), _title(agenda.next))
    return None


def soon(view: View) -> Sheet:
    """In how many minutes which meeting begins, and from when to when."""
    meeting = view.state.agenda.next
    if meeting is None:
        return Sheet()
    minutes = 0 if view.clock is None else _minutes(meeting, view.clock)
    head = header(Text("display.meeting_soon", minutes=minutes), lit=True, tone=Tone.SOON)
    name = Name(_title(meeting), still=True)
    return Sheet(heads=(head,), main=name, lines=(Label(_span(meeting)),), centred=True)


def next_minute(view: View, watch: Watch) -> None:
    """The page must be drawn again when the clock says another minute."""
    if view.clock is not None:
        watch.again_in(60 - view.clock.second - view.clock.microsecond / 1e6)


def after(view: View) -> Iterator[Text]:
    """Yields for the foot which meeting is the next, while another is on, or that there is none today any more."""
    agenda, clock = view.state.agenda, view.clock
    if clock is None or not agenda.known:
        return
    if agenda.next is None or not _today(agenda.next, clock):
        yield from () if agenda.now else (Text("display.no_more_meetings"),)
    elif agenda.now is not None:
        yield Text("display.then", time=time_of_day(agenda.next.start), title=_title(agenda.next))


def join(view: View) -> Text:
    """Returns which button joins the meeting; nothing where none does."""
    return Text("display.press_to_join", button=view.join.replace("_", " ")) if view.join else NOTHING


def owner(view: View) -> str:
    """Returns whose meeting begins soon, as the address book has it."""
    meeting = view.state.agenda.next
    person = who.person(view.state, meeting.owner) if meeting is not None else None
    return label(person) if person is not None else ""


def _begins(meeting: Booking, clock: datetime) -> Text:
    minutes = _minutes(meeting, clock)
    if minutes > _COUNTED:
        return Text("display.at_time", time=time_of_day(meeting.start))
    return Text("display.in_minutes", minutes=minutes)


def _until(meeting: Booking, others: int) -> Text:
    if meeting.all_day:
        return Text("display.all_day")
    if meeting.ends is None:
        return Text("display.on_now")
    until = time_of_day(meeting.ends)
    return Text("display.until_and_more", time=until, count=others) if others else Text("display.until", time=until)


def _title(meeting: Booking) -> str | Text:
    return clean(meeting.title) if meeting.title.strip() else Text("display.meeting")


def _span(meeting: Booking) -> str:
    start = time_of_day(meeting.start)
    return start if meeting.end is None else f"{start}–{time_of_day(meeting.end)}"


def _minutes(meeting: Booking, clock: datetime) -> int:
    """Returns how many minutes the clock on the same page will go on until then."""
    shown = clock.replace(second=0, microsecond=0)
    return math.ceil((meeting.start - shown) / timedelta(minutes=1))


def _today(meeting: Booking, clock: datetime) -> bool:
    return meeting.start.date() == clock.date()
