"""Names are found by any part of them, and at once however many there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.people.names import Names, NamesOf, folded
from appliance.room.people.book import Book
from appliance.terminal.messages.enums import PeerStatus
from appliance.terminal.messages.people import Contact

TEXTS = st.text("abАя ё\n\0", max_size=4)
PEOPLE = st.lists(st.builds(Contact, peer_id=TEXTS, peer_name=TEXTS), max_size=12)


async def names(*people: Contact) -> Names:
    return await NamesOf()(Book(people).parts)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("lopez", "López"), ("ЛЁВА", "лева"), ("wałęsa", "Walesa"), ("андрей", "Андрей"), ("strasse", "Straße")],
)
def test_case_and_signs_of_letters_do_not_matter(typed: str, name: str) -> None:
    assert folded(typed) == folded(name)


@given(people=PEOPLE, like=TEXTS.filter(bool))
async def test_finds_whom_a_look_at_everybody_finds(people: list[Contact], like: str) -> None:
    found = list((await names(*people)).like(like))
    like = folded(like)
    assert sorted(found) == sorted(
        one.peer_id for one in people if like in folded(one.peer_name) or like in folded(one.peer_id)
    )


async def test_who_begins_so_comes_first() -> None:
    people = [Contact(peer_id=f"{name}@x", peer_name=name) for name in ("Zanna", "Bo Ann", "Anna", "Annika")]
    assert list((await names(*people)).like("ANN")) == ["Anna@x", "Annika@x", "Bo Ann@x", "Zanna@x"]


async def test_a_status_changes_nothing_and_a_name_does() -> None:
    book = Book([Contact(peer_id=f"{number}@x", peer_name=f"Person {number:04}") for number in range(600)])
    names_of = NamesOf()
    before = await names_of(book.parts)
    elsewhere = book.changed({300: Contact(peer_id="300@x", peer_name="Person 0300", status=PeerStatus.BUSY)})
    assert await names_of(elsewhere.parts) is before
    renamed = elsewhere.changed({300: Contact(peer_id="300@x", peer_name="Anna")})
    assert list((await names_of(renamed.parts)).like("anna")) == ["300@x"]
    assert list((await names_of(Book(()).parts)).like("anna")) == []
