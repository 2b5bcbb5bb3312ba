"""The address book in the room: events that add, rename, remove and renew contacts."""

from collections.abc import Iterable, Mapping

import msgspec

from appliance.room.change import changed
from appliance.room.parts.call import Conversation
from appliance.room.parts.person import Person
from appliance.room.people.book import Book
from appliance.room.people.peer_ids import whose
from appliance.room.people.who import name_in
from appliance.room.reduce.conference import attendees
from appliance.room.state import RoomState
from appliance.terminal.messages.people import (
    AddressBookReceived,
    AddressBookReply,
    Contact,
    ContactsAdded,
    ContactsDeleted,
    ContactsRenamed,
    PastCall,
    StatusesChanged,
)


def book_received(state: RoomState, event: AddressBookReceived | AddressBookReply, _now: float) -> RoomState:
    """Replaces the whole address book."""
    return _with_contacts(state, Book(event.contacts))


def statuses_changed(state: RoomState, event: StatusesChanged, _now: float) -> RoomState:
    """Updates statuses; those of people who are not in the address book do not matter."""
    book = state.contacts
    statuses = {place: entry.status for entry in event.statuses for place in book.places(entry.peer_id)}
    people = {
        place: msgspec.structs.replace(book[place], status=status)
        for place, status in statuses.items()
        if book[place].status != status
    }
    return msgspec.structs.replace(state, contacts=book.changed(people)) if people else state


def contacts_added(state: RoomState, event: ContactsAdded, _now: float) -> RoomState:
    """Adds contacts; one that was there already is replaced."""
    book, added = state.contacts, _by_id(event.contacts).values()
    known = {place: contact for contact in added for place in book.places(contact.peer_id)}
    new = [contact for contact in added if not book.places(contact.peer_id)]
    return _with_contacts(state, book.changed(known).extended(new))


def contacts_renamed(state: RoomState, event: ContactsRenamed, _now: float) -> RoomState:
    """Renames contacts; statuses stay, since the event has none."""
    book, renamed = state.contacts, _by_id(event.contacts)
    people = {
        place: msgspec.structs.replace(book[place], peer_name=contact.peer_name)
        for contact in renamed.values()
        for place in book.places(contact.peer_id)
    }
    state = attendees.renamed(_with_contacts(state, book.changed(people)), renamed)
    return changed(
        state,
        conversation=_renamed(state.conversation, renamed),
        call_waiting=_renamed(state.call_waiting, renamed),
        history=tuple(_called(past, renamed) for past in state.history),
    )


def _called(past: PastCall, renamed: Mapping[str, Contact]) -> PastCall:
    contact = renamed.get(past.peer_id)
    return msgspec.structs.replace(past, peer_name=contact.peer_name) if contact else past


def _renamed(conversation: Conversation | None, renamed: Mapping[str, Contact]) -> Conversation | None:
    """Returns the conversation, with the new name of its peer, as the terminal would give it when asked again."""
    if conversation is None or conversation.peer is None or conversation.peer.peer_id not in renamed:
        return conversation
    peer = Person(conversation.peer.peer_id, renamed[conversation.peer.peer_id].peer_name)
    return msgspec.structs.replace(conversation, peer=peer)


def contacts_deleted(state: RoomState, event: ContactsDeleted, _now: float) -> RoomState:
    """Contacts that are gone."""
    gone = {place for contact in event.contacts for place in state.contacts.places(contact.peer_id)}
    return changed(state, contacts=state.contacts.without(gone))


def _with_contacts(state: RoomState, book: Book) -> RoomState:
    return changed(
        state,
        contacts=book,
        conversation=_named(state.conversation, book),
        call_waiting=_named(state.call_waiting, book),
    )


def _named(conversation: Conversation | None, book: Book) -> Conversation | None:
    """Returns the conversation, with the name that its peer may have only now."""
    if conversation is None or conversation.peer is None or conversation.peer.name:
        return conversation
    name = name_in(book, conversation.peer.peer_id)
    return msgspec.structs.replace(conversation, peer=Person(conversation.peer.peer_id, name)) if name else conversation


def _by_id(contacts: Iterable[Contact]) -> dict[str, Contact]:
    return {whose(contact.peer_id): contact for contact in contacts}
