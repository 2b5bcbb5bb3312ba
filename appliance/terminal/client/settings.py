"""Settings of the terminal; `appliance.terminal.messages.settings` has them with their types.

Written by scripts/client.py from the message types and the catalogue.
"""

from typing import Any

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.devices import GetSettings, SetSettings, SettingsReply


class Settings(CommandGroup):
    """Settings of the terminal; `appliance.terminal.messages.settings` has them with their types."""

    async def get(self) -> SettingsReply:
        """Asks for the settings; the user's own only while logged in.

        Method `getSettings`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetSettings(), SettingsReply)

    async def set(self, settings: dict[str, Any]) -> None:
        """Sets settings by wire name, for example `{"audioPlayLevel": 0.55}` (levels 0 to 1).

        Method `setSettings`; for administrator and user. May be followed by: settingsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetSettings(settings=settings), Reply)
