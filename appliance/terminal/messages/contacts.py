"""Changing the address book, blocking people, and what is known of them."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import EVENT_TYPES, Command, Event, Reply, command, event
from appliance.terminal.messages.parts import Person


class ContactReply(Reply, frozen=True, kw_only=True):
    """Reply to the commands that change an entry: whose it is."""

    peer_id: str = ""


@command
class AddContact(Command, frozen=True, kw_only=True):
    """Adds somebody to the address book.

    peer_name: The name to show; the server's where it is left out.
    """

    method: ClassVar[str] = "addToAbook"
    reply: ClassVar[type[Reply]] = ContactReply

    peer_id: str
    peer_name: str | msgspec.UnsetType = msgspec.field(name="peerDn", default=msgspec.UNSET)


@command
class RemoveContact(Command, frozen=True, kw_only=True):
    """Removes somebody from the address book."""

    method: ClassVar[str] = "removeFromAbook"
    reply: ClassVar[type[Reply]] = ContactReply

    peer_id: str


@command
class RenameContact(Command, frozen=True, kw_only=True):
    """Changes the name that the address book shows.

    peer_name: The new name.
    """

    method: ClassVar[str] = "renameInAbook"
    reply: ClassVar[type[Reply]] = ContactReply

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn")


@command
class Block(Command, frozen=True, kw_only=True):
    """Blocks somebody: they cannot call any more."""

    method: ClassVar[str] = "block"
    reply: ClassVar[type[Reply]] = ContactReply

    peer_id: str


@command
class Unblock(Command, frozen=True, kw_only=True):
    """Lets somebody call again who was blocked."""

    method: ClassVar[str] = "unblock"
    reply: ClassVar[type[Reply]] = ContactReply

    peer_id: str


class BlockedReply(Reply, frozen=True, kw_only=True):
    """Reply to `getBanList`."""

    blocked: tuple[Person, ...] = msgspec.field(name="banList", default=())


@command
class GetBlocked(Command, frozen=True, kw_only=True):
    """Asks who is blocked."""

    method: ClassVar[str] = "getBanList"
    reply: ClassVar[type[Reply]] = BlockedReply


@command
class GetContactDetails(Command, frozen=True, kw_only=True):
    """Asks for all that is known of somebody; it comes as the event `detailInfo`."""

    method: ClassVar[str] = "getContactDetails"

    peer_id: str


class DisplayNameReply(Reply, frozen=True, kw_only=True):
    """Reply to `getDisplayNameById`."""

    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")


@command
class GetDisplayName(Command, frozen=True, kw_only=True):
    """Asks for the name to show for an id."""

    method: ClassVar[str] = "getDisplayNameById"
    reply: ClassVar[type[Reply]] = DisplayNameReply

    peer_id: str


@command
class MarkCallsViewed(Command, frozen=True, kw_only=True):
    """Marks every call of the history as seen."""

    method: ClassVar[str] = "setLastCallsViewed"


class LastViewReply(Reply, frozen=True, kw_only=True):
    """Reply to `getLastCallsViewTime`.

    time: Unix seconds.
    """

    time: int


@command
class GetLastView(Command, frozen=True, kw_only=True):
    """Asks when the call history was last looked at."""

    method: ClassVar[str] = "getLastCallsViewTime"
    reply: ClassVar[type[Reply]] = LastViewReply


@event
class ContactBlocked(Event, frozen=True, kw_only=True):
    """Somebody was blocked."""

    event: ClassVar[str] = "contactBlocked"

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")


@event
class ContactUnblocked(Event, frozen=True, kw_only=True):
    """Somebody may call again."""

    event: ClassVar[str] = "contactUnblocked"
    also: ClassVar[dict[str, str]] = {"peedDn": "peerDn"}  # the manual's example and its list differ

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")


@event
class ContactDetails(Event, frozen=True, kw_only=True):
    """What is known of somebody."""

    event: ClassVar[str] = "detailInfo"

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    first_name: str = ""
    last_name: str = ""
    display_name: str = ""
    mobile_phone: str = ""
    work_phone: str = ""
    home_phone: str = ""
    company: str = ""
    is_editable: bool | None = None


EVENT_TYPES["detailsinfo"] = ContactDetails  # as the manual's heading spells it


@event
class AvatarChanged(Event, frozen=True, kw_only=True):
    """Somebody has a new picture."""

    event: ClassVar[str] = "updateAvatar"

    peer_id: str
