"""Files: those on the terminal's HTTP server, and those on their way from and to people."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, FileId, Reply, Wire, command, event
from appliance.terminal.messages.client_enums import FileDirection, FileStatus


class StoredFile(Wire, frozen=True, kw_only=True):
    """A file on the terminal's HTTP server."""

    file_id: FileId
    name: str = msgspec.field(name="fileName", default="")


class FileListReply(Reply, frozen=True, kw_only=True):
    """Reply to `getFileList`."""

    files: tuple[StoredFile, ...] = msgspec.field(name="fileList", default=())


@command
class GetFileList(Command, frozen=True, kw_only=True):
    """Asks for the files on the terminal's HTTP server."""

    method: ClassVar[str] = "getFileList"
    reply: ClassVar[type[Reply]] = FileListReply


class AvailabilityReply(Reply, frozen=True, kw_only=True):
    """Reply to `getFileTransferAvailability`."""

    available: bool


@command
class GetFileTransferAvailability(Command, frozen=True, kw_only=True):
    """Asks whether files can be sent and received now."""

    method: ClassVar[str] = "getFileTransferAvailability"
    reply: ClassVar[type[Reply]] = AvailabilityReply


class FileOnItsWay(Wire, frozen=True, kw_only=True):
    """A file that is being sent or received, or waits for consent.

    id: The number of the transfer.
    """

    id: FileId
    name: str = ""
    status: FileStatus | None = None
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_id: str = ""


class TransfersReply(Reply, frozen=True, kw_only=True):
    """Reply to `getFileRequests` and `getFileUploads`."""

    also: ClassVar[dict[str, str]] = {"fileName": "name"}  # as the event receivedFileRequest spells it

    files: tuple[FileOnItsWay, ...] = ()


@command
class GetIncomingFiles(Command, frozen=True, kw_only=True):
    """Asks for the files that others sent."""

    method: ClassVar[str] = "getFileRequests"
    reply: ClassVar[type[Reply]] = TransfersReply


@command
class GetOutgoingFiles(Command, frozen=True, kw_only=True):
    """Asks for the files that the terminal sends."""

    method: ClassVar[str] = "getFileUploads"
    reply: ClassVar[type[Reply]] = TransfersReply


@command
class AcceptFile(Command, frozen=True, kw_only=True):
    """Takes a file that somebody sends.

    transfer: The number of the transfer.
    """

    method: ClassVar[str] = "acceptFile"

    transfer: FileId = msgspec.field(name="id")


@command
class RejectFile(Command, frozen=True, kw_only=True):
    """Declines a file that somebody sends.

    transfer: The number of the transfer.
    """

    method: ClassVar[str] = "rejectFile"

    transfer: FileId = msgspec.field(name="id")


class FileSendingReply(Reply, frozen=True, kw_only=True):
    """Reply to `sendFile`.

    file_request_id: By which newer terminals tell what becomes of it.
    """

    file_request_id: str = msgspec.field(name="sentFileRequestId", default="")


@command
class SendFile(Command, frozen=True, kw_only=True):
    """Sends somebody a file of the terminal's HTTP server.

    call_id: The same as `peer_id`, for newer terminals, which may ask for this one.
    """

    method: ClassVar[str] = "sendFile"
    reply: ClassVar[type[Reply]] = FileSendingReply

    file_id: FileId
    peer_id: str
    call_id: str | msgspec.UnsetType = msgspec.UNSET


@command
class SendConferenceFile(Command, frozen=True, kw_only=True):
    """Sends a file of the terminal's HTTP server to everybody in the conference."""

    method: ClassVar[str] = "sendConferenceFile"

    file_id: FileId


class PastTransfer(Wire, frozen=True, kw_only=True):
    """A file that was sent or received.

    id: The file on the HTTP server.
    size: Bytes.
    time: Unix seconds.
    """

    id: FileId
    name: str = ""
    size: int = 0
    time: int = 0
    direction: FileDirection | None = msgspec.field(name="type", default=None)
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_id: str = ""


class TransferInfoReply(Reply, frozen=True, kw_only=True):
    """Reply to `getFileTransferInfo`.

    url: Where people in the room get at the shared files.
    pin: The PIN they need there.
    """

    secret: ClassVar[tuple[str, ...]] = ("url", "pin")

    files: tuple[PastTransfer, ...] = ()
    url: str = msgspec.field(name="sharedFilesUrl", default="")
    pin: str = ""


@command
class GetFileTransferInfo(Command, frozen=True, kw_only=True):
    """Asks for the files that were sent and received, and where they are shared."""

    method: ClassVar[str] = "getFileTransferInfo"
    reply: ClassVar[type[Reply]] = TransferInfoReply


class FilePinReply(Reply, frozen=True, kw_only=True):
    """Reply to `getFileTransferPIN`."""

    secret: ClassVar[tuple[str, ...]] = ("pin",)

    pin: str


@command
class GetFilePin(Command, frozen=True, kw_only=True):
    """Asks for the PIN of the shared files."""

    method: ClassVar[str] = "getFileTransferPIN"
    reply: ClassVar[type[Reply]] = FilePinReply


