"""The licence of the terminal and the tariff that it brings, whose limits are enforced."""

import re
from typing import Any

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import NUMBERED, TEXT
from appliance.simulator.model.common.session import Account
from appliance.simulator.model.common.table import Table, asking, given
from appliance.simulator.model.machine.accounts import Accounts
from appliance.simulator.model.machine.files import Files
from appliance.simulator.model.machine.uplink import Uplink
from appliance.simulator.option_types import License
from appliance.terminal.messages.enums import AppState, ConferenceType, EvictionCause

KEY = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4})+")
MAXIMUM = {
    ConferenceType.SYMMETRIC: "symMaxNumber",
    ConferenceType.ASYMMETRIC: "asymMaxNumber",
    ConferenceType.ROLE_BASED: "roleMaxNumber",
}
FREE = {"tariffName": "Free", "symMaxNumber": 3, "asymMaxNumber": 0, "roleMaxNumber": 0, "rlMaxNumber": 0}


class Tariff:
    """The licence in force. Without one there is no user account, and the free tariff applies."""

    def __init__(self, context: Context, accounts: Accounts, uplink: Uplink, files: Files) -> None:
        self._options = context.options
        self._emit = context.emit
        self._accounts = accounts
        self._uplink = uplink
        self._files = files
        self.license: License = context.options.license

    @property
    def allows(self) -> dict[str, Any]:
        """The permissions in force, by wire name."""
        full = self._options.tariff.on_wire()
        return full if self.license is not License.NONE else {**full, **FREE}

    def describe(self) -> dict[str, Any]:
        """Returns the fields of the reply to `getTariffRestrictions`; none while nobody is logged in."""
        return self.allows if self._uplink.logged_in else {}

    def require(self, permission: str) -> None:
        """Refuses what the tariff does not allow; `permission` is a wire name."""
        if not self.allows[permission]:
            raise Refused(f"{errors.NOT_IN_TARIFF}: {permission}")

    def participants(self, kind: ConferenceType) -> int:
        """Returns how many may be in a group conference of that kind, the room among them."""
        return int(self.allows[MAXIMUM[kind]])

    def change(self, wanted: License) -> None:
        """Puts another licence in force; without one the user is evicted."""
        if wanted is self.license:
            return
        self.license = wanted
        self._emit("licenseStatusChanged", pro=wanted is License.FULL)
        self.report()
        if not self._accounts.user_available:
            self._accounts.evict(Account.USER, EvictionCause.ACCOUNT_NOT_LICENSED)

    def report(self) -> None:
        """Reports what may be done from now on; nothing may be while nobody is logged in."""
        restrictions = {name: value for name, value in self.describe().items() if name != "tariffName"}
        self._emit("tariffRestrictionsChanged", **restrictions)

    def activate(self, key: str) -> dict[str, Any]:
        """Returns the fields of the reply to `activateLicense`.

        Without a server the reply names a file to register offline with.
        """
        if self._uplink.app_state is AppState.OFFLINE:
            file = self._files.add("registration.dat", key.encode())
            return {"status": "offline", "registrationFile": str(file.id)}
        if not KEY.fullmatch(key) or key not in self._options.license_keys:
            return {"status": "invalid"}
        self.change(License.FULL)
        return {"status": "valid"}

    def register_offline(self, file_id: int | str) -> None:
        """Activates the full licence with a file that was uploaded; refused if there is no such file."""
        self._files.get(file_id)
        self.change(License.FULL)

    @property
    def hardware_key(self) -> str:
        """The key of the terminal's hardware, which a licence belongs to."""
        return self._options.hardware_key


TARIFF: Table[Tariff] = {
    "getTariffRestrictions": asking(Tariff.describe),
    "getLicenseType": asking(lambda tariff: {"value": str(int(tariff.license))}),
    "getHardwareKey": asking(lambda tariff: {"key": tariff.hardware_key}),
    "activateLicense": given(
        lambda tariff, request: tariff.activate(request["key"]),
        {"key": TEXT},
        admin=True,
        events=("licenseStatusChanged", "tariffRestrictionsChanged"),
    ),
    "productRegistrationOffline": given(
        lambda tariff, request: tariff.register_offline(request["fileId"]),
        {"fileId": NUMBERED},
        admin=True,
        events=("licenseStatusChanged", "tariffRestrictionsChanged"),
    ),
}
