"""What the main screen shows with newer terminals: its background, a logo, the time.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.look import (
    BackgroundReply,
    GetBackground,
    GetLogo,
    LogoReply,
    SetBackground,
    SetDefaultBackground,
    SetDefaultLogo,
    SetLogo,
)


class Look(CommandGroup):
    """What the main screen shows with newer terminals: its background, a logo, the time."""

    async def background(self) -> BackgroundReply:
        """Asks for the background of the main screen.

        Method `getBackground`; for administrator and user. Newer terminals only; known from a client only. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetBackground(), BackgroundReply)

    async def set_background(self, file_id: int | str) -> None:
        """Chooses the background of the main screen.

        `file_id`: A file on the terminal's HTTP server.

        Method `setBackground`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: backgroundImageChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetBackground(file_id=file_id), Reply)

    async def reset_background(self) -> None:
        """Puts the vendor's background back on the main screen.

        Method `setDefaultBackground`; for administrator and user. Newer terminals only; known from a client only.
        May be followed by: backgroundImageChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetDefaultBackground(), Reply)

    async def logo(self) -> LogoReply:
        """Asks whether the main screen shows a logo of one's own.

        Method `getLogo`; for administrator and user. Newer terminals only; known from a client only. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetLogo(), LogoReply)

    async def set_logo(self, file_id: int | str, mode: int) -> None:
        """Chooses the logo of the main screen.

        `file_id`: A file on the terminal's HTTP server.
        `mode`: Of a meaning that no source tells.

        Method `setLogo`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: logoImageChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetLogo(file_id=file_id, mode=mode), Reply)

    async def reset_logo(self) -> None:
        """Puts the vendor's logo back on the main screen.

        Method `setDefaultLogo`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: logoImageChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetDefaultLogo(), Reply)
