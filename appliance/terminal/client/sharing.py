"""What is sent instead of, or beside, the camera.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.sharing import (
    GetPicture,
    GetSelfie,
    PictureReply,
    SelfieReply,
    SetSelfie,
    StartPicture,
    StartSharing,
    StopPicture,
    StopSharing,
)


class Sharing(CommandGroup):
    """What is sent instead of, or beside, the camera."""

    async def start(self, capture_id: int) -> None:
        """Shows a screen or window to the others.

        `capture_id`: Which one: an id of `content_sources` of `getHardware`.

        Method `startCapture`; for administrator and user. May be followed by: dsStarted. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StartSharing(capture_id=capture_id), Reply)

    async def stop(self) -> None:
        """Ends showing a screen or window.

        Method `stopCapture`; for administrator and user. May be followed by: dsStopped. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StopSharing(), Reply)

    async def start_picture(self, file_id: int | str) -> None:
        """Sends a picture (or an animation) instead of the camera.

        `file_id`: A file on the HTTP server.

        Method `startBroadcastPicture`; for administrator and user. May be followed by:
        broadcastPictureStateChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StartPicture(file_id=file_id), Reply)

    async def stop_picture(self) -> None:
        """Sends the camera again.

        Method `stopBroadcastPicture`; for administrator and user. May be followed by: broadcastPictureStateChanged.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StopPicture(), Reply)

    async def picture(self) -> PictureReply:
        """Asks which picture is sent; refused where none is.

        Method `getBroadcastPicture`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetPicture(), PictureReply)

    async def frames(self) -> SelfieReply:
        """Asks whether the terminal puts frames of its own camera on its HTTP server.

        Method `getBroadcastSelfie`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetSelfie(), SelfieReply)

    async def set_frames(self, *, enabled: bool, fps: float | msgspec.UnsetType = msgspec.UNSET) -> None:
        """Puts frames of the terminal's own camera on its HTTP server, or stops that.

        `fps`: Frames a second; only together with `enabled`.

        Method `setBroadcastSelfie`; for administrator and user. May be followed by: broadcastSelfieChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetSelfie(enabled=enabled, fps=fps), Reply)
