"""The terminal's licence.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.maintenance import (
    ActivateLicence,
    ActivationReply,
    GetHardwareKey,
    GetLicenceType,
    HardwareKeyReply,
    LicenceTypeReply,
    RegisterOffline,
)


class Licence(CommandGroup):
    """The terminal's licence."""

    async def type(self) -> LicenceTypeReply:
        """Asks which licence there is.

        Method `getLicenseType`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetLicenceType(), LicenceTypeReply)

    async def hardware_key(self) -> HardwareKeyReply:
        """Asks for the key of this hardware that a licence is made for.

        Method `getHardwareKey`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetHardwareKey(), HardwareKeyReply)

    async def activate(self, key: str) -> ActivationReply:
        """Activates a licence key; where that fails online, makes a file for doing it offline.

        Method `activateLicense`; for administrator (inferred: the manual does not say). May be followed by:
        licenseStatusChanged, tariffRestrictionsChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`, `NotPermitted`.
        """
        return await self._ask(ActivateLicence(key=key), ActivationReply)

    async def register_offline(self, file_id: int | str) -> None:
        """Activates a licence by a file.

        `file_id`: A file on the HTTP server.

        Method `productRegistrationOffline`; for administrator (inferred: the manual does not say). May be followed
        by: licenseStatusChanged, tariffRestrictionsChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `NotPermitted`.
        """
        await self._ask(RegisterOffline(file_id=file_id), Reply)
