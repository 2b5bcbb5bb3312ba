"""Maintenance of the terminal: its licence, its updates, and data kept on it for integrators."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, FileId, Reply, command, event
from appliance.terminal.messages.client_enums import ActivationStatus, LicenceType, SaveMode


class ActivationReply(Reply, frozen=True, kw_only=True):
    """Reply to `activateLicense`.

    registration_file: The file for doing it offline, where it could not be done online.
    """

    status: ActivationStatus
    registration_file: FileId | None = None


@command
class ActivateLicence(Command, frozen=True, kw_only=True):
    """Activates a licence key; where that fails online, makes a file for doing it offline."""

    method: ClassVar[str] = "activateLicense"
    reply: ClassVar[type[Reply]] = ActivationReply
    secret: ClassVar[tuple[str, ...]] = ("key",)

    key: str


@command
class RegisterOffline(Command, frozen=True, kw_only=True):
    """Activates a licence by a file.

    file_id: A file on the HTTP server.
    """

    method: ClassVar[str] = "productRegistrationOffline"

    file_id: FileId


class HardwareKeyReply(Reply, frozen=True, kw_only=True):
    """Reply to `getHardwareKey`."""

    key: str


@command
class GetHardwareKey(Command, frozen=True, kw_only=True):
    """Asks for the key of this hardware that a licence is made for."""

    method: ClassVar[str] = "getHardwareKey"
    reply: ClassVar[type[Reply]] = HardwareKeyReply


class LicenceTypeReply(Reply, frozen=True, kw_only=True):
    """Reply to `getLicenseType`.

    value: Of an older terminal. Where `product_id` or dates are told, a newer one numbers it as `NewerLicenceType`.
    product_id: Newer terminals only, as are the dates.
    start_date: Unix seconds.
    end_date: Unix seconds.
    """

    value: LicenceType
    product_id: str = msgspec.field(name="product_id", default="")
    start_date: int | None = msgspec.field(name="start_date", default=None)
    end_date: int | None = msgspec.field(name="end_date", default=None)


@command
class GetLicenceType(Command, frozen=True, kw_only=True):
    """Asks which licence there is."""

    method: ClassVar[str] = "getLicenseType"
    reply: ClassVar[type[Reply]] = LicenceTypeReply


@event
class LicenceChanged(Event, frozen=True, kw_only=True):
    """There is another licence.

    pro: Whether it is the full one.
    start_date: Unix seconds; newer terminals only.
    end_date: Unix seconds; newer terminals only.
    """

    event: ClassVar[str] = "licenseStatusChanged"

    pro: bool
    start_date: int | None = msgspec.field(name="start_date", default=None)
    end_date: int | None = msgspec.field(name="end_date", default=None)


class UpdateReply(Reply, frozen=True, kw_only=True):
    """Reply to `getUpdateInfo`.

    running: Whether an update is under way.
    can_update: Absent while an update is under way.
    must_update: Absent where there is nothing newer.
    new_version: Absent where there is nothing newer.
    """

    running: bool
    can_update: bool | None = None
    must_update: bool | None = None
    new_version: str = ""


@command
class GetUpdate(Command, frozen=True, kw_only=True):
    """Asks whether there is something newer."""

    method: ClassVar[str] = "getUpdateInfo"
    reply: ClassVar[type[Reply]] = UpdateReply


@command
class StartUpdate(Command, frozen=True, kw_only=True):
    """Updates the terminal, which restarts when it is done."""

    method: ClassVar[str] = "startUpdate"


@command
class CancelUpdate(Command, frozen=True, kw_only=True):
    """Stops the update."""

    method: ClassVar[str] = "cancelUpdate"


@event
class UpdateAvailable(Event, frozen=True, kw_only=True):
    """There is something newer."""

    event: ClassVar[str] = "appUpdateAvailable"

    version: str
    must_update: bool | None = None


@event
class UpdateProgress(Event, frozen=True, kw_only=True):
    """How much of the update has been downloaded."""

    event: ClassVar[str] = "downloadProgress"

    bytes_received: int
    bytes_total: int


@event
class UpdateFailed(Event, frozen=True, kw_only=True):
    """The update failed."""

    event: ClassVar[str] = "updateFailed"


@command
class SaveData(Command, frozen=True, kw_only=True):
    """Keeps data on the terminal under a name.

    mode: What becomes of data that is there already.
    """

    method: ClassVar[str] = "saveData"

    container: str = msgspec.field(name="containerName")
    data: str
    mode: SaveMode = msgspec.field(name="flags")


class DataReply(Reply, frozen=True, kw_only=True):
    """Reply to `loadData`."""

    container: str = msgspec.field(name="containerName", default="")
    data: str


@command
class LoadData(Command, frozen=True, kw_only=True):
    """Asks for data kept under a name."""

    method: ClassVar[str] = "loadData"
    reply: ClassVar[type[Reply]] = DataReply

    container: str = msgspec.field(name="containerName")


@command
class DeleteData(Command, frozen=True, kw_only=True):
    """Removes the data kept under a name."""

    method: ClassVar[str] = "deleteData"

    container: str = msgspec.field(name="containerName")


@event
class DataSaved(Event, frozen=True, kw_only=True):
    """Data was kept."""

    event: ClassVar[str] = "dataSaved"
    also: ClassVar[dict[str, str]] = {"flags": "flag"}  # as the command saveData spells it

    container: str = msgspec.field(name="containerName")
    data: str = ""
    mode: SaveMode | None = msgspec.field(name="flag", default=None)


@event
class DataDeleted(Event, frozen=True, kw_only=True):
    """Data was removed."""

    event: ClassVar[str] = "dataDeleted"

    container: str = msgspec.field(name="containerName")
