"""What `call` would dial, people on the server, and the call history.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.calling import (
    ClearHistory,
    FoundReply,
    OpenLink,
    PrepareCall,
    PreparedReply,
    SearchContact,
    SearchContacts,
)


class Calling(CommandGroup):
    """What `call` would dial, people on the server, and the call history."""

    async def prepare(self, call_id: str) -> PreparedReply:
        """Asks what `call` would dial for an id or a link to a conference.

        `call_id`: An id of any kind, or a link to a conference.

        Method `prepareCallIdForCall`; for administrator and user. Newer terminals only (Room 4.2 and later);
        documented by the vendor. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(PrepareCall(call_id=call_id), PreparedReply)

    async def open_link(self, url: str) -> None:
        """Opens a link of the vendor's.

        Method `openURLProtocol`; for administrator and user. Newer terminals only; known from a client only. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(OpenLink(url=url), Reply)

    async def clear_history(self) -> None:
        """Empties the call history.

        Method `clearCallHistory`; for administrator and user. Newer terminals only; known from a client only. May
        be followed by: callHistoryCleared. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ClearHistory(), Reply)

    async def search(self, text: str, within: int, *, mask: int | msgspec.UnsetType = msgspec.UNSET) -> FoundReply:
        """Looks for people on the server (Room 4.2): one new text in two seconds at most.

        `within`: Milliseconds: 1 to 20000.
        `mask`: Where: 1 ids, 2 names; their sum for both.

        Method `searchContact`; for administrator and user. Newer terminals only (Room 4.2 and later); documented by
        the vendor. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(SearchContact(text=text, within=within, mask=mask), FoundReply)

    async def search_on_server(self, text: str) -> FoundReply:
        """Looks for people: the reply has those known already, `contactsSearched` the server's.

        Method `searchContact2`; for administrator and user. Newer terminals only (Room 4.3 and later); documented
        by the vendor. May be followed by: contactsSearched. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(SearchContacts(text=text), FoundReply)
