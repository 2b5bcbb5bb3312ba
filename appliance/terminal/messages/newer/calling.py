"""What is called and whom one may look for."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event


class PreparedReply(Reply, frozen=True, kw_only=True):
    """Reply to `prepareCallIdForCall`.

    prepared: What `call` takes.
    """

    prepared: str = msgspec.field(name="preparedCallId", default="")


@command
class PrepareCall(Command, frozen=True, kw_only=True):
    """Asks what `call` would dial for an id or a link to a conference.

    call_id: An id of any kind, or a link to a conference.
    """

    method: ClassVar[str] = "prepareCallIdForCall"
    reply: ClassVar[type[Reply]] = PreparedReply

    call_id: str


@command
class OpenLink(Command, frozen=True, kw_only=True):
    """Opens a link of the vendor's."""

    method: ClassVar[str] = "openURLProtocol"

    url: str


@command
class ClearHistory(Command, frozen=True, kw_only=True):
    """Empties the call history."""

    method: ClassVar[str] = "clearCallHistory"


@event
class HistoryCleared(Event, frozen=True, kw_only=True):
    """The call history is empty."""

    event: ClassVar[str] = "callHistoryCleared"


class FoundContact(Wire, frozen=True, kw_only=True):
    """Somebody who was found.

    in_book: Whether they are in the address book.
    """

    peer_id: str
    name: str = msgspec.field(name="displayName", default="")
    in_book: bool | None = msgspec.field(name="isInAbook", default=None)


class FoundReply(Reply, frozen=True, kw_only=True):
    """Reply to `searchContact` and `searchContact2`.

    outcome: Room 4.2 only: 0 to 5.
    """

    contacts: tuple[FoundContact, ...] = msgspec.field(name="foundContacts", default=())
    outcome: int | None = msgspec.field(name="searchingResult", default=None)


@command
class SearchContact(Command, frozen=True, kw_only=True):
    """Looks for people on the server (Room 4.2): one new text in two seconds at most.

    within: Milliseconds: 1 to 20000.
    mask: Where: 1 ids, 2 names; their sum for both.
    """

    method: ClassVar[str] = "searchContact"
    reply: ClassVar[type[Reply]] = FoundReply

    text: str = msgspec.field(name="searchingString")
    within: int = msgspec.field(name="searchingTimeoutMsec")
    mask: int | msgspec.UnsetType = msgspec.field(name="searchingMask", default=msgspec.UNSET)


@command
class SearchContacts(Command, frozen=True, kw_only=True):
    """Looks for people: the reply has those known already, `contactsSearched` the server's."""

    method: ClassVar[str] = "searchContact2"
    reply: ClassVar[type[Reply]] = FoundReply

    text: str = msgspec.field(name="searchingString")


@event
class ContactsFound(Event, frozen=True, kw_only=True):
    """Who the server found.

    request_id: The request that looked for them.
    """

    event: ClassVar[str] = "contactsSearched"

    request_id: str = ""
    contacts: tuple[FoundContact, ...] = msgspec.field(name="foundContacts", default=())