class NewFilePinReply(Reply, frozen=True, kw_only=True):
    """Reply to `resetFileTransferPIN`."""

    secret: ClassVar[tuple[str, ...]] = ("pin",)

    pin: str = msgspec.field(name="newPin")


@command
class ResetFilePin(Command, frozen=True, kw_only=True):
    """Makes a new PIN for the shared files."""

    method: ClassVar[str] = "resetFileTransferPIN"
    reply: ClassVar[type[Reply]] = NewFilePinReply


@command
class CheckFilePin(Command, frozen=True, kw_only=True):
    """Asks whether a PIN of the shared files is right: accepted if it is.

    pin: Left out by a connection that was itself authorised by that PIN.
    """

    method: ClassVar[str] = "checkFileTransferPIN"
    secret: ClassVar[tuple[str, ...]] = ("pin",)

    pin: str | msgspec.UnsetType = msgspec.UNSET


@command
class ClearFiles(Command, frozen=True, kw_only=True):
    """Deletes every shared file and the history of transfers."""

    method: ClassVar[str] = "clearFileTransfer"


@command
class DeleteFile(Command, frozen=True, kw_only=True):
    """Deletes one shared file, on the disk and in the history."""

    method: ClassVar[str] = "deleteFileTransferFile"

    file_id: FileId


class FileToolsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getShowFileTransferTools`."""

    displaying: bool


@command
class GetFileTools(Command, frozen=True, kw_only=True):
    """Asks whether the terminal shows its tools for files."""

    method: ClassVar[str] = "getShowFileTransferTools"
    reply: ClassVar[type[Reply]] = FileToolsReply


@command
class SetFileTools(Command, frozen=True, kw_only=True):
    """Shows or hides the terminal's tools for files."""

    method: ClassVar[str] = "setShowFileTransferTools"

    show: bool


@event
class FileOffered(Event, frozen=True, kw_only=True):
    """Somebody sends a file; accept or reject it.

    id: The number of the transfer; newer terminals have `file_request_id` instead.
    size: Bytes; newer terminals only.
    timestamp: Unix time in milliseconds; newer terminals only.
    """

    event: ClassVar[str] = "receivedFileRequest"
    also: ClassVar[dict[str, str]] = {"name": "fileName"}  # as getFileRequests spells it

    id: FileId = ""
    name: str = msgspec.field(name="fileName", default="")
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_id: str = ""
    file_request_id: str = ""
    size: int | None = msgspec.field(name="fileSize", default=None)
    timestamp: int | None = None


@event
class FileTransferAvailable(Event, frozen=True, kw_only=True):
    """Files can be sent and received now, or cannot."""

    event: ClassVar[str] = "fileTransferAvailable"

    available: bool


@event
class FileAccepted(Event, frozen=True, kw_only=True):
    """A file was accepted.

    id: The number of the transfer.
    """

    event: ClassVar[str] = "fileAccepted"

    id: FileId
    conf_id: str = ""


@event
class FileRejected(Event, frozen=True, kw_only=True):
    """A file was declined.

    id: The number of the transfer.
    """

    event: ClassVar[str] = "fileRejected"

    id: FileId
    conf_id: str = ""


@event
class FileProgress(Event, frozen=True, kw_only=True):
    """A file made progress.

    id: The number of the transfer.
    """

    event: ClassVar[str] = "fileStatus"

    id: FileId
    status: FileStatus
    direction: FileDirection | None = msgspec.field(name="directionType", default=None)
    conf_id: str = ""


@event
class FileSent(Event, frozen=True, kw_only=True):
    """A file goes out to somebody.

    id: The number of the transfer.
    """

    event: ClassVar[str] = "fileSent"

    id: FileId
    file_id: FileId = ""
    name: str = ""
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_id: str = ""


@event
class ConferenceFileSent(Event, frozen=True, kw_only=True):
    """A file goes out to everybody in the conference.

    id: The number of the transfer.
    """

    event: ClassVar[str] = "fileConferenceSent"

    id: FileId
    file_id: FileId = ""
    name: str = ""
    conf_id: str = ""


@event
class FilesCleared(Event, frozen=True, kw_only=True):
    """The shared files and their history are gone."""

    event: ClassVar[str] = "fileTransferCleared"


@event
class FileDeleted(Event, frozen=True, kw_only=True):
    """A shared file is gone."""

    event: ClassVar[str] = "fileTransferFileDeleted"

    file_id: FileId = msgspec.field(name="file")


@event
class FilePinChanged(Event, frozen=True, kw_only=True):
    """The shared files have a new PIN."""

    event: ClassVar[str] = "fileTransferPinChanged"
    secret: ClassVar[tuple[str, ...]] = ("pin",)

    pin: str = ""


@event
class FileToolsShown(Event, frozen=True, kw_only=True):
    """The terminal shows its tools for files, or hides them."""

    event: ClassVar[str] = "showFileTransferTools"

    show: bool
