"""Groups of the address book."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.parts import Person


class Group(Wire, frozen=True, kw_only=True):
    """A group and who is in it."""

    id: int
    name: str = ""
    peers: tuple[Person, ...] = ()


class GroupsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getGroups`."""

    also: ClassVar[dict[str, str]] = {"groupId": "id", "users": "peers"}  # as the events spell them

    groups: tuple[Group, ...] = ()


@command
class GetGroups(Command, frozen=True, kw_only=True):
    """Asks for the groups and who is in them."""

    method: ClassVar[str] = "getGroups"
    reply: ClassVar[type[Reply]] = GroupsReply


@command
class CreateGroup(Command, frozen=True, kw_only=True):
    """Makes a group."""

    method: ClassVar[str] = "createGroup"

    name: str


@command
class RemoveGroup(Command, frozen=True, kw_only=True):
    """Removes a group; the people stay in the address book."""

    method: ClassVar[str] = "removeGroup"

    group_id: int


@command
class RenameGroup(Command, frozen=True, kw_only=True):
    """Gives a group another name."""

    method: ClassVar[str] = "renameGroup"

    group_id: int
    new_name: str


@command
class AddToGroup(Command, frozen=True, kw_only=True):
    """Puts somebody into a group."""

    method: ClassVar[str] = "addToGroup"

    group_id: int
    peer_id: str


@command
class RemoveFromGroup(Command, frozen=True, kw_only=True):
    """Takes somebody out of a group."""

    method: ClassVar[str] = "removeFromGroup"

    group_id: int
    peer_id: str


AS_IN_GET_GROUPS = {"id": "groupId", "peers": "users"}


class ChangedGroup(Wire, frozen=True, kw_only=True):
    """A group as the events describe it; what an event does not say has its default."""

    group_id: int
    name: str = ""
    users: tuple[Person, ...] = ()


@event
class GroupsAdded(Event, frozen=True, kw_only=True):
    """New groups."""

    event: ClassVar[str] = "groupsAdded"
    also: ClassVar[dict[str, str]] = AS_IN_GET_GROUPS

    groups: tuple[ChangedGroup, ...] = ()


@event
class GroupsRemoved(Event, frozen=True, kw_only=True):
    """Groups that are no more."""

    event: ClassVar[str] = "groupsRemoved"
    also: ClassVar[dict[str, str]] = AS_IN_GET_GROUPS

    groups: tuple[ChangedGroup, ...] = ()


@event
class GroupsRenamed(Event, frozen=True, kw_only=True):
    """Groups with new names."""

    event: ClassVar[str] = "groupsRenamed"
    also: ClassVar[dict[str, str]] = AS_IN_GET_GROUPS

    groups: tuple[ChangedGroup, ...] = ()


@event
class AddedToGroups(Event, frozen=True, kw_only=True):
    """People put into groups."""

    event: ClassVar[str] = "usersAddedToGroups"
    also: ClassVar[dict[str, str]] = AS_IN_GET_GROUPS

    groups: tuple[ChangedGroup, ...] = msgspec.field(name="addedUsers", default=())


@event
class RemovedFromGroups(Event, frozen=True, kw_only=True):
    """People taken out of groups."""

    event: ClassVar[str] = "usersRemovedFromGroups"
    also: ClassVar[dict[str, str]] = AS_IN_GET_GROUPS

    groups: tuple[ChangedGroup, ...] = msgspec.field(name="removedUsers", default=())
