"""Monitors, the terminal's window on them, its widgets, and how it draws."""

from typing import TYPE_CHECKING, Any

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.option_types import Monitor
from appliance.simulator.model.parameters import COUNT, FLAG, Kind, whole
from appliance.simulator.model.table import Fields, Request, Table, asking, doing, given

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

MINIMISED, FULL_SCREEN = 1, 2
QUARTER_TURNS = Kind("one of 0, 90, 180, 270", lambda value: type(value) is int and value in (0, 90, 180, 270))


class Screen:
    """Where the terminal shows itself, and how."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self.current = 0  # index of the monitor that the window is on
        self.window_state = FULL_SCREEN
        self.stays_on_top = True
        self.self_view_angle = 0  # degrees

    def describe(self) -> Fields:
        """The fields of the reply to `getMonitorsInfo`."""
        monitors = self._terminal.options.monitors
        return {"monitors": [_on_wire(i, m) for i, m in enumerate(monitors)], "currentMonitor": self.current}

    def monitor(self, index: int) -> Monitor:
        """A monitor that may be used; refused where there is none."""
        if index >= len(self._terminal.options.monitors):
            raise Refused(errors.UNKNOWN_MONITOR)
        monitor = self._terminal.options.monitors[index]
        if monitor.ignored:
            raise Refused(errors.IGNORED_MONITOR)
        return monitor

    def move_to(self, index: int) -> None:
        """The window goes to another monitor."""
        self.monitor(index)
        if index != self.current:
            self.current = index
            self._terminal.emit("monitorsInfoUpdated", **self.describe())

    def set_window(self, state: int, *, on_top: bool) -> None:
        """Minimises the window or fills the screen with it."""
        if (state, on_top) != (self.window_state, self.stays_on_top):
            self.window_state, self.stays_on_top = state, on_top
            self._terminal.emit("windowStateChanged", windowState=state, stayOnTop=on_top)

    def restore(self) -> None:
        """The window as it was when the terminal started."""
        self.set_window(FULL_SCREEN, on_top=True)

    def widgets(self) -> Fields:
        """The fields of the reply to `getInfoWidgetsState`."""
        values = self._terminal.settings.values
        shown = values["showInfoWidgets"]
        return {
            "logoDisplaying": shown and values["showLogo"],
            "timeDisplaying": shown and values["showTime"],
            "connectInfoDisplaying": shown and values["showInfoConnect"],
            "currentUserInfoWidgetDisplaying": shown and values["showCurrentUserWidget"],
            "incomingRequestWidgetDisplaying": values["showIncomingRequestWidget"],
            "showUpcomingMeetings": values["showUpcomingMeetings"],
        }

    def use_own_logo(self, *, use: bool) -> None:
        """The owner of the terminal puts up a logo of their own."""
        self._terminal.emit("customLogoUsageChanged", use=use)


def _on_wire(index: int, monitor: Monitor) -> dict[str, Any]:
    area = {"x": monitor.x, "y": 0, "width": monitor.width, "height": monitor.height}
    return {
        "name": monitor.name,
        "primary": index == 0,
        "index": index,
        "ignored": monitor.ignored,
        "geomMonitor": area,
        "geomWork": {**area, "height": monitor.height - 50},
    }


def _rotate(terminal: "Terminal", request: Request) -> None:
    terminal.screen.self_view_angle = request["rotateAngle"]


SCREEN: Table = {
    "getMonitorsInfo": asking(lambda terminal: terminal.screen.describe()),
    "changeCurrentMonitor": given(
        lambda terminal, request: terminal.screen.move_to(request["monitorIndex"]),
        {"monitorIndex": COUNT},
        events=("monitorsInfoUpdated",),
    ),
    "changeWindowState": given(
        lambda terminal, request: terminal.screen.set_window(request["windowState"], on_top=request["stayOnTop"]),
        {"windowState": whole(MINIMISED, FULL_SCREEN), "stayOnTop": FLAG},
        events=("windowStateChanged",),
    ),
    "restoreWindow": doing(lambda terminal: terminal.screen.restore(), events=("windowStateChanged",)),
    "getInfoWidgetsState": asking(lambda terminal: terminal.screen.widgets()),
    "getRenderInfo": asking(lambda _terminal: {"version": "4.6 (simulated)", "render": "offhook simulator"}),
    "setOutputSelfVideoRotateAngle": given(_rotate, {"rotateAngle": QUARTER_TURNS}),
    "getOutputSelfVideoRotateAngle": asking(
        lambda terminal: {"outputSelfVideoRotateAngle": terminal.screen.self_view_angle}
    ),
}
