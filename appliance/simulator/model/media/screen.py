"""Monitors, the terminal's window on them, and its widgets."""

from typing import Any

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import COUNT, FLAG, Kind, whole
from appliance.simulator.model.common.table import Fields, Request, Table, asking, doing, given
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.option_types import Monitor

MINIMISED, FULL_SCREEN = 1, 2
QUARTER_TURNS = Kind("one of 0, 90, 180, 270", lambda value: type(value) is int and value in (0, 90, 180, 270))


class Screen:
    """Where the terminal's window is, and what it shows besides video."""

    def __init__(self, monitors: tuple[Monitor, ...], settings: Settings, emit: Emit) -> None:
        self._monitors = monitors
        self._settings = settings
        self._emit = emit
        self.current = 0  # index of the monitor that the window is on
        self.window_state = FULL_SCREEN
        self.stays_on_top = True
        self.self_view_angle = 0  # degrees

    def describe(self) -> Fields:
        """Returns the fields of the reply to `getMonitorsInfo`."""
        monitors = [_on_wire(index, monitor) for index, monitor in enumerate(self._monitors)]
        return {"monitors": monitors, "currentMonitor": self.current}

    def monitor(self, index: int) -> Monitor:
        """Returns a monitor that may be used; refused if there is none or if it is ignored."""
        if index >= len(self._monitors):
            raise Refused(errors.UNKNOWN_MONITOR)
        monitor = self._monitors[index]
        if monitor.ignored:
            raise Refused(errors.IGNORED_MONITOR)
        return monitor

    def move_to(self, index: int) -> None:
        """Moves the window to another monitor."""
        self.monitor(index)
        if index != self.current:
            self.current = index
            self._emit("monitorsInfoUpdated", **self.describe())

    def set_window(self, state: int, *, on_top: bool) -> None:
        """Minimises the window or fills the screen with it; reported only if that changes something."""
        if (state, on_top) != (self.window_state, self.stays_on_top):
            self.window_state, self.stays_on_top = state, on_top
            self._emit("windowStateChanged", windowState=state, stayOnTop=on_top)

    def restore(self) -> None:
        """Restores the window as it was when the terminal started."""
        self.set_window(FULL_SCREEN, on_top=True)

    def widgets(self) -> Fields:
        """Returns the fields of the reply to `getInfoWidgetsState`."""
        values = self._settings.values
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
        """Reports that the owner of the terminal uses a logo of their own."""
        self._emit("customLogoUsageChanged", use=use)


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


def _rotate(screen: Screen, request: Request) -> None:
    screen.self_view_angle = request["rotateAngle"]


SCREEN: Table[Screen] = {
    "getMonitorsInfo": asking(Screen.describe),
    "changeCurrentMonitor": given(
        lambda screen, request: screen.move_to(request["monitorIndex"]),
        {"monitorIndex": COUNT},
        events=("monitorsInfoUpdated",),
    ),
    "changeWindowState": given(
        lambda screen, request: screen.set_window(request["windowState"], on_top=request["stayOnTop"]),
        {"windowState": whole(MINIMISED, FULL_SCREEN), "stayOnTop": FLAG},
        events=("windowStateChanged",),
    ),
    "restoreWindow": doing(Screen.restore, events=("windowStateChanged",)),
    "getInfoWidgetsState": asking(Screen.widgets),
    "getRenderInfo": asking(lambda _screen: {"version": "4.6 (simulated)", "render": "offhook simulator"}),
    "setOutputSelfVideoRotateAngle": given(_rotate, {"rotateAngle": QUARTER_TURNS}),
    "getOutputSelfVideoRotateAngle": asking(lambda screen: {"outputSelfVideoRotateAngle": screen.self_view_angle}),
}
