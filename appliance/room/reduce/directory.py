"""The address book in the room: events that add, rename, remove and renew contacts."""

from collections.abc import Iterable, Mapping

import msgspec

from appliance.room.people import name_in, whose
from appliance.room.reduce.change import changed
from appliance.room.state import Conversation, Person, RoomState
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
    return _with_contacts(state, event.contacts)


def statuses_changed(state: RoomState, event: StatusesChanged, _now: float) -> RoomState:
    """Updates statuses; those of people who are not in the address book do not matter.

    An address book may be large and this comes often: its own ids, which name no instance, are compared as they are.
    """
    statuses = {entry.peer_id.partition("/")[0]: entry.status for entry in event.statuses}
    contacts: list[Contact] | None = None
    for index, contact in enumerate(state.contacts):
        status = statuses.get(contact.peer_id, contact.status)
        if status != contact.status:
            contacts = contacts or list(state.contacts)
            contacts[index] = msgspec.structs.replace(contact, status=status)
    return state if contacts is None else changed(state, contacts=tuple(contacts))


def contacts_added(state: RoomState, event: ContactsAdded, _now: float) -> RoomState:
    """Adds contacts; one that was there already is replaced."""
    added = _by_id(event.contacts)
    kept = tuple(contact for contact in state.contacts if whose(contact.peer_id) not in added)
    return _with_contacts(state, (*kept, *added.values()))


def contacts_renamed(state: RoomState, event: ContactsRenamed, _now: float) -> RoomState:
    """Renames contacts; statuses stay, since the event has none."""
    renamed = _by_id(event.contacts)
    contacts = tuple(
        msgspec.structs.replace(contact, peer_name=renamed[whose(contact.peer_id)].peer_name)
        if whose(contact.peer_id) in renamed
        else contact
        for contact in state.contacts
    )
    state = _with_contacts(state, contacts)
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
    gone = _by_id(event.contacts)
    return changed(state, contacts=tuple(contact for contact in state.contacts if whose(contact.peer_id) not in gone))


def _with_contacts(state: RoomState, contacts: tuple[Contact, ...]) -> RoomState:
    return changed(
        state,
        contacts=contacts,
        conversation=_named(state.conversation, contacts),
        call_waiting=_named(state.call_waiting, contacts),
    )


def _named(conversation: Conversation | None, contacts: tuple[Contact, ...]) -> Conversation | None:
    """Returns the conversation, with the name that its peer may have only now."""
    if conversation is None or conversation.peer is None or conversation.peer.name:
        return conversation
    name = name_in(contacts, conversation.peer.peer_id)
    return msgspec.structs.replace(conversation, peer=Person(conversation.peer.peer_id, name)) if name else conversation


def _by_id(contacts: Iterable[Contact]) -> dict[str, Contact]:
    return {whose(contact.peer_id): contact for contact in contacts}
