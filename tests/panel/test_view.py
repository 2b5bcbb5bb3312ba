"""What the display at the door is told."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from appliance.language.catalogue import ENGLISH
from appliance.language.text import verbatim
from appliance.panel.view import MOST, Call, Meeting, Meetings, Typed, Viewed
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.call import Conversation, PasswordEntry
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.requests import Request, Wish
from appliance.room.parts.shown import Notice
from appliance.room.people.book import Book
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState
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
    assert Viewed("Neptune", ENGLISH, titles=True)(room(agenda, phase)).door == door


@pytest.mark.parametrize("link", [phase for phase in LinkPhase if phase is not LinkPhase.UP])
def test_without_the_terminal_nothing_is_known(link: LinkPhase) -> None:
    view = Viewed("Neptune", ENGLISH, titles=True)(room(BOOKED, Phase.IN_CALL, link))
    assert (view.room, view.door, view.phase, view.meetings) == ("Neptune", "unknown", Phase.UNKNOWN, Meetings())


def test_a_meeting() -> None:
    people = Book([Contact(peer_id="anna@example.org", peer_name="Anna Larsen")])
    meetings = Viewed("Neptune", ENGLISH, titles=True)(room(BOOKED, contacts=people)).meetings
    assert meetings.now == Meeting("Планёрка", "Anna Larsen", START, START + 3_600_000, all_day=False)
    assert meetings.today == (meetings.now,)
    assert meetings.next is None


def test_an_owner_whom_nobody_knows_is_told_without_the_server() -> None:
    now = Viewed("Neptune", ENGLISH, titles=True)(room(BOOKED)).meetings.now
    assert now is not None
    assert now.owner == "anna"


def test_titles_can_be_hidden() -> None:
    meetings = Viewed("Neptune", ENGLISH, titles=False)(room(BOOKED)).meetings
    assert meetings.now == Meeting("", "", START, START + 3_600_000, all_day=False)
    assert b"anna" not in msgspec.json.encode(meetings)


def test_an_end_that_nobody_has_said() -> None:
    now = Viewed("Neptune", ENGLISH, titles=True)(room(Agenda(known=True, now=booking(end=None)))).meetings.now
    assert now is not None
    assert now.end is None


def test_a_day_full_of_meetings_is_bounded() -> None:
    day = tuple(booking(number / 100) for number in range(1000))
    assert len(Viewed("Neptune", ENGLISH, titles=True)(room(Agenda(known=True, today=day))).meetings.today) == MOST


def test_a_schedule_is_told_anew_only_when_it_changed() -> None:
    look = Viewed("Neptune", ENGLISH, titles=True)
    state = room(BOOKED)
    first = look(state).meetings
    assert look(msgspec.structs.replace(state, volume=0.5)).meetings is first
    assert look(msgspec.structs.replace(state, agenda=FREE)).meetings is not first


ANNA = Person("anna@example.org", "Anna Larsen")
TALKING = room(
    FREE,
    Phase.IN_CALL,
    conversation=Conversation(ANNA, since=12.5),
    call_waiting=Conversation(Person("ivan@example.org", "Ivan")),
    requests=(Request(Wish.RECORD, ANNA),),
    mic_muted=True,
    volume=0.456,
    notice=Notice(verbatim("Anna has muted the room"), 99.0),
    number="204",
)


def test_a_call_for_who_may_touch() -> None:
    view = Viewed("Neptune", ENGLISH, titles=True)(TALKING)
    assert view.call == Call("Anna Larsen", group=False, since=12_500)
    assert view.other == "Ivan"
    assert (view.mic_muted, view.audio_muted, view.volume) == (True, None, 46)
    assert view.typed == Typed("204")
    assert view.says == "Anna has muted the room"


def test_a_wish_waits_behind_a_second_caller() -> None:
    assert Viewed("Neptune", ENGLISH, titles=True)(TALKING).wish == ""
    alone = msgspec.structs.replace(TALKING, call_waiting=None)
    assert "Anna Larsen" in Viewed("Neptune", ENGLISH, titles=True)(alone).wish


def test_without_titles_nobody_is_named() -> None:
    for state in (TALKING, msgspec.structs.replace(TALKING, call_waiting=None)):
        told = msgspec.json.encode(Viewed("Neptune", ENGLISH, titles=False)(state))
        assert not [name for name in (b"Anna", b"Ivan", b"204") if name in told]


def test_a_password_is_told_by_its_length_alone() -> None:
    entry = PasswordEntry(ANNA, Secret("1A2"), wrong=True)
    view = Viewed("Neptune", ENGLISH, titles=True)(room(FREE, password=entry))
    assert view.typed == Typed("***", "Anna Larsen", wrong=True)
    assert b"1A2" not in msgspec.json.encode(view)


def test_whom_to_call_is_told_to_those_alone_who_may() -> None:
    agenda = Agenda(known=True, now=booking(peer_id="\\c\\4711"))
    for peers in (True, False):
        now = Viewed("Neptune", ENGLISH, titles=True, peers=peers)(room(agenda)).meetings.now
        assert now is not None
        assert now.peer_id == ("\\c\\4711" if peers else "")


def test_why_there_is_no_link() -> None:
    view = Viewed("Neptune", ENGLISH, titles=True)(RoomState(link=Link(LinkPhase.DOWN, verbatim("no answer"))))
    assert view.doing == "no answer"
