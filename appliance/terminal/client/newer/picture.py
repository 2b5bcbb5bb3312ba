"""What newer terminals do to sound and picture, and how they drive the camera.

Written by scripts/client.py from the message types and the catalogue.
"""

from typing import Literal

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.picture import (
    CameraBackgroundReply,
    ComPortReply,
    EnabledReply,
    GetBlur,
    GetCameraBackground,
    GetComPort,
    GetNoiseSuppression,
    SetBlur,
    SetCameraBackground,
    SetComPort,
    SetDefaultContent,
    SetInverted,
    SetNoiseSuppression,
)


class Picture(CommandGroup):
    """What newer terminals do to sound and picture, and how they drive the camera."""

    async def blur(self) -> EnabledReply:
        """Asks whether the background of the picture is blurred.

        Method `getBlur`; for administrator and user. Newer terminals only; known from a client only. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetBlur(), EnabledReply)

    async def set_blur(self, *, enabled: bool) -> None:
        """Blurs the background of the picture, or does so no longer.

        Method `setBlur`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: blurChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetBlur(enabled=enabled), Reply)

    async def background(self) -> CameraBackgroundReply:
        """Asks whether the background of the picture is replaced, and by which file.

        Method `getReplaceBackground`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetCameraBackground(), CameraBackgroundReply)

    async def set_background(self, file_id: int | str, *, enabled: bool) -> None:
        """Replaces the background of the picture, or does so no longer.

        `file_id`: A file on the terminal's HTTP server.

        Method `setReplaceBackground`; for administrator and user. Newer terminals only; known from a client only.
        May be followed by: replaceBackgroundChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetCameraBackground(file_id=file_id, enabled=enabled), Reply)

    async def noise_suppression(self) -> EnabledReply:
        """Asks whether noise is suppressed.

        Method `getNoiseSuppression`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetNoiseSuppression(), EnabledReply)

    async def set_noise_suppression(self, *, enabled: bool) -> None:
        """Suppresses noise, or does so no longer.

        Method `setNoiseSuppression`; for administrator and user. Newer terminals only; known from a client only.
        May be followed by: noiseSuppressionChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetNoiseSuppression(enabled=enabled), Reply)

    async def com_port(self) -> ComPortReply:
        """Asks on which serial port the terminal itself drives the camera.

        Method `getComPort`; for administrator and user. Newer terminals only; known from a client only. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetComPort(), ComPortReply)

    async def set_com_port(self, port: str) -> None:
        """Chooses the serial port on which the terminal itself drives the camera.

        `port`: Presumably empty for none.

        Method `setComPort`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: comPortChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetComPort(port=port), Reply)

    async def set_inverted(self, axis: Literal["pan", "tilt", "zoom"], *, inverted: bool) -> None:
        """Turns an axis of the camera in use the other way round.

        Method `setCurrentPtzPropertyInverted`; for administrator and user. Newer terminals only; documented by the
        vendor. May be followed by: ptzControlsChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetInverted(axis=axis, inverted=inverted), Reply)

    async def set_default_content(self, name: str) -> None:
        """Chooses what is shown to the others where nothing else is chosen.

        Method `setDefaultContentSource`; for administrator and user. Newer terminals only; known from a client
        only. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetDefaultContent(name=name), Reply)
