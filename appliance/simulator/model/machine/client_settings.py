"""The settings as clients read and change them: a user's own are hidden while nobody is logged in to the server."""

from typing import Any

from appliance.simulator.model.common.parameters import FLAG, OBJECT
from appliance.simulator.model.common.table import Fields, Request, Table, asking, given
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.machine.uplink import Uplink

TOOLS = "showFileTransferTools"  # the one setting that has commands of its own, with or without a login


class ClientSettings:
    """Joins the settings with the login that opens a part of them."""

    def __init__(self, settings: Settings, uplink: Uplink) -> None:
        self._settings = settings
        self._uplink = uplink

    def describe(self) -> Fields:
        """Returns the fields of the reply to `getSettings`."""
        return {"settings": self._settings.visible(logged_in=self._uplink.logged_in)}

    def change(self, wanted: dict[str, Any]) -> None:
        """Sets all of `wanted`, or refuses and sets none."""
        self._settings.change(wanted, logged_in=self._uplink.logged_in)

    def describe_tools(self) -> Fields:
        """Returns the fields of the reply to `getShowFileTransferTools`."""
        return {"displaying": self._settings.values[TOOLS]}

    def show_tools(self, *, show: bool) -> None:
        """Shows or hides the tools for file transfers on the terminal's screen."""
        self._settings.change({TOOLS: show}, logged_in=True)


def _show_tools(settings: ClientSettings, request: Request) -> None:
    settings.show_tools(show=request["show"])


CLIENT_SETTINGS: Table[ClientSettings] = {
    "getSettings": asking(ClientSettings.describe),
    "setSettings": given(
        lambda settings, request: settings.change(request["settings"]),
        {"settings": OBJECT},
        events=("settingsChanged",),
    ),
    "getShowFileTransferTools": asking(ClientSettings.describe_tools),
    "setShowFileTransferTools": given(_show_tools, {"show": FLAG}, events=("settingsChanged", TOOLS)),
}
