"""The terminal's HTTP server.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.http_server import (
    GetHttpServer,
    GetHttpSettings,
    HttpServerReply,
    HttpSettingsReply,
    SetHttpSettings,
    StartHttpServer,
    StopHttpServer,
)


class HttpServer(CommandGroup):
    """The terminal's HTTP server."""

    async def state(self) -> HttpServerReply:
        """Asks whether the HTTP server runs.

        Method `getHttpServerState`; for administrator. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`, `NotPermitted`.
        """
        return await self._ask(GetHttpServer(), HttpServerReply)

    async def start(self) -> None:
        """Starts the HTTP server.

        Method `startHttpServer`; for administrator. May be followed by: httpServerStateChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(StartHttpServer(), Reply)

    async def stop(self) -> None:
        """Stops the HTTP server.

        Method `stopHttpServer`; for administrator. May be followed by: httpServerStateChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(StopHttpServer(), Reply)

    async def settings(self) -> HttpSettingsReply:
        """Asks for the settings of the HTTP server.

        Method `getHttpServerSettings`; for administrator. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`, `NotPermitted`.
        """
        return await self._ask(GetHttpSettings(), HttpSettingsReply)

    async def set(self, settings: dict[str, int]) -> None:
        """Changes settings of the HTTP server.

        `settings`: By name: `port` (1 to 65535) and `connectionsLimit` take effect when the server restarts,
          `maxPostFileSizeInBytes` at once.

        Method `setHttpServerSettings`; for administrator. May be followed by: httpServerSettingChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(SetHttpSettings(settings=settings), Reply)
