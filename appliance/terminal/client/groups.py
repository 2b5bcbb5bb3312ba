"""Groups of the address book.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.groups import (
    AddToGroup,
    CreateGroup,
    GetGroups,
    GroupsReply,
    RemoveFromGroup,
    RemoveGroup,
    RenameGroup,
)


class Groups(CommandGroup):
    """Groups of the address book."""

    async def list(self) -> GroupsReply:
        """Asks for the groups and who is in them.

        Method `getGroups`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetGroups(), GroupsReply)

    async def create(self, name: str) -> None:
        """Makes a group.

        Method `createGroup`; for administrator and user. May be followed by: groupsAdded. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(CreateGroup(name=name), Reply)

    async def remove(self, group_id: int) -> None:
        """Removes a group; the people stay in the address book.

        `group_id`: The group, as `getGroups` numbers it.

        Method `removeGroup`; for administrator and user. May be followed by: groupsRemoved. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RemoveGroup(group_id=group_id), Reply)

    async def rename(self, group_id: int, new_name: str) -> None:
        """Gives a group another name.

        `group_id`: The group, as `getGroups` numbers it.

        Method `renameGroup`; for administrator and user. May be followed by: groupsRenamed. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RenameGroup(group_id=group_id, new_name=new_name), Reply)

    async def add_member(self, group_id: int, peer_id: str) -> None:
        """Puts somebody into a group.

        `group_id`: The group, as `getGroups` numbers it.
        `peer_id`: A TrueConf ID.

        Method `addToGroup`; for administrator and user. May be followed by: usersAddedToGroups. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(AddToGroup(group_id=group_id, peer_id=peer_id), Reply)

    async def remove_member(self, group_id: int, peer_id: str) -> None:
        """Takes somebody out of a group.

        `group_id`: The group, as `getGroups` numbers it.
        `peer_id`: A TrueConf ID.

        Method `removeFromGroup`; for administrator and user. May be followed by: usersRemovedFromGroups. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RemoveFromGroup(group_id=group_id, peer_id=peer_id), Reply)
