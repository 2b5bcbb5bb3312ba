"""Updates of the terminal's program.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.maintenance import CancelUpdate, GetUpdate, StartUpdate, UpdateReply


class Updates(CommandGroup):
    """Updates of the terminal's program."""

    async def info(self) -> UpdateReply:
        """Asks whether there is something newer.

        Method `getUpdateInfo`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetUpdate(), UpdateReply)

    async def start(self) -> None:
        """Updates the terminal, which restarts when it is done.

        Method `startUpdate`; for administrator (inferred: the manual does not say). May be followed by:
        downloadProgress, updateFailed. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(StartUpdate(), Reply)

    async def cancel(self) -> None:
        """Stops the update.

        Method `cancelUpdate`; for administrator (inferred: the manual does not say). Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(CancelUpdate(), Reply)
