"""The licence of the terminal and what it allows: the tariff, whose limits really limit."""

import re
from typing import TYPE_CHECKING, Any

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.machine.accounts import Account
from appliance.simulator.model.option_types import License
from appliance.simulator.model.parameters import NUMBERED, TEXT
from appliance.simulator.model.table import Request, Table, asking, given
from appliance.terminal.messages.enums import AppState, ConferenceType, EvictionCause

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

KEY = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4})+")
MAXIMUM = {
    ConferenceType.SYMMETRIC: "symMaxNumber",
    ConferenceType.ASYMMETRIC: "asymMaxNumber",
    ConferenceType.ROLE_BASED: "roleMaxNumber",
}
FREE = {"tariffName": "Free", "symMaxNumber": 3, "asymMaxNumber": 0, "roleMaxNumber": 0, "rlMaxNumber": 0}


class Tariff:
    """The licence in force. Without one there is no user account, and the tariff is the free one."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self.license: License = terminal.options.license

    @property
    def allows(self) -> dict[str, Any]:
        """The permissions by wire name."""
        full = self._terminal.options.tariff.on_wire()
        return full if self.license is not License.NONE else {**full, **FREE}

    def describe(self) -> dict[str, Any]:
        """The fields of the reply to `getTariffRestrictions`; none while nobody is logged in."""
        return self.allows if self._terminal.uplink.logged_in else {}

    def require(self, permission: str) -> None:
        """Refuses what the tariff does not allow; `permission` by wire name."""
        if not self.allows[permission]:
            raise Refused(f"{errors.NOT_IN_TARIFF}: {permission}")

    def participants(self, kind: ConferenceType) -> int:
        """How many may be in a group conference of that kind, the room among them."""
        return int(self.allows[MAXIMUM[kind]])

    def change(self, wanted: License) -> None:
        """Another licence is in force; without one the user loses the terminal."""
        if wanted is self.license:
            return
        self.license = wanted
        self._terminal.emit("licenseStatusChanged", pro=wanted is License.FULL)
        restrictions = {name: value for name, value in self.allows.items() if name != "tariffName"}
        self._terminal.emit("tariffRestrictionsChanged", **restrictions)
        if not self._terminal.accounts.user_available:
            self._terminal.accounts.evict(Account.USER, EvictionCause.ACCOUNT_NOT_LICENSED)

    def activate(self, key: str) -> dict[str, Any]:
        """The fields of the reply to `activateLicense`: without a server there is a file to register offline with."""
        if self._terminal.uplink.app_state is AppState.OFFLINE:
            file = self._terminal.files.add("registration.dat", key.encode())
            return {"status": "offline", "registrationFile": str(file.id)}
        if not KEY.fullmatch(key) or key not in self._terminal.options.license_keys:
            return {"status": "invalid"}
        self.change(License.FULL)
        return {"status": "valid"}


def _register_offline(terminal: "Terminal", request: Request) -> None:
    terminal.files.get(request["fileId"])
    terminal.tariff.change(License.FULL)


TARIFF: Table = {
    "getTariffRestrictions": asking(lambda terminal: terminal.tariff.describe()),
    "getLicenseType": asking(lambda terminal: {"value": str(int(terminal.tariff.license))}),
    "getHardwareKey": asking(lambda terminal: {"key": terminal.options.hardware_key}),
    "activateLicense": given(
        lambda terminal, request: terminal.tariff.activate(request["key"]),
        {"key": TEXT},
        admin=True,
        events=("licenseStatusChanged", "tariffRestrictionsChanged"),
    ),
    "productRegistrationOffline": given(
        _register_offline,
        {"fileId": NUMBERED},
        admin=True,
        events=("licenseStatusChanged", "tariffRestrictionsChanged"),
    ),
}
