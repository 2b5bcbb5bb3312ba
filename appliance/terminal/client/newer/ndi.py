"""NDI: participants as sources for video production on the same network. Needs the PRO licence.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.ndi import (
    CreateNdiDevice,
    DeleteNdiDevice,
    GetNdiDevices,
    GetNdiState,
    NdiDevicesReply,
    NdiStateReply,
    SetNdiState,
)


class Ndi(CommandGroup):
    """NDI: participants as sources for video production on the same network. Needs the PRO licence."""

    async def create(self, device_id: str) -> None:
        """Makes a source; the own camera is named by user, server and instance.

        `device_id`: A participant by id, `#mixed:0` the whole layout, `#contentSharing:slideShowOrDs:1` the
          content.

        Method `createNDIDevice`; for administrator and user. Newer terminals only (Room 4.1 and later); documented
        by the vendor. May be followed by: NDIDeviceCreated. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(CreateNdiDevice(device_id=device_id), Reply)

    async def delete(self, device_id: str) -> None:
        """Removes a source.

        `device_id`: As it was made.

        Method `deleteNDIDevice`; for administrator and user. Newer terminals only (Room 4.1 and later); documented
        by the vendor. May be followed by: NDIDeviceDeleted. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(DeleteNdiDevice(device_id=device_id), Reply)

    async def list(self) -> NdiDevicesReply:
        """Asks for the sources.

        Method `getCreatedNDIDevices`; for administrator and user. Newer terminals only (Room 4.1 and later); known
        from a client only. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetNdiDevices(), NdiDevicesReply)

    async def state(self) -> NdiStateReply:
        """Asks whether NDI is on.

        Method `getNDIState`; for administrator and user. Newer terminals only (Room 4.1 and later); known from a
        client only. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetNdiState(), NdiStateReply)

    async def set_state(self, *, enabled: bool) -> None:
        """Switches NDI on or off.

        Method `setNDIState`; for administrator and user. Newer terminals only (Room 4.1 and later); known from a
        client only. May be followed by: NDIStateChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetNdiState(enabled=enabled), Reply)
