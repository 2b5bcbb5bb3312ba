"""The conferencing server: reaching it, logging in, and what the account may do there.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.account import ConnectedReply, GetConnected, GetLogin, LoginReply
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.server import (
    ConnectToServer,
    ConnectToService,
    GetProperties,
    GetRights,
    GetServerDomain,
    LogIn,
    LogOut,
    PropertiesReply,
    RightsReply,
    ServerDomainReply,
)


class Server(CommandGroup):
    """The conferencing server: reaching it, logging in, and what the account may do there."""

    async def connection(self) -> ConnectedReply:
        """Asks for the connection to the server.

        Method `getConnected`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetConnected(), ConnectedReply)

    async def connect(self, server: str, *, port: int | msgspec.UnsetType = msgspec.UNSET) -> None:
        """Connects the terminal to a conferencing server; the outcome comes as an event.

        `server`: Host name or address.
        `port`: 1 to 65535; the server's usual port where it is left out.

        Method `connectToServer`; for administrator (inferred: the manual does not say). May be followed by:
        serverConnected, serverDisconnected, appStateChanged, login, abReceivedAfterLogin,
        tariffRestrictionsChanged, fileTransferAvailable. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `NotPermitted`.
        """
        await self._ask(ConnectToServer(server=server, port=port), Reply)

    async def connect_to_service(self, *, domain: str | msgspec.UnsetType = msgspec.UNSET) -> None:
        """Connects the terminal to the public service; the outcome comes as an event.

        Method `connectToService`; for administrator (inferred: the manual does not say). May be followed by:
        serverConnected, serverDisconnected, appStateChanged, login, abReceivedAfterLogin,
        tariffRestrictionsChanged, fileTransferAvailable. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `NotPermitted`.
        """
        await self._ask(ConnectToService(domain=domain), Reply)

    async def account(self) -> LoginReply:
        """Asks which account the terminal is logged in with.

        Method `getLogin`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetLogin(), LoginReply)

    async def log_in(
        self, login: str, password: str, *, encrypt_password: bool | msgspec.UnsetType = msgspec.UNSET
    ) -> None:
        """Logs the terminal in to its server; the outcome comes as the event `login`.

        `login`: TrueConf ID.
        `password`: Never shown.
        `encrypt_password`: Whether the terminal shall encrypt the password.

        Method `login`; for administrator (inferred: the manual does not say). May be followed by: login,
        appStateChanged, abReceivedAfterLogin, tariffRestrictionsChanged, fileTransferAvailable. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(LogIn(login=login, password=password, encrypt_password=encrypt_password), Reply)

    async def log_out(self) -> None:
        """Logs the terminal out of its server; the outcome comes as the event `logout`.

        Method `logout`; for administrator (inferred: the manual does not say). May be followed by: logout,
        appStateChanged, fileTransferAvailable. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(LogOut(), Reply)

    async def domain(self) -> ServerDomainReply:
        """Asks for the domain of the server.

        Method `getServerDomain`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetServerDomain(), ServerDomainReply)

    async def rights(self) -> RightsReply:
        """Asks what the account may do on its server.

        Method `getTariffRestrictions`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetRights(), RightsReply)

    async def properties(self) -> PropertiesReply:
        """Asks for the named values that the server gives its clients.

        Method `getProperties`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetProperties(), PropertiesReply)
