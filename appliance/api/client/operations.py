"""Every operation of the interface as a method.

Written by scripts/api_client.py from the table in appliance/api/operations.py.
"""

from collections.abc import Callable
from typing import Any

from appliance.api.able import Able, Answered
from appliance.api.about import About
from appliance.api.asks import Ask, Done, Forms
from appliance.api.client.connection import Connection
from appliance.api.client.items import Told
from appliance.api.devices import Devices
from appliance.api.file import ConfigurationText, ConfigurationVersions, Ended, OnTrial
from appliance.api.health import Health
from appliance.api.looked import Seen
from appliance.api.noted import Deeds
from appliance.api.settings import SettingsAsk, SettingsDone, TerminalSettings
from appliance.api.tried import Tried, Try, TryParts
from appliance.maintain.editing import Source
from appliance.maintain.wishes import Backup, Reboot, Renewal, Reset, Restart


class Operations:
    """All of them. Each raises `RemoteError`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def view(self) -> Seen:
        """The room as panels are shown it.

        GET /view. Needs the role `view`.
        """
        return await self._connection.ask("GET", "/view", Seen)

    async def events(self, hear: Callable[[Told], None], after: str | None = None) -> None:
        """The room as it changes, and what happens in it.

        GET /events. Needs the role `view`.
        """
        await self._connection.follow("/events", hear, after)

    async def actions(self) -> Forms:
        """What may be asked of the room.

        GET /actions. Needs the role `view`.
        """
        return await self._connection.ask("GET", "/actions", Forms)

    async def post_action(self, ask: Ask, *, idempotency_key: str | None = None) -> Done:
        """Ask something of the room.

        POST /actions. Needs the role `touch`.
        """
        return await self._connection.ask(
            "POST", "/actions", Done, body=ask, headers={"Idempotency-Key": idempotency_key}
        )

    async def health(self) -> Health:
        """The link and every service, with since when and why.

        GET /health. Needs the role `view`.
        """
        return await self._connection.ask("GET", "/health", Health)

    async def metrics(self) -> str:
        """The room's figures, for Prometheus.

        GET /metrics. Needs the role `view`.
        """
        return await self._connection.ask("GET", "/metrics", str)

    async def devices(self) -> Devices:
        """The devices that room.toml names, whether they are there and work, and what hardware there is.

        GET /devices. Needs the role `view`.
        """
        return await self._connection.ask("GET", "/devices", Devices)

    async def parts(self) -> TryParts:
        """The parts of the room that can be tried, and in which ways.

        GET /parts. Needs the role `maintain`.
        """
        return await self._connection.ask("GET", "/parts", TryParts)

    async def post_try(self, ask: Try) -> Tried:
        """Try a part: a lamp blinks, a relay pulses, a camera moves and goes back.

        POST /parts. Needs the role `maintain`.
        """
        return await self._connection.ask("POST", "/parts", Tried, body=ask)

    async def configuration(self) -> dict[str, Any]:
        """The configuration in force, without its secrets.

        GET /configuration. Needs the role `maintain`.
        """
        return await self._connection.ask("GET", "/configuration", dict[str, Any])

    async def put_configuration(self, ask: ConfigurationText, *, if_match: str) -> OnTrial:
        """Put another configuration in force, on trial.

        PUT /configuration. Needs the role `maintain`.
        """
        return await self._connection.ask(
            "PUT", "/configuration", OnTrial, body=ask, headers={"If-Match": if_match}, within=90.0
        )

    async def configuration_file(self) -> Source:
        """The file that says how the room is, and whether it is on trial.

        GET /configuration/file. Needs the role `maintain`.
        """
        return await self._connection.ask("GET", "/configuration/file", Source)

    async def keep_configuration(self) -> Ended:
        """Keep the configuration that is on trial.

        POST /configuration/keep. Needs the role `maintain`.
        """
        return await self._connection.ask("POST", "/configuration/keep", Ended)

    async def return_configuration(self) -> Ended:
        """Put the configuration before the trial in force again.

        POST /configuration/return. Needs the role `maintain`.
        """
        return await self._connection.ask("POST", "/configuration/return", Ended)

    async def configuration_versions(self) -> ConfigurationVersions:
        """The last configurations that were kept, the newest first.

        GET /configuration/versions. Needs the role `maintain`.
        """
        return await self._connection.ask("GET", "/configuration/versions", ConfigurationVersions)

    async def terminal_settings(self) -> TerminalSettings:
        """The settings of the room's terminal that concern a room.

        GET /terminal/settings. Needs the role `maintain`.
        """
        return await self._connection.ask("GET", "/terminal/settings", TerminalSettings)

    async def patch_terminal_settings(self, ask: SettingsAsk) -> SettingsDone:
        """Change settings of the room's terminal.

        PATCH /terminal/settings. Needs the role `maintain`.
        """
        return await self._connection.ask("PATCH", "/terminal/settings", SettingsDone, body=ask)

    async def audit(self, *, count: int | None = None) -> Deeds:
        """Who did what, the newest first.

        GET /audit. Needs the role `maintain`.
        """
        return await self._connection.ask("GET", "/audit", Deeds, query={"count": count})

    async def machine(self) -> Able:
        """What can be done with the machine, and which version it has.

        GET /machine. Needs the role `maintain`.
        """
        return await self._connection.ask("GET", "/machine", Able)

    async def restart_machine(self, ask: Restart) -> Answered:
        """Restart the firmware.

        POST /machine/restart. Needs the role `maintain`.
        """
        return await self._connection.ask("POST", "/machine/restart", Answered, body=ask)

    async def reboot_machine(self, ask: Reboot) -> Answered:
        """Restart the machine.

        POST /machine/reboot. Needs the role `maintain`.
        """
        return await self._connection.ask("POST", "/machine/reboot", Answered, body=ask)

    async def update_machine(self, ask: Renewal) -> Answered:
        """Look for a new version, or install it.

        POST /machine/update. Needs the role `maintain`.
        """
        return await self._connection.ask("POST", "/machine/update", Answered, body=ask)

    async def back_up_machine(self, ask: Backup) -> bytes:
        """Make a backup and fetch it.

        POST /machine/backup. Needs the role `maintain`.
        """
        return await self._connection.ask("POST", "/machine/backup", bytes, body=ask, within=200.0)

    async def restore_machine(
        self,
        ask: bytes,
        *,
        offhook_passphrase: str | None = None,
        sure: bool | None = None,
        in_call: bool | None = None,
    ) -> Answered:
        """Make the box what a backup says.

        POST /machine/restore. Needs the role `maintain`.
        """
        return await self._connection.ask(
            "POST",
            "/machine/restore",
            Answered,
            body=ask,
            headers={"Offhook-Passphrase": offhook_passphrase},
            query={"sure": sure, "in_call": in_call},
            within=500.0,
        )

    async def reset_machine(self, ask: Reset) -> Answered:
        """Make the box forget its room.

        POST /machine/reset. Needs the role `maintain`.
        """
        return await self._connection.ask("POST", "/machine/reset", Answered, body=ask)

    async def version(self) -> About:
        """Which box this is, and what it speaks.

        GET /version. Needs the role `view`.
        """
        return await self._connection.ask("GET", "/version", About)

    async def document(self) -> dict[str, Any]:
        """The document of this interface.

        GET /openapi.json. Needs no role.
        """
        return await self._connection.ask("GET", "/openapi.json", dict[str, Any])
