"""Versions, status and programs beside each other on newer terminals.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.control import (
    ContainersReply,
    FireMyEvent,
    GetContainers,
    GetLicenceServer,
    GetProKey,
    LicenceServerReply,
    ProKeyReply,
    SetApiVersion,
    SetExtStatus,
)
from appliance.terminal.messages.newer.values import ExtStatus


class Control(CommandGroup):
    """Versions, status and programs beside each other on newer terminals."""

    async def use_version(self, version: str) -> None:
        """Chooses the version of the interface; without it the terminal chooses.

        `version`: `1`, from Room 5.0 on also `2`.

        Method `setUsedApiVersion`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetApiVersion(version=version), Reply)

    async def set_status(self, ext_status: ExtStatus, additional_status: str) -> None:
        """Shows another status to the others.

        Method `setExtStatus`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: appStateChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetExtStatus(ext_status=ext_status, additional_status=additional_status), Reply)

    async def tell_programs(self, data: str) -> None:
        """Sends a text to every program at this terminal.

        Method `fireMyEvent`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: myEvent. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(FireMyEvent(data=data), Reply)

    async def containers(self) -> ContainersReply:
        """Asks for the names under which programs keep data.

        Method `getAllUserContainersNames`; for administrator and user. Newer terminals only; known from a client
        only. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetContainers(), ContainersReply)

    async def licence_server(self) -> LicenceServerReply:
        """Asks for the state of the licence server.

        Method `getLicenseServerStatus`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetLicenceServer(), LicenceServerReply)

    async def pro_key(self) -> ProKeyReply:
        """Asks for the key of the PRO licence.

        Method `getTrueConfRoomProKey`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetProKey(), ProKeyReply)
