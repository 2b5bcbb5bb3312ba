"""Layout of the video with newer terminals: one window at a time.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.layout import (
    CropReply,
    GetCrop,
    HideSlot,
    SetCrop,
    SetLayoutType,
    ShowSlot,
    SwapSlots,
)
from appliance.terminal.messages.newer.values import NewerMatrixType


class Layout(CommandGroup):
    """Layout of the video with newer terminals: one window at a time."""

    async def set_type(self, matrix_type: NewerMatrixType) -> None:
        """Changes how the video windows are laid out, and leaves who is shown as it is.

        Method `changeVideoMatrixType`; for administrator and user. Newer terminals only; known from a client only.
        May be followed by: videoMatrixChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetLayoutType(matrix_type=matrix_type), Reply)

    async def swap(self, first: str, second: str) -> None:
        """Swaps two video windows; not those on a monitor of their own, nor the own picture over the layout.

        `first`: A participant as `getVideoMatrix` names them: user, server and instance.
        `second`: Another participant, named in the same way.

        Method `swapVideoSlots`; for administrator and user. Newer terminals only; documented by the vendor. May be
        followed by: videoMatrixChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SwapSlots(first=first, second=second), Reply)

    async def hide(self, call_id: str) -> None:
        """Hides a participant's video window.

        `call_id`: The participant.

        Method `hideVideoSlot`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: videoMatrixChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(HideSlot(call_id=call_id), Reply)

    async def show(self, call_id: str) -> None:
        """Shows a participant's video window that was hidden.

        `call_id`: The participant.

        Method `showVideoSlot`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: videoMatrixChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ShowSlot(call_id=call_id), Reply)

    async def crop(self) -> CropReply:
        """Asks whether pictures are cut to fill their windows.

        Method `getCrop`; for administrator and user. Newer terminals only; known from a client only. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetCrop(), CropReply)

    async def set_crop(self, *, enabled: bool) -> None:
        """Chooses whether pictures are cut to fill their windows.

        Method `setCrop`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: cropChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetCrop(enabled=enabled), Reply)
