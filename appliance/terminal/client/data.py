"""Data that integrators keep on the terminal, by name.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.client_enums import SaveMode
from appliance.terminal.messages.maintenance import DataReply, DeleteData, LoadData, SaveData


class Data(CommandGroup):
    """Data that integrators keep on the terminal, by name."""

    async def save(self, container: str, data: str, mode: SaveMode) -> None:
        """Keeps data on the terminal under a name.

        `container`: The name that the data are kept under.
        `mode`: What becomes of data that is there already.

        Method `saveData`; for administrator and user. May be followed by: dataSaved. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(SaveData(container=container, data=data, mode=mode), Reply)

    async def load(self, container: str) -> DataReply:
        """Asks for data kept under a name.

        `container`: The name that the data are kept under.

        Method `loadData`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(LoadData(container=container), DataReply)

    async def delete(self, container: str) -> None:
        """Removes the data kept under a name.

        `container`: The name that the data are kept under.

        Method `deleteData`; for administrator and user. May be followed by: dataDeleted. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(DeleteData(container=container), Reply)
