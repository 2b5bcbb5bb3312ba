"""Windows and monitors: layout of the video, the terminal's window, what the main screen shows.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.client_enums import MatrixType, WindowState
from appliance.terminal.messages.windows import (
    GetMonitors,
    GetVideoMatrix,
    GetWidgets,
    MonitorsReply,
    MoveToMonitor,
    RemoveFromMonitor,
    RestoreWindow,
    SetMonitor,
    SetVideoMatrix,
    SetWindow,
    VideoMatrixReply,
    WidgetsReply,
)


class Windows(CommandGroup):
    """Windows and monitors: layout of the video, the terminal's window, what the main screen shows."""

    async def layout(self) -> VideoMatrixReply:
        """Asks how the video windows are laid out.

        Method `getVideoMatrix`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetVideoMatrix(), VideoMatrixReply)

    async def set_layout(self, matrix_type: MatrixType, slots: tuple[str, ...]) -> None:
        """Lays the video windows out. Only in a conference.

        `slots`: Whose windows in which order, the active one first; the others are hidden.

        Method `changeVideoMatrix`; for administrator and user. May be followed by: videoMatrixChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetVideoMatrix(matrix_type=matrix_type, slots=slots), Reply)

    async def to_monitor(self, call_id: str, monitor_index: int) -> None:
        """Moves a video window to a monitor of its own.

        `call_id`: Whose window: as `peer_id` of a video window.
        `monitor_index`: A monitor that is not `ignored`.

        Method `moveVideoSlotToMonitor`; for administrator and user. May be followed by: videoSlotMovedToMonitor,
        videoMatrixChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(MoveToMonitor(call_id=call_id, monitor_index=monitor_index), Reply)

    async def from_monitor(self, monitor_index: int) -> None:
        """Puts the video window of a monitor back into the layout.

        Method `removeVideoSlotFromMonitor`; for administrator and user. May be followed by:
        videoSlotRemovedFromMonitor, videoMatrixChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RemoveFromMonitor(monitor_index=monitor_index), Reply)

    async def set_window(self, state: WindowState, *, stay_on_top: bool) -> None:
        """Minimises the terminal's window or fills the screen with it.

        `stay_on_top`: Whether it stays above all other windows.

        Method `changeWindowState`; for administrator and user. May be followed by: windowStateChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetWindow(state=state, stay_on_top=stay_on_top), Reply)

    async def restore(self) -> None:
        """Puts the terminal's window back as it was when the terminal started.

        Method `restoreWindow`; for administrator and user. May be followed by: windowStateChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RestoreWindow(), Reply)

    async def monitors(self) -> MonitorsReply:
        """Asks for the monitors.

        Method `getMonitorsInfo`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetMonitors(), MonitorsReply)

    async def set_monitor(self, monitor_index: int) -> None:
        """Moves the terminal to another monitor.

        Method `changeCurrentMonitor`; for administrator and user. May be followed by: monitorsInfoUpdated. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetMonitor(monitor_index=monitor_index), Reply)

    async def widgets(self) -> WidgetsReply:
        """Asks what the main screen shows.

        Method `getInfoWidgetsState`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetWidgets(), WidgetsReply)
