"""What becomes of files on their way, with newer terminals."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Event, FileId, event
from appliance.terminal.messages.newer.values import FileRequestDirection, FileRequestStatus


@event
class FileRequestAccepted(Event, frozen=True, kw_only=True):
    """A file that somebody sends was accepted.

    size: Bytes.
    timestamp: Milliseconds.
    """

    event: ClassVar[str] = "incomingFileRequestAccepted"

    file_request_id: str = ""
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    name: str = msgspec.field(name="fileName", default="")
    size: int | None = msgspec.field(name="fileSize", default=None)
    timestamp: int | None = None
    conf_id: str = ""


@event
class FileRequestRejected(Event, frozen=True, kw_only=True):
    """A file that somebody sends was declined.

    size: Bytes.
    timestamp: Milliseconds.
    """

    event: ClassVar[str] = "incomingFileRequestRejected"

    file_request_id: str = ""
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    name: str = msgspec.field(name="fileName", default="")
    size: int | None = msgspec.field(name="fileSize", default=None)
    timestamp: int | None = None
    conf_id: str = ""


@event
class FileDownloading(Event, frozen=True, kw_only=True):
    """How much of an incoming file is there."""

    event: ClassVar[str] = "incomingFileRequestDownloadingProgress"

    file_request_id: str = ""
    percent: int | None = msgspec.field(name="processedPercents", default=None)


@event
class FileUploading(Event, frozen=True, kw_only=True):
    """How much of an outgoing file has gone.

    size: Bytes.
    timestamp: Seconds.
    """

    event: ClassVar[str] = "outgoingFileRequestUploadingProgress"

    file_request_id: str = ""
    percent: int | None = msgspec.field(name="processedPercents", default=None)
    size: int | None = msgspec.field(name="fileSize", default=None)
    name: str = msgspec.field(name="fileName", default="")
    timestamp: int | None = None
    file_id: FileId | None = None
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDisplayName", default="")
    conf_id: str = ""


@event
class FileRequestSent(Event, frozen=True, kw_only=True):
    """A file goes out to somebody."""

    event: ClassVar[str] = "outgoingFileRequestSent"

    file_request_id: str = ""


@event
class FileRequestSentToConference(Event, frozen=True, kw_only=True):
    """A file goes out to everybody in the conference.

    timestamp: Seconds.
    size: Bytes.
    """

    event: ClassVar[str] = "outgoingFileRequestSentToConference"

    file_request_id: str = ""
    name: str = msgspec.field(name="fileName", default="")
    timestamp: int | None = None
    size: int | None = msgspec.field(name="fileSize", default=None)
    conf_id: str = ""
    file_id: FileId | None = None


@event
class FileRequestChanged(Event, frozen=True, kw_only=True):
    """A file on its way has another status.

    timestamp: Milliseconds.
    size: Bytes.
    """

    event: ClassVar[str] = "fileRequestStatusChanged"

    file_request_id: str = ""
    status: FileRequestStatus | None = None
    direction: FileRequestDirection | None = msgspec.field(name="directionType", default=None)
    name: str = msgspec.field(name="fileName", default="")
    timestamp: int | None = None
    size: int | None = msgspec.field(name="fileSize", default=None)
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDisplayName", default="")
    file_id: FileId | None = None
    conf_id: str = ""


@event
class FileForgotten(Event, frozen=True, kw_only=True):
    """A file left the history.

    size: Bytes.
    """

    event: ClassVar[str] = "fileDeletedFromFileTransferHistory"

    file_request_id: str = ""
    direction: FileRequestDirection | None = msgspec.field(name="directionType", default=None)
    name: str = msgspec.field(name="fileName", default="")
    size: int | None = msgspec.field(name="fileSize", default=None)
    timestamp: int | None = None
    removed_from_disk: bool | None = None
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    file_id: FileId | None = None
    conf_id: str = ""


@event
class TransferHistoryCleared(Event, frozen=True, kw_only=True):
    """The history of files is empty."""

    event: ClassVar[str] = "fileTransferHistoryCleared"


@event
class TransferAvailabilityChanged(Event, frozen=True, kw_only=True):
    """Files can be sent and received now, or cannot."""

    event: ClassVar[str] = "fileTransferAvailabilityChanged"

    available: bool | None = None


@event
class DownloadProgress(Event, frozen=True, kw_only=True):
    """How much of an incoming file is there; before 4.2.

    size: Bytes.
    done: Bytes.
    """

    event: ClassVar[str] = "fileDownloadingProgress"

    id: FileId | None = None
    size: int | None = msgspec.field(name="totalSize", default=None)
    done: int | None = msgspec.field(name="processedSize", default=None)
    speed: float | None = None
    status: int | None = None
    name: str = msgspec.field(name="fileName", default="")
    file_id: FileId | None = None
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDisplayName", default="")
    conf_id: str = ""
    timestamp: int | None = None


@event
class UploadProgress(Event, frozen=True, kw_only=True):
    """How much of an outgoing file has gone; before 4.2.

    size: Bytes.
    done: Bytes.
    """

    event: ClassVar[str] = "fileUploadingProgress"

    id: FileId | None = None
    size: int | None = msgspec.field(name="totalSize", default=None)
    done: int | None = msgspec.field(name="processedSize", default=None)
    speed: float | None = None
    status: int | None = None
    name: str = msgspec.field(name="fileName", default="")
    file_id: FileId | None = None
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDisplayName", default="")
    conf_id: str = ""
    timestamp: int | None = None
    direction: int | None = msgspec.field(name="directionType", default=None)
