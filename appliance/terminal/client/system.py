"""The terminal and its computer: versions, performance, switching off. Sleep needs a newer terminal.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.control import GetSleepMode
from appliance.terminal.messages.newer.picture import EnabledReply
from appliance.terminal.messages.system import (
    GetRenderInfo,
    GetSystemInfo,
    RebootSystem,
    RenderInfoReply,
    SetSleepMode,
    Shutdown,
    ShutdownSystem,
    SystemInfoReply,
)


class System(CommandGroup):
    """The terminal and its computer: versions, performance, switching off. Sleep needs a newer terminal."""

    async def info(self) -> SystemInfoReply:
        """Asks for versions, rights, performance, camera and what comes from participants.

        Method `getSystemInfo`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetSystemInfo(), SystemInfoReply)

    async def render_info(self) -> RenderInfoReply:
        """Asks what draws the picture.

        Method `getRenderInfo`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetRenderInfo(), RenderInfoReply)

    async def shut_down(self, *, for_all: bool | msgspec.UnsetType = msgspec.UNSET) -> None:
        """Ends the terminal's program.

        `for_all`: Whether the conference ends for everybody; only as owner of a group conference.

        Method `shutdown`; for administrator (inferred: the manual does not say). May be followed by: rejectSent,
        stopCalling, appStateChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(Shutdown(for_all=for_all), Reply)

    async def shut_down_computer(self) -> None:
        """Switches the computer off.

        Method `shutdownSystem`; for administrator (inferred: the manual does not say). Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(ShutdownSystem(), Reply)

    async def restart_computer(self) -> None:
        """Restarts the computer.

        Method `rebootSystem`; for administrator (inferred: the manual does not say). Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(RebootSystem(), Reply)

    async def set_sleep_mode(self, *, enabled: bool) -> None:
        """Sends the terminal to sleep or wakes it. Not in the manual: an older terminal refuses it.

        `enabled`: True: asleep.

        Method `setSleepMode`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: sleepModeChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetSleepMode(enabled=enabled), Reply)

    async def sleep_mode(self) -> EnabledReply:
        """Asks whether the terminal sleeps.

        Method `getSleepMode`; for administrator and user. Newer terminals only; known from a client only. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetSleepMode(), EnabledReply)
