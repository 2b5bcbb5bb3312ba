"""What newer terminals tell of files on their way: other events, each naming the request and describing the file."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from appliance.simulator.model.messaging.newer_transfers import DIRECTIONS, offer, status, timestamp, where
from appliance.simulator.model.messaging.transfer import INCOMING, Status, Transfer
from appliance.simulator.model.terminal_face import Face

Fields = dict[str, Any]
Told = Iterable[tuple[str, Fields]]
PERCENT = {Status.STARTED: 0, Status.DONE: 100}
"""How much of a file is there when its status changes; nothing is told between."""


def told(face: Face, name: str, fields: Fields) -> Told:
    """Returns the events, with their names, that a newer terminal sends for one of an older one."""
    tell = _TOLD.get(name)
    return ((name, fields),) if tell is None else tell(face, fields)


def _received(face: Face, fields: Fields) -> Told:
    named = {name: value for name, value in fields.items() if name != "id"}
    yield "receivedFileRequest", {**named, **offer(face.transfer(fields["id"]))}


def _answered(name: str) -> Callable[[Face, Fields], Told]:
    def tell(face: Face, fields: Fields) -> Told:
        transfer = face.transfer(fields["id"])
        yield name, {**_about(transfer), **face.party_of(transfer)}

    return tell


def _sent(face: Face, fields: Fields) -> Told:
    yield "outgoingFileRequestSent", {"fileRequestId": face.transfer(fields["id"]).request_id}


def _sent_to_all(face: Face, fields: Fields) -> Told:
    yield "outgoingFileRequestSentToConference", _about(face.transfer(fields["id"]))


def _status(face: Face, fields: Fields) -> Told:
    """A file to everybody tells its progress only, as far as is known."""
    transfer = face.transfer(fields["id"])
    party = {{"peerDn": "peerDisplayName"}.get(name, name): who for name, who in face.party_of(transfer).items()}
    about = {**_about(transfer), **party}
    if transfer.peer_id:
        numbers = {"status": status(transfer), "directionType": int(DIRECTIONS[transfer.direction])}
        yield "fileRequestStatusChanged", {**about, **numbers, "timestamp": transfer.time * 1000}
    if transfer.status not in PERCENT:
        return
    done = {"processedPercents": PERCENT[transfer.status]}
    if transfer.direction == INCOMING:
        yield "incomingFileRequestDownloadingProgress", {"fileRequestId": transfer.request_id, **done}
    else:
        yield "outgoingFileRequestUploadingProgress", {**about, **done}


def _about(transfer: Transfer) -> Fields:
    about = {"fileRequestId": transfer.request_id, "fileName": transfer.name, "fileSize": transfer.size}
    return {**about, "timestamp": timestamp(transfer), **where(transfer)}


def _deleted(_face: Face, fields: Fields) -> Told:
    yield "fileDeletedFromFileTransferHistory", {"fileId": fields["file"], "removedFromDisk": True}


def _renamed(name: str) -> Callable[[Face, Fields], Told]:
    return lambda _face, fields: ((name, fields),)


_TOLD: Mapping[str, Callable[[Face, Fields], Told]] = {
    "receivedFileRequest": _received,
    "fileAccepted": _answered("incomingFileRequestAccepted"),
    "fileRejected": _answered("incomingFileRequestRejected"),
    "fileSent": _sent,
    "fileConferenceSent": _sent_to_all,
    "fileStatus": _status,
    "fileTransferFileDeleted": _deleted,
    "fileTransferCleared": _renamed("fileTransferHistoryCleared"),
    "fileTransferAvailable": _renamed("fileTransferAvailabilityChanged"),
}
