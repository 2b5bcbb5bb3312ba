"""Windows and monitors: layout of the video, the terminal's window, what its main screen shows."""

from typing import Any, ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.client_enums import MatrixType, WindowState
from appliance.terminal.messages.newer.values import SelfViewMode


class VideoSlot(Wire, frozen=True, kw_only=True):
    """A video window: whose it is and where, in pixels of the video area.

    peer_id: A TrueConf ID; `#self:0` or `VideoCaptureSlot` is the own camera, `SlideShowSlot` the slides.
    title: Of the slides.
    type: Room 5.0 and newer; its values are not known.
    """

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    title: str = ""
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0
    type: int | None = None


class SlotOnMonitor(Wire, frozen=True, kw_only=True):
    """A video window on a monitor of its own.

    call_id: Whose window: as `peer_id` of a video window.
    """

    call_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    monitor_name: str = msgspec.field(name="monitorDisplayName", default="")
    monitor_index: int = msgspec.field(name="monitorIdx", default=0)
    primary: bool | None = msgspec.field(name="monitorIsPrimary", default=None)


class VideoMatrixReply(Reply, frozen=True, kw_only=True):
    """Reply to `getVideoMatrix`.

    width: Of the video area, in pixels.
    height: Of the video area, in pixels.
    matrix_type: Where there is a `self_view`, a newer terminal numbers it as `NewerMatrixType`.
    hidden: Newer terminals: a list of ids, or of objects with a `callId`.
    self_view: Newer terminals: where the own picture is.
    """

    matrix_type: MatrixType | None = None
    width: int = msgspec.field(name="mainWindowWidth", default=0)
    height: int = msgspec.field(name="mainWindowHeight", default=0)
    slots: tuple[VideoSlot, ...] = msgspec.field(name="participants", default=())
    on_monitors: tuple[SlotOnMonitor, ...] = msgspec.field(name="externVideoSlots", default=())
    hidden: Any = msgspec.field(name="hiddenVideoSlots", default=None)
    self_view: SelfViewMode | None = msgspec.field(name="selfViewMode", default=None)


@command
class GetVideoMatrix(Command, frozen=True, kw_only=True):
    """Asks how the video windows are laid out."""

    method: ClassVar[str] = "getVideoMatrix"
    reply: ClassVar[type[Reply]] = VideoMatrixReply


@command
class SetVideoMatrix(Command, frozen=True, kw_only=True):
    """Lays the video windows out. Only in a conference.

    slots: Whose windows in which order, the active one first; the others are hidden.
    """

    method: ClassVar[str] = "changeVideoMatrix"

    matrix_type: MatrixType
    slots: tuple[str, ...] = msgspec.field(name="participants")


@command
class MoveToMonitor(Command, frozen=True, kw_only=True):
    """Moves a video window to a monitor of its own.

    call_id: Whose window: as `peer_id` of a video window.
    monitor_index: A monitor that is not `ignored`.
    """

    method: ClassVar[str] = "moveVideoSlotToMonitor"

    call_id: str
    monitor_index: int


@command
class RemoveFromMonitor(Command, frozen=True, kw_only=True):
    """Puts the video window of a monitor back into the layout."""

    method: ClassVar[str] = "removeVideoSlotFromMonitor"

    monitor_index: int


@command
class SetWindow(Command, frozen=True, kw_only=True):
    """Minimises the terminal's window or fills the screen with it.

    stay_on_top: Whether it stays above all other windows.
    """

    method: ClassVar[str] = "changeWindowState"

    state: WindowState = msgspec.field(name="windowState")
    stay_on_top: bool


@command
class RestoreWindow(Command, frozen=True, kw_only=True):
    """Puts the terminal's window back as it was when the terminal started."""

    method: ClassVar[str] = "restoreWindow"


class Rectangle(Wire, frozen=True, kw_only=True):
    """Position and size, in pixels."""

    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0


class Monitor(Wire, frozen=True, kw_only=True):
    """A monitor.

    name: With the driver in brackets.
    ignored: Whether it cannot be used through this interface.
    """

    index: int
    name: str = ""
    primary: bool | None = None
    ignored: bool | None = None
    area: Rectangle | None = msgspec.field(name="geomMonitor", default=None)
    work_area: Rectangle | None = msgspec.field(name="geomWork", default=None)


class MonitorsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getMonitorsInfo`.

    current: The index of the monitor that the terminal is on.
    """

    monitors: tuple[Monitor, ...] = ()
    current: int | None = msgspec.field(name="currentMonitor", default=None)


@command
class GetMonitors(Command, frozen=True, kw_only=True):
    """Asks for the monitors."""

    method: ClassVar[str] = "getMonitorsInfo"
    reply: ClassVar[type[Reply]] = MonitorsReply


@command
class SetMonitor(Command, frozen=True, kw_only=True):
    """Moves the terminal to another monitor."""

    method: ClassVar[str] = "changeCurrentMonitor"

    monitor_index: int


class WidgetsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getInfoWidgetsState`."""

    also: ClassVar[dict[str, str]] = {  # list and example; newer terminals
        "showCurrentUserWidget": "currentUserInfoWidgetDisplaying",
        "upcomingMeetingsComponentDisplaying": "showUpcomingMeetings",
    }

    logo: bool | None = msgspec.field(name="logoDisplaying", default=None)
    time: bool | None = msgspec.field(name="timeDisplaying", default=None)
    connect_info: bool | None = msgspec.field(name="connectInfoDisplaying", default=None)
    current_user: bool | None = msgspec.field(name="currentUserInfoWidgetDisplaying", default=None)
    incoming_request: bool | None = msgspec.field(name="incomingRequestWidgetDisplaying", default=None)
    upcoming_meetings: bool | None = msgspec.field(name="showUpcomingMeetings", default=None)


@command
class GetWidgets(Command, frozen=True, kw_only=True):
    """Asks what the main screen shows."""

    method: ClassVar[str] = "getInfoWidgetsState"
    reply: ClassVar[type[Reply]] = WidgetsReply


@event
class VideoMatrixChanged(Event, frozen=True, kw_only=True):
    """The video windows are laid out otherwise.

    width: Of the video area, in pixels.
    height: Of the video area, in pixels.
    matrix_type: Where there is a `self_view`, a newer terminal numbers it as `NewerMatrixType`.
    hidden: Newer terminals: a list of ids, or of objects with a `callId`.
    self_view: Newer terminals: where the own picture is.
    """

    event: ClassVar[str] = "videoMatrixChanged"

    matrix_type: MatrixType | None = None
    width: int = msgspec.field(name="mainWindowWidth", default=0)
    height: int = msgspec.field(name="mainWindowHeight", default=0)
    slots: tuple[VideoSlot, ...] = msgspec.field(name="participants", default=())
    on_monitors: tuple[SlotOnMonitor, ...] = msgspec.field(name="externVideoSlots", default=())
    hidden: Any = msgspec.field(name="hiddenVideoSlots", default=None)
    self_view: SelfViewMode | None = msgspec.field(name="selfViewMode", default=None)


@event
class SlotMovedToMonitor(Event, frozen=True, kw_only=True):
    """A video window has a monitor of its own now.

    call_id: Whose window: as `peer_id` of a video window.
    """

    event: ClassVar[str] = "videoSlotMovedToMonitor"

    call_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    monitor_name: str = msgspec.field(name="monitorDisplayName", default="")
    monitor_index: int = msgspec.field(name="monitorIdx", default=0)
    primary: bool | None = msgspec.field(name="monitorIsPrimary", default=None)


@event
class SlotRemovedFromMonitor(Event, frozen=True, kw_only=True):
    """A video window is back in the layout.

    call_id: Whose window: as `peer_id` of a video window.
    """

    event: ClassVar[str] = "videoSlotRemovedFromMonitor"

    call_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    monitor_name: str = msgspec.field(name="monitorDisplayName", default="")
    monitor_index: int = msgspec.field(name="monitorIdx", default=0)
    primary: bool | None = msgspec.field(name="monitorIsPrimary", default=None)


@event
class MonitorsChanged(Event, frozen=True, kw_only=True):
    """Monitors came, went or changed.

    current: The index of the monitor that the terminal is on.
    """

    event: ClassVar[str] = "monitorsInfoUpdated"

    monitors: tuple[Monitor, ...] = ()
    current: int | None = msgspec.field(name="currentMonitor", default=None)


@event
class WindowChanged(Event, frozen=True, kw_only=True):
    """The terminal's window was minimised or fills the screen."""

    event: ClassVar[str] = "windowStateChanged"

    state: WindowState = msgspec.field(name="windowState")
    stay_on_top: bool | None = None


@event
class CurrentUserShown(Event, frozen=True, kw_only=True):
    """The main screen shows who is logged in, or does not."""

    event: ClassVar[str] = "showCurrentUserWidget"

    show: bool


@event
class UpcomingMeetingsShown(Event, frozen=True, kw_only=True):
    """The main screen shows the next conferences, or does not."""

    event: ClassVar[str] = "showUpcomingMeetings"

    show: bool


@event
class IncomingRequestShown(Event, frozen=True, kw_only=True):
    """The main screen shows requests that come in, or does not."""

    event: ClassVar[str] = "showIncomingRequestWidget"

    show: bool


@event
class CustomLogoShown(Event, frozen=True, kw_only=True):
    """The main screen shows a logo of one's own, or does not."""

    event: ClassVar[str] = "customLogoUsageChanged"

    show: bool = msgspec.field(name="use")
