"""Files on their way, as newer terminals number them: by request, not by transfer."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, FileId, Reply, Wire, command
from appliance.terminal.messages.newer.values import FileRequestStatus


class FileRequest(Wire, frozen=True, kw_only=True):
    """A file on its way.

    peer_id: Empty for a file to a group conference.
    size: Bytes.
    timestamp: Unix time: milliseconds of incoming files, seconds of outgoing ones.
    file_id: Outgoing files only.
    """

    id: str = msgspec.field(name="fileRequestId")
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    name: str = msgspec.field(name="fileName", default="")
    size: int | None = None
    status: FileRequestStatus | None = None
    timestamp: int | None = None
    conf_id: str = ""
    file_id: FileId | None = None


class IncomingFilesReply(Reply, frozen=True, kw_only=True):
    """Reply to `getIncomingFilesRequests`."""

    files: tuple[FileRequest, ...] = msgspec.field(name="incomingFilesRequests", default=())


class OutgoingFilesReply(Reply, frozen=True, kw_only=True):
    """Reply to `getOutgoingFilesRequests`."""

    files: tuple[FileRequest, ...] = msgspec.field(name="outgoingFilesRequests", default=())


class SentFileReply(Reply, frozen=True, kw_only=True):
    """Reply to `sendFileToConference`."""

    id: str = msgspec.field(name="sentFileRequestId", default="")


class FileInfoReply(Reply, frozen=True, kw_only=True):
    """Reply to `getFileInfo`; before 4.2."""

    id: FileId | None = None
    status: int | None = None
    direction: int | None = msgspec.field(name="directionType", default=None)
    name: str = msgspec.field(name="fileName", default="")
    file_id: FileId | None = None
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDisplayName", default="")
    timestamp: int | None = None
    conf_id: str = ""
    size: int | None = msgspec.field(name="totalSize", default=None)
    done: int | None = msgspec.field(name="processedSize", default=None)
    speed: float | None = None
    peers: int | None = msgspec.field(name="peersCount", default=None)


@command
class AcceptFileRequest(Command, frozen=True, kw_only=True):
    """Takes a file that somebody sends."""

    method: ClassVar[str] = "acceptIncomingFileRequest"

    file_request_id: str


@command
class RejectFileRequest(Command, frozen=True, kw_only=True):
    """Declines a file that somebody sends."""

    method: ClassVar[str] = "rejectIncomingFileRequest"

    file_request_id: str


@command
class GetIncomingRequests(Command, frozen=True, kw_only=True):
    """Asks for the files that others send."""

    method: ClassVar[str] = "getIncomingFilesRequests"
    reply: ClassVar[type[Reply]] = IncomingFilesReply


@command
class GetOutgoingRequests(Command, frozen=True, kw_only=True):
    """Asks for the files that the terminal sends."""

    method: ClassVar[str] = "getOutgoingFilesRequests"
    reply: ClassVar[type[Reply]] = OutgoingFilesReply


@command
class GetFileRequest(Command, frozen=True, kw_only=True):
    """Asks about a file on its way."""

    method: ClassVar[str] = "getFileRequestInfo"

    file_request_id: str


@command
class GetTransferHistory(Command, frozen=True, kw_only=True):
    """Asks for the files that were sent and received; in a form that no source tells."""

    method: ClassVar[str] = "getFileTransferHistory"


@command
class ClearTransferHistory(Command, frozen=True, kw_only=True):
    """Empties the history of files."""

    method: ClassVar[str] = "clearFileTransferHistory"

    delete_files: bool = msgspec.field(name="deleteFilesFromDisk")


@command
class SendFileToConference(Command, frozen=True, kw_only=True):
    """Sends a file of the terminal's HTTP server to everybody in the conference."""

    method: ClassVar[str] = "sendFileToConference"
    reply: ClassVar[type[Reply]] = SentFileReply

    file_id: FileId


@command
class GetFileInfo(Command, frozen=True, kw_only=True):
    """Asks about a file on its way; before 4.2.

    transfer: The number of the transfer.
    """

    method: ClassVar[str] = "getFileInfo"
    reply: ClassVar[type[Reply]] = FileInfoReply

    transfer: FileId = msgspec.field(name="id")
