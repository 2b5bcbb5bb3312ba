"""The address book: people, their names and states, and who is blocked.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.contacts import (
    AddContact,
    Block,
    BlockedReply,
    ContactReply,
    DisplayNameReply,
    GetBlocked,
    GetContactDetails,
    GetDisplayName,
    RemoveContact,
    RenameContact,
    Unblock,
)
from appliance.terminal.messages.people import AddressBookReply, GetAddressBook


class AddressBook(CommandGroup):
    """The address book: people, their names and states, and who is blocked."""

    async def contacts(self) -> AddressBookReply:
        """Asks for the address book.

        Method `getAbook`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetAddressBook(), AddressBookReply)

    async def add(self, peer_id: str, *, peer_name: str | msgspec.UnsetType = msgspec.UNSET) -> ContactReply:
        """Adds somebody to the address book.

        `peer_id`: A TrueConf ID.
        `peer_name`: The name to show; the server's where it is left out.

        Method `addToAbook`; for administrator and user. May be followed by: contactsAdded. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(AddContact(peer_id=peer_id, peer_name=peer_name), ContactReply)

    async def remove(self, peer_id: str) -> ContactReply:
        """Removes somebody from the address book.

        `peer_id`: A TrueConf ID.

        Method `removeFromAbook`; for administrator and user. May be followed by: contactsDeleted. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(RemoveContact(peer_id=peer_id), ContactReply)

    async def rename(self, peer_id: str, peer_name: str) -> ContactReply:
        """Changes the name that the address book shows.

        `peer_id`: A TrueConf ID.
        `peer_name`: The new name.

        Method `renameInAbook`; for administrator and user. May be followed by: contactsRenamed. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(RenameContact(peer_id=peer_id, peer_name=peer_name), ContactReply)

    async def display_name(self, peer_id: str) -> DisplayNameReply:
        """Asks for the name to show for an id.

        `peer_id`: A TrueConf ID.

        Method `getDisplayNameById`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetDisplayName(peer_id=peer_id), DisplayNameReply)

    async def details(self, peer_id: str) -> None:
        """Asks for all that is known of somebody; it comes as the event `detailInfo`.

        `peer_id`: A TrueConf ID.

        Method `getContactDetails`; for administrator and user. May be followed by: detailInfo. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(GetContactDetails(peer_id=peer_id), Reply)

    async def block(self, peer_id: str) -> ContactReply:
        """Blocks somebody: they cannot call any more.

        `peer_id`: A TrueConf ID.

        Method `block`; for administrator and user. May be followed by: contactBlocked. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(Block(peer_id=peer_id), ContactReply)

    async def unblock(self, peer_id: str) -> ContactReply:
        """Lets somebody call again who was blocked.

        `peer_id`: A TrueConf ID.

        Method `unblock`; for administrator and user. May be followed by: contactUnblocked. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(Unblock(peer_id=peer_id), ContactReply)

    async def blocked(self) -> BlockedReply:
        """Asks who is blocked.

        Method `getBanList`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetBlocked(), BlockedReply)
