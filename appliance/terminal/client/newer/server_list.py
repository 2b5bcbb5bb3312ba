"""Servers that the terminal knows, and addresses of pages about it.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.server_list import (
    AddressReply,
    GetLastServers,
    GetProfileUrl,
    GetServers,
    GetWebManager,
    LastServersReply,
    RemoveServer,
)


class ServerList(CommandGroup):
    """Servers that the terminal knows, and addresses of pages about it."""

    async def available(self) -> None:
        """Asks for the servers that can be reached; they come as an event.

        Method `getAvailableServersList`; for administrator and user. Newer terminals only; known from a client
        only. May be followed by: availableServersListLoaded. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(GetServers(), Reply)

    async def last_used(self, count: int) -> LastServersReply:
        """Asks for the servers that were used last.

        `count`: How many, at most.

        Method `getLastUsedServersList`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetLastServers(count=count), LastServersReply)

    async def remove(self, name: str) -> None:
        """Forgets a server.

        Method `removeFromServersList`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RemoveServer(name=name), Reply)

    async def web_manager(self) -> AddressReply:
        """Asks for the address of the terminal's page for administrators.

        Method `getWebManagerUrl`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetWebManager(), AddressReply)

    async def profile(self) -> AddressReply:
        """Asks for the address of the profile of who is logged in.

        Method `getCurrentUserProfileUrl`; for administrator and user. Newer terminals only; known from a client
        only. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetProfileUrl(), AddressReply)
