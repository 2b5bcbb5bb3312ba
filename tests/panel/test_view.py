"""What the display at the door is told."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from appliance.panel.view import MOST, Meeting, Meetings, Viewed
from appliance.room.agenda import Agenda, Booking
from appliance.room.book import Book
from appliance.room.state import Link, LinkPhase, Phase, RoomState
from appliance.terminal.messages.people import Contact

TWO = datetime(2026, 11, 27, 14, tzinfo=UTC)
START = 1_795_788_000_000  # milliseconds: two o'clock


def booking(hours: float = 0, **fields: object) -> Booking:
    start = TWO + timedelta(hours=hours)
    usual = {"title": "Планёрка", "start": start, "end": start + timedelta(hours=1), "owner": "anna@example.org"}
    return msgspec.convert(usual | fields, Booking)


def room(agenda: Agenda, phase: Phase = Phase.IDLE, link: LinkPhase = LinkPhase.UP, **fields: object) -> RoomState:
    return RoomState(link=Link(link), phase=phase, agenda=agenda, **fields)  # type: ignore[arg-type]


FREE = Agenda(known=True, next=booking(3))
SOON = msgspec.structs.replace(FREE, soon=True)
BOOKED = Agenda(known=True, now=booking(), today=(booking(),))
ALL_DAY = Agenda(known=True, now=booking(-14, end=TWO + timedelta(hours=10)))


@pytest.mark.parametrize(
    ("agenda", "phase", "door"),
    [
        (FREE, Phase.IDLE, "free"),
        (FREE, Phase.RINGING, "free"),
        (FREE, Phase.IN_CALL, "in_use"),
        (FREE, Phase.CALLING, "in_use"),
        (FREE, Phase.WAITING_ROOM, "in_use"),
        (SOON, Phase.IDLE, "soon"),
        (BOOKED, Phase.IDLE, "booked"),
        (BOOKED, Phase.OFFLINE, "booked"),
        (BOOKED, Phase.IN_CALL, "in_use"),
        (ALL_DAY, Phase.IDLE, "free"),
        (FREE, Phase.UNKNOWN, "unknown"),
        (Agenda(), Phase.IDLE, "unknown"),
        (Agenda(), Phase.IN_CALL, "in_use"),
    ],
)
def test_the_door(agenda: Agenda, phase: Phase, door: str) -> None:
    assert Viewed("Neptune", titles=True)(room(agenda, phase)).door == door


@pytest.mark.parametrize("link", [phase for phase in LinkPhase if phase is not LinkPhase.UP])
def test_without_the_terminal_nothing_is_known(link: LinkPhase) -> None:
    view = Viewed("Neptune", titles=True)(room(BOOKED, Phase.IN_CALL, link))
    assert (view.room, view.door, view.phase, view.meetings) == ("Neptune", "unknown", Phase.UNKNOWN, Meetings())


def test_a_meeting() -> None:
    people = Book([Contact(peer_id="anna@example.org", peer_name="Anna Larsen")])
    meetings = Viewed("Neptune", titles=True)(room(BOOKED, contacts=people)).meetings
    assert meetings.now == Meeting("Планёрка", "Anna Larsen", START, START + 3_600_000, all_day=False)
    assert meetings.today == (meetings.now,)
    assert meetings.next is None


def test_an_owner_whom_nobody_knows_is_told_without_the_server() -> None:
    now = Viewed("Neptune", titles=True)(room(BOOKED)).meetings.now
    assert now is not None
    assert now.owner == "anna"


def test_titles_can_be_hidden() -> None:
    meetings = Viewed("Neptune", titles=False)(room(BOOKED)).meetings
    assert meetings.now == Meeting("", "", START, START + 3_600_000, all_day=False)
    assert b"anna" not in msgspec.json.encode(meetings)


def test_an_end_that_nobody_has_said() -> None:
    now = Viewed("Neptune", titles=True)(room(Agenda(known=True, now=booking(end=None)))).meetings.now
    assert now is not None
    assert now.end is None


def test_a_day_full_of_meetings_is_bounded() -> None:
    day = tuple(booking(number / 100) for number in range(1000))
    assert len(Viewed("Neptune", titles=True)(room(Agenda(known=True, today=day))).meetings.today) == MOST


def test_a_schedule_is_told_anew_only_when_it_changed() -> None:
    look = Viewed("Neptune", titles=True)
    state = room(BOOKED)
    first = look(state).meetings
    assert look(msgspec.structs.replace(state, volume=0.5)).meetings is first
    assert look(msgspec.structs.replace(state, agenda=FREE)).meetings is not first
