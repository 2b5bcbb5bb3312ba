"""Files on their way as newer terminals have them: by request, with other numbers for status and direction."""

from appliance.simulator.model.common.parameters import FLAG, NUMBERED, TEXT
from appliance.simulator.model.common.table import IN_CONFERENCE, Fields, Request, Table, asking, given
from appliance.simulator.model.messaging.transfer import INCOMING, OUTGOING, Status, Transfer
from appliance.simulator.model.messaging.transfers import Transfers
from appliance.terminal.messages.newer.values import FileRequestDirection, FileRequestStatus

DIRECTIONS = {INCOMING: FileRequestDirection.INCOMING, OUTGOING: FileRequestDirection.OUTGOING}
STATUSES = {
    Status.WAITING: FileRequestStatus.WAITING,
    Status.STARTED: FileRequestStatus.ACCEPTED,
    Status.DONE: FileRequestStatus.DONE,
}
"""The others are failures."""


def status(transfer: Transfer) -> int:
    """Returns the number of what has become of a transfer."""
    return int(STATUSES.get(transfer.status, FileRequestStatus.FAILED))


def timestamp(transfer: Transfer) -> int:
    """Returns when it began: milliseconds of incoming files, seconds of outgoing ones."""
    return transfer.time * 1000 if transfer.direction == INCOMING else transfer.time


def offer(transfer: Transfer) -> Fields:
    """Returns what a newer terminal adds to the offer of a file."""
    return {"fileRequestId": transfer.request_id, "fileSize": transfer.size, "timestamp": timestamp(transfer)}


def where(transfer: Transfer) -> Fields:
    """Returns the conference of a transfer and its file, where it has them."""
    known = {"confId": transfer.conf_id or None, "fileId": transfer.file_id}
    return {name: value for name, value in known.items() if value is not None}


def _describe(transfers: Transfers, transfer: Transfer) -> Fields:
    about = {"fileRequestId": transfer.request_id, "fileName": transfer.name, "size": transfer.size}
    more = {"status": status(transfer), "timestamp": timestamp(transfer)}
    return {**about, **transfers.party(transfer), **more, **where(transfer)}


def _list(transfers: Transfers, direction: int) -> list[Fields]:
    return [_describe(transfers, transfer) for transfer in transfers.all(direction)]


def _history(transfers: Transfers) -> Fields:
    done = (each for direction in DIRECTIONS for each in transfers.all(direction) if each.status is Status.DONE)
    return {"files": [_describe(transfers, transfer) for transfer in done]}


def _send(transfers: Transfers, request: Request) -> Fields:
    transfers.send_to_all(request["fileId"])
    return {"sentFileRequestId": transfers.latest}


def _number(transfers: Transfers, request: Request) -> int:
    return transfers.requested(request["fileRequestId"]).number


_REQUEST = {"fileRequestId": TEXT}

NEWER_TRANSFERS: Table[Transfers] = {
    "acceptIncomingFileRequest": given(
        lambda transfers, request: transfers.accept(_number(transfers, request)),
        _REQUEST,
        events=("incomingFileRequestAccepted", "fileRequestStatusChanged", "incomingFileRequestDownloadingProgress"),
    ),
    "rejectIncomingFileRequest": given(
        lambda transfers, request: transfers.reject(_number(transfers, request)),
        _REQUEST,
        events=("incomingFileRequestRejected",),
    ),
    "getIncomingFilesRequests": asking(lambda transfers: {"incomingFilesRequests": _list(transfers, INCOMING)}),
    "getOutgoingFilesRequests": asking(lambda transfers: {"outgoingFilesRequests": _list(transfers, OUTGOING)}),
    "getFileRequestInfo": given(
        lambda transfers, request: _describe(transfers, transfers.requested(request["fileRequestId"])), _REQUEST
    ),
    "getFileTransferHistory": asking(_history),
    "clearFileTransferHistory": given(
        lambda transfers, request: transfers.clear(delete=request["deleteFilesFromDisk"]),
        {"deleteFilesFromDisk": FLAG},
        events=("fileTransferHistoryCleared",),
    ),
    "sendFileToConference": given(
        _send,
        {"fileId": NUMBERED},
        states=IN_CONFERENCE,
        events=("outgoingFileRequestSentToConference", "outgoingFileRequestUploadingProgress"),
    ),
}
