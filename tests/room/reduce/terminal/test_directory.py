import pytest

from appliance.room.local_events.link import Answered
from appliance.room.parts.call import Conversation
from appliance.room.parts.person import Person
from appliance.room.parts.reading import Reading
from appliance.room.people.who import same_peer
from appliance.terminal.messages.enums import CallDirection, PeerStatus
from appliance.terminal.messages.people import (
    AddressBookReceived,
    AddressBookReply,
    Contact,
    ContactsAdded,
    ContactsDeleted,
    ContactsRenamed,
    GetAddressBook,
    PastCall,
    PersonStatus,
    StatusesChanged,
)
from tests.room.rooms import ANNA, BORIS, after, room
from tests.some import some

ANNA_CONTACT = Contact(peer_id=ANNA, peer_name="Anna", status=PeerStatus.BUSY)
BORIS_CONTACT = Contact(peer_id=BORIS, peer_name="Boris")
BOTH = room(contacts=(ANNA_CONTACT, BORIS_CONTACT))


BOOK = (ANNA_CONTACT,)


@pytest.mark.parametrize(
    "book", [AddressBookReceived(contacts=BOOK), Answered(GetAddressBook(), AddressBookReply(contacts=BOOK))]
)
def test_the_address_book_replaces_the_one_before(book: object) -> None:
    state = after(room(contacts=(BORIS_CONTACT,), stale={Reading.CONTACTS: 0.0}), book)
    assert (state.contacts, state.stale) == (BOOK, {})


def test_statuses_of_contacts_change_and_others_do_not_matter() -> None:
    state = after(
        BOTH,
        StatusesChanged(
            statuses=(
                PersonStatus(peer_id=BORIS, status=PeerStatus.BUSY),
                PersonStatus(peer_id="c@d", status=PeerStatus.BUSY),
            )
        ),
    )
    assert state.contacts == (ANNA_CONTACT, Contact(peer_id=BORIS, peer_name="Boris", status=PeerStatus.BUSY))


def test_a_status_that_is_known_already_copies_nothing() -> None:
    assert after(BOTH, StatusesChanged(statuses=(PersonStatus(peer_id=ANNA, status=PeerStatus.BUSY),))) is BOTH


def test_a_person_is_known_under_the_name_of_an_instance() -> None:
    """Newer terminals name people by user, server and instance."""
    instance = f"{ANNA}/1f2e"
    free = after(BOTH, StatusesChanged(statuses=(PersonStatus(peer_id=instance, status=PeerStatus.AVAILABLE),)))
    assert free.contacts[0].status is PeerStatus.AVAILABLE
    renamed = after(BOTH, ContactsRenamed(contacts=(Contact(peer_id=instance, peer_name="Anna K."),)))
    assert renamed.contacts[0] == Contact(peer_id=ANNA, peer_name="Anna K.", status=PeerStatus.BUSY)
    assert after(BOTH, ContactsDeleted(contacts=(Contact(peer_id=instance),))).contacts == (BORIS_CONTACT,)


def test_contacts_are_added_once() -> None:
    state = after(room(contacts=(ANNA_CONTACT,)), ContactsAdded(contacts=(BORIS_CONTACT, ANNA_CONTACT)))
    assert sorted(contact.peer_id for contact in state.contacts) == [ANNA, BORIS]


def test_contacts_are_renamed_and_keep_their_status() -> None:
    state = after(BOTH, ContactsRenamed(contacts=(Contact(peer_id=ANNA, peer_name="Anna K."),)))
    assert state.contacts[0] == Contact(peer_id=ANNA, peer_name="Anna K.", status=PeerStatus.BUSY)
    assert state.contacts[1] is BORIS_CONTACT


def test_who_is_renamed_has_the_new_name_wherever_the_terminal_would_name_them() -> None:
    call = Conversation(peer=Person(ANNA, "Anna"))
    past = PastCall(type=CallDirection.MISSED, peer_id=ANNA, peer_name="Anna")
    before = room(contacts=BOTH.contacts, conversation=call, call_waiting=call, history=(past,))
    state = after(before, ContactsRenamed(contacts=(Contact(peer_id=ANNA, peer_name="Anna K."),)))
    assert some(state.conversation).peer == some(state.call_waiting).peer == Person(ANNA, "Anna K.")
    assert [past.peer_name for past in state.history] == ["Anna K."]


def test_contacts_are_deleted() -> None:
    assert after(BOTH, ContactsDeleted(contacts=(Contact(peer_id=ANNA),))).contacts == (BORIS_CONTACT,)


def test_a_name_that_comes_later_reaches_the_conversation() -> None:
    nameless = Conversation(peer=Person(ANNA))
    state = after(room(conversation=nameless, call_waiting=nameless), AddressBookReceived(contacts=(ANNA_CONTACT,)))
    assert some(state.conversation).peer == some(state.call_waiting).peer == Person(ANNA, "Anna")


@pytest.mark.parametrize("other", ["a@b", "A@B", "a@b/instance", "A@b/x"])
def test_the_same_peer(other: str) -> None:
    assert same_peer("a@b", other)


@pytest.mark.parametrize("other", ["", "a@bc", "a"])
def test_another_peer(other: str) -> None:
    assert not same_peer("a@b", other)
