"""The address book: any history of it is that of a plain list, and a change costs what changes."""

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room.people.book import PART, Book
from appliance.room.people.peer_ids import whose
from appliance.room.reduce.reduce import reduce
from appliance.room.state import RoomState
from appliance.terminal.messages.enums import PeerStatus
from appliance.terminal.messages.people import (
    AddressBookReceived,
    Contact,
    ContactsAdded,
    ContactsDeleted,
    ContactsRenamed,
    PersonStatus,
    StatusesChanged,
)
from tests.room.rooms import room

LARGE = 20_000
SPELLINGS = ("a@x", "A@x", "a@x/1", "b@x", "b@X", "c@x", "https://x/c/1", "https://x/c/2", "d@x", "e@x")
ids = st.sampled_from(SPELLINGS)
names = st.sampled_from(("", "Anna", "Boris"))
contacts = st.lists(st.builds(Contact, peer_id=ids, peer_name=names, status=st.sampled_from(PeerStatus)), max_size=5)
statuses = st.lists(st.builds(PersonStatus, peer_id=ids, status=st.sampled_from(PeerStatus)), max_size=4)
once = contacts.map(lambda people: tuple({whose(each.peer_id): each for each in people}.values()))
events = st.one_of(
    st.builds(AddressBookReceived, contacts=once),
    st.builds(StatusesChanged, statuses=statuses.map(tuple)),
    st.builds(ContactsAdded, contacts=once),
    st.builds(ContactsRenamed, contacts=once),
    st.builds(ContactsDeleted, contacts=once),
)


def book(size: int) -> tuple[Contact, ...]:
    return tuple(Contact(peer_id=f"user{n}@example.org", peer_name=f"User {n}") for n in range(size))


def away(person: int) -> StatusesChanged:
    return StatusesChanged(statuses=(PersonStatus(peer_id=f"USER{person}@example.org/1", status=PeerStatus.BUSY),))


def expected(people: dict[str, tuple[str, PeerStatus]], event: object) -> dict[str, tuple[str, PeerStatus]]:
    """The same by the simplest means: names and statuses by id."""
    match event:
        case AddressBookReceived(contacts=told):
            return {whose(each.peer_id): (each.peer_name, each.status) for each in told}
        case ContactsAdded(contacts=told):
            return people | {whose(each.peer_id): (each.peer_name, each.status) for each in told}
        case ContactsRenamed(contacts=told):
            new = {whose(each.peer_id): each.peer_name for each in told}
            return {who: (new.get(who, name), status) for who, (name, status) in people.items()}
        case ContactsDeleted(contacts=told):
            gone = {whose(each.peer_id) for each in told}
            return {who: what for who, what in people.items() if who not in gone}
        case StatusesChanged(statuses=entries):
            now = {whose(each.peer_id): each.status for each in entries}
            return {who: (name, now.get(who, status)) for who, (name, status) in people.items()}
    raise AssertionError(event)


@given(st.lists(events, max_size=8))
def test_any_history_is_that_of_plain_entries(history: list[object]) -> None:
    state, people = room(), dict[str, tuple[str, PeerStatus]]()
    for event in history:
        state, people = reduce(state, event, 1.0), expected(people, event)
        assert {whose(each.peer_id): (each.peer_name, each.status) for each in state.contacts} == people
        assert len(state.contacts) == len(people)
        for peer_id in SPELLINGS:
            found = state.contacts.find(peer_id)
            assert (found and (found.peer_name, found.status)) == people.get(whose(peer_id))


@given(st.integers(0, 3 * PART), st.data())
def test_a_book_is_the_sequence_of_its_people(size: int, data: st.DataObject) -> None:
    people = book(size)
    made = Book(people)
    assert made == people
    assert made == Book(people)
    assert (len(made), tuple(made), made[:2]) == (size, people, people[:2])
    if size:
        place = data.draw(st.integers(-size, size - 1))
        assert made[place] is people[place]
        assert made.find(people[place].peer_id) is people[place]
    with pytest.raises(IndexError):
        made[size]


def test_who_is_named_twice_is_found_under_both_spellings_and_changed_at_both_places() -> None:
    twice = Book((Contact(peer_id="a@x"), Contact(peer_id="b@x"), Contact(peer_id="A@X", peer_name="Anna")))
    assert twice.places("a@x/9") == (0, 2)
    assert twice.find("A@X") is twice[2]
    assert twice.extended((Contact(peer_id="a@x/2"),)).places("a@x") == (0, 2, 3)
    state = reduce(
        room(contacts=twice), StatusesChanged(statuses=(PersonStatus(peer_id="a@x", status=PeerStatus.BUSY),)), 1.0
    )
    assert [each.status for each in state.contacts] == [PeerStatus.BUSY, PeerStatus.OFFLINE, PeerStatus.BUSY]


def test_another_version_shares_all_but_the_part_that_changed() -> None:
    before = room(contacts=book(LARGE))
    before.contacts.places("")
    after = reduce(before, away(LARGE // 2), 1.0)
    assert after.contacts[LARGE // 2].status is PeerStatus.BUSY
    parts = zip(before.contacts._parts, after.contacts._parts, strict=True)
    assert sum(one is not other for one, other in parts) == 1
    assert after.contacts._index is before.contacts._index


def lines_of(call: Callable[[], object]) -> int:
    """How many lines of Python a call runs through, all that it calls included, and no rubbish of earlier tests."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    gc.disable()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
        gc.enable()
    return count


@pytest.mark.parametrize(
    "event",
    [
        away(50),
        StatusesChanged(statuses=(PersonStatus(peer_id="stranger@example.org", status=PeerStatus.BUSY),)),
        ContactsRenamed(contacts=(Contact(peer_id="user50@example.org", peer_name="Anna"),)),
    ],
    ids=["status", "stranger", "name"],
)
def test_a_change_in_a_large_book_takes_no_more_steps_than_in_a_small_one(event: object) -> None:
    def steps(size: int) -> int:
        state: RoomState = room(contacts=book(size))
        state.contacts.places("")  # the index is made once for each book
        return lines_of(lambda: reduce(state, event, 1.0))

    assert steps(LARGE) == steps(100)
