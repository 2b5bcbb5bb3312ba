"""What pages are told of a conference: who is there, what is on, and what the room may do about it."""

from time import perf_counter

import msgspec
import pytest

from appliance.language.catalogue import ENGLISH
from appliance.panel.live.feed import Feed
from appliance.panel.people.conference import (
    CAMERA_ON,
    LONGEST,
    MIC_MUTED,
    MIC_ON,
    RECORDS,
    SHOWS,
    SPEAKS,
    ZERO,
    Conference,
    Line,
    Seat,
)
from appliance.panel.view import Viewed
from appliance.room.parts.call import Conversation
from appliance.room.parts.conference import Attendee, ChatLine, Company
from appliance.room.parts.person import Person
from appliance.room.parts.podium import Podium
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import ConferenceType, DeviceState
from appliance.terminal.messages.newer.generation import Generation
from tests.room.rooms import ANNA, BORIS, OWN_GROUP, P2P, ROOM, THEIR_GROUP, room

ANNA_THERE = Attendee(f"{ANNA}/2", "Anna", DeviceState.ON, DeviceState.MUTED)
BORIS_THERE = Attendee(BORIS, "", DeviceState.MUTED, DeviceState.ON, speaks=True)
MEETING = room(
    Phase.IN_CALL,
    conversation=THEIR_GROUP,
    company=Company(
        listed=True,
        present=frozenset({ANNA, BORIS, ROOM}),
        recording=frozenset({BORIS}),
        content=frozenset({ANNA}),
    ),
    attendees={ANNA: ANNA_THERE, BORIS: BORIS_THERE},
    chat=(ChatLine(Person(ANNA, "Anna"), Secret("hello")), ChatLine(Person(ROOM, "Room"), Secret("hi"))),
)
TOUCHED = Viewed("Neptune", ENGLISH, titles=True, peers=True)
LOOKED_AT = Viewed("Neptune", ENGLISH, titles=True)
NAMELESS = Viewed("Neptune", ENGLISH, titles=False)


def seen(**fields: object) -> Conference:
    told = TOUCHED(msgspec.structs.replace(MEETING, **fields)).conference
    assert told is not None
    return told


def test_who_is_there_and_what_is_on() -> None:
    view = TOUCHED(MEETING)
    assert view.roster == (Seat("Anna", f"{ANNA}/2"), Seat(BORIS, BORIS))
    assert [ord(flag) - ZERO for flag in view.flags] == [
        MIC_ON | SHOWS,
        MIC_MUTED | CAMERA_ON | SPEAKS | RECORDS,
    ]
    assert view.conference == Conference(count=3, recorded=True, content="theirs")


def test_who_may_only_look_is_told_neither_ids_nor_what_is_written() -> None:
    view = LOOKED_AT(MEETING)
    assert view.roster == (Seat("Anna"), Seat(BORIS))
    assert view.chat == ()


def test_without_titles_nobody_is_named() -> None:
    state = msgspec.structs.replace(MEETING, camera_wanted=(Person(ANNA, "Anna"),))
    told = msgspec.json.encode(NAMELESS(state))
    assert not [name for name in (b"Anna", ANNA.encode(), BORIS.encode(), b"hello") if name in told]
    assert NAMELESS(state).flags == ""


def test_what_is_written_is_for_the_room() -> None:
    assert TOUCHED(MEETING).chat == (Line("Anna", "hello"), Line("Room", "hi", ours=True))


@pytest.mark.parametrize(("conversation", "ours"), [(OWN_GROUP, True), (THEIR_GROUP, False), (P2P, False)])
def test_whose_it_is(conversation: Conversation, ours: bool) -> None:
    assert seen(conversation=conversation).ours is ours


def test_the_podium_of_a_lecture() -> None:
    lecture = msgspec.structs.replace(THEIR_GROUP, type=ConferenceType.ROLE_BASED)
    told = seen(conversation=lecture, podium=Podium(speaks=True, asked=True, remark_until=12.5))
    assert (told.podium, told.speaks, told.podium_asked, told.remark_until) == (True, True, True, 12_500)
    assert not seen().podium


def test_what_else_is_told() -> None:
    assert seen(company=Company()).count is None
    assert seen(company=Company(content=frozenset({"", ANNA}))).content == "ours"
    assert seen(generation=Generation.NEWER).layouts
    assert seen(camera_wanted=(Person(ANNA, "Anna"),)).camera_wanted == "Anna"
    assert Viewed("Neptune", ENGLISH, titles=True, hang_up="hold")(MEETING).conference == Conference(
        count=3, recorded=True, content="theirs", hang_up="hold"
    )


def test_outside_a_call_there_is_none() -> None:
    assert TOUCHED(room(Phase.RINGING, conversation=P2P)).conference is None


def test_a_name_may_be_any_number_of_characters() -> None:
    endless = msgspec.structs.replace(ANNA_THERE, name="x" * 1000)
    assert len(TOUCHED(msgspec.structs.replace(MEETING, attendees={ANNA: endless})).roster[0].name) == LONGEST


def crowd(count: int = 500) -> RoomState:
    many = {f"{each}@example.org": Attendee(f"{each}@example.org", f"Somebody {each}") for each in range(count)}
    present = frozenset(many)
    return msgspec.structs.replace(MEETING, attendees=many, company=Company(listed=True, present=present))


def test_of_500_whose_flags_flutter_little_is_sent_each_time() -> None:
    feed, state = Feed(TOUCHED), crowd()
    feed.renew(state)
    whole = len(feed.since(0))
    for turn in range(20):
        key = f"{turn}@example.org"
        on = msgspec.structs.replace(state.attendees[key], mic=DeviceState.ON)
        state = msgspec.structs.replace(state, attendees={**state.attendees, key: on})
        before = feed.revision
        feed.renew(state)
        sent = msgspec.json.decode(feed.since(before))
        assert sent.keys() == {"flags"}
        assert len(feed.since(before)) < 600
    assert whole < 40_000


def test_a_view_of_500_does_not_hold_anything_up() -> None:
    state = crowd()
    took = list[float]()
    for _ in range(20):
        began = perf_counter()
        TOUCHED(state)
        took.append(perf_counter() - began)
    assert min(took) < 0.005
