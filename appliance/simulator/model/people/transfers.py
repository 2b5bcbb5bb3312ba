"""Sending files to people and receiving theirs: requests, progress, history, and the PIN for sharing."""

import math
import secrets
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import msgspec

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Impossible, Refused
from appliance.simulator.model.parameters import FLAG, NUMBERED, STRING, TEXT
from appliance.simulator.model.table import IN_CONFERENCE, LOGGED_IN, Fields, Request, Table, asking, doing, given

if TYPE_CHECKING:
    from appliance.simulator.model.machine.files import StoredFile
    from appliance.simulator.model.terminal import Terminal

SPEED = 1_000_000  # bytes a second
INCOMING, OUTGOING = 1, 2  # `directionType` and `type`


class Status(IntEnum):
    """`status` of a transfer."""

    BROKEN = 0
    NOT_STARTED = 1
    STARTED = 2
    DONE = 3
    FAILED = 4
    WAITING = 5  # for a yes or no


class Transfer:
    """One file on its way; `peer_id` empty where the room sends it to everybody in a conference."""

    def __init__(self, number: int, direction: int, name: str, peer_id: str, conf_id: str) -> None:
        self.number = number
        self.direction = direction
        self.name = name
        self.peer_id = peer_id
        self.conf_id = conf_id  # empty outside of group conferences
        self.status = Status.WAITING
        self.data = b""
        self.step_at = math.inf  # monotonic seconds


class Done(msgspec.Struct, frozen=True):
    """A finished transfer, for the history; `time` in Unix seconds."""

    file_id: int
    name: str
    size: int
    time: int
    direction: int
    peer_id: str
    conf_id: str


class Transfers:
    """Every transfer since the start; available while the terminal is logged in."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._count = 0
        self._transfers: dict[int, Transfer] = {}
        self._history: list[Done] = []
        self.pin = terminal.options.transfer_pin or _new_pin()
        self._told_available = terminal.uplink.logged_in

    @property
    def due(self) -> float:
        """When the next transfer makes a step."""
        return min((transfer.step_at for transfer in self._transfers.values()), default=math.inf)

    def describe(self, direction: int) -> Fields:
        """The fields of the replies to `getFileRequests` (incoming) and `getFileUploads` (outgoing)."""
        return {"files": [self._describe(t) for t in self._transfers.values() if t.direction == direction]}

    def info(self) -> Fields:
        """The fields of the reply to `getFileTransferInfo`."""
        url = f"http://{self._terminal.options.host}:{self._terminal.http.open_port}/{self.pin}"
        return {"files": [self._done(done) for done in self._history], "sharedFilesUrl": url, "pin": self.pin}

    # the room

    def send(self, file_id: int | str, peer_id: str) -> None:
        """The room sends a stored file to somebody."""
        file, peer = self._available(file_id), self._terminal.directory.find(peer_id)
        if peer is None:
            raise Refused(errors.UNKNOWN_PEER)
        transfer = self._new(OUTGOING, file.name, peer.peer_id, "")
        party = self._terminal.directory.party(peer.peer_id)
        number = {"id": transfer.number, "confId": self._conf_id()}
        self._terminal.emit("fileSent", name=file.name, **number, **party, fileId=str(file.id))
        self._begin_outgoing(transfer, file, reachable=peer.online)

    def send_to_all(self, file_id: int | str) -> None:
        """The room sends a stored file to everybody in its group conference."""
        conference = self._terminal.calls.going_on()
        if not conference.group:
            raise Refused(errors.NOT_GROUP)
        file = self._available(file_id)
        transfer = self._new(OUTGOING, file.name, "", conference.conf_id)
        number = {"id": transfer.number, "confId": conference.conf_id}
        self._terminal.emit("fileConferenceSent", name=file.name, **number, fileId=str(file.id))
        self._begin_outgoing(transfer, file, reachable=True)

    def accept(self, number: int | str) -> None:
        """The room takes a file that somebody offers."""
        transfer = self._offered(number)
        self._terminal.emit("fileAccepted", id=transfer.number, confId=self._conf_id())
        self._enter(transfer, Status.STARTED, after=len(transfer.data) / SPEED)

    def reject(self, number: int | str) -> None:
        """The room does not take a file that somebody offers."""
        transfer = self._offered(number)
        del self._transfers[transfer.number]
        self._terminal.emit("fileRejected", id=transfer.number, confId=self._conf_id())

    def clear(self) -> None:
        """The history is forgotten, and its files are deleted."""
        for done in self._history:
            self._forget_file(done.file_id)
        self._history.clear()
        self._terminal.emit("fileTransferCleared")

    def delete(self, file_id: int | str) -> None:
        """One file is deleted, also from the history."""
        file = self._terminal.files.get(file_id)
        self._terminal.files.remove(file.id)
        self._history = [done for done in self._history if done.file_id != file.id]
        self._terminal.emit("fileTransferFileDeleted", file=file.id)

    def reset_pin(self) -> Fields:
        """A new PIN for sharing; the fields of the reply."""
        self.pin = _new_pin(self.pin)
        self._terminal.emit("fileTransferPinChanged", pin=self.pin)
        return {"newPin": self.pin}

    def check_pin(self, pin: str | None) -> None:
        """Refuses a PIN that is not the one for sharing; somebody who came in by it needs not say it."""
        if pin is not None and pin.upper() != self.pin:
            raise Refused(errors.WRONG_PIN)

    # the others

    def offered(self, peer_id: str, name: str, size: int) -> None:
        """Somebody wants to send the room a file of so many bytes."""
        if not self._terminal.uplink.logged_in or peer_id in self._terminal.blocked:
            raise Impossible(f"{peer_id} cannot reach the room now")
        conference = self._terminal.calls.conference
        group = conference.conf_id if conference is not None and conference.group else ""
        transfer = self._new(INCOMING, name, peer_id, group)
        transfer.data = bytes(size)
        about = {**self._terminal.directory.party(peer_id), "fileName": name, "confId": self._conf_id()}
        self._terminal.emit("receivedFileRequest", id=transfer.number, **about)

    def check_availability(self) -> None:
        """Tells whether files go and come, where that has changed; what was on its way is lost without a login."""
        available = self._terminal.uplink.logged_in
        if available is self._told_available:
            return
        self._told_available = available
        self._terminal.emit("fileTransferAvailable", available=available)
        if available:
            return
        for transfer in [t for t in self._transfers.values() if t.step_at < math.inf]:
            self._enter(transfer, Status.FAILED)

    def advance(self) -> None:
        """Does what is due: a transfer starts, or is through."""
        now = self._terminal.now()
        for transfer in [t for t in self._transfers.values() if now >= t.step_at]:
            if transfer.status is Status.WAITING:
                self._enter(transfer, Status.STARTED, after=len(transfer.data) / SPEED)
            else:
                self._finish(transfer)

    # how

    def _begin_outgoing(self, transfer: Transfer, file: "StoredFile", *, reachable: bool) -> None:
        transfer.data = file.data
        if reachable:
            transfer.step_at = self._terminal.now() + self._terminal.options.connect_time
        else:
            self._enter(transfer, Status.NOT_STARTED)

    def _finish(self, transfer: Transfer) -> None:
        stored = self._terminal.files.add(transfer.name, transfer.data) if transfer.direction == INCOMING else None
        file_id = stored.id if stored else self._id_of(transfer)
        time = int(self._terminal.wall_clock())
        size = len(transfer.data)
        self._history.append(
            Done(file_id, transfer.name, size, time, transfer.direction, transfer.peer_id, transfer.conf_id)
        )
        transfer.data = b""
        self._enter(transfer, Status.DONE)

    def _id_of(self, transfer: Transfer) -> int:
        names = {file["fileName"]: int(file["fileId"]) for file in self._terminal.files.describe()}
        return names.get(transfer.name, 0)

    def _enter(self, transfer: Transfer, status: Status, *, after: float = math.inf) -> None:
        transfer.status = status
        transfer.step_at = self._terminal.now() + after
        self._terminal.emit(
            "fileStatus",
            id=transfer.number,
            status=int(status),
            directionType=transfer.direction,
            confId=self._conf_id(),
        )

    def _new(self, direction: int, name: str, peer_id: str, conf_id: str) -> Transfer:
        self._count += 1
        self._transfers[self._count] = Transfer(self._count, direction, name, peer_id, conf_id)
        return self._transfers[self._count]

    def _available(self, file_id: int | str) -> "StoredFile":
        if not self._terminal.uplink.logged_in:
            raise Refused(errors.TRANSFER_NOT_AVAILABLE)
        return self._terminal.files.get(file_id)

    def _offered(self, number: int | str) -> Transfer:
        transfer = self._transfers.get(int(number))
        if transfer is None or transfer.direction != INCOMING or transfer.status is not Status.WAITING:
            raise Refused(errors.UNKNOWN_REQUEST)
        return transfer

    def _forget_file(self, file_id: int) -> None:
        if any(file["fileId"] == str(file_id) for file in self._terminal.files.describe()):
            self._terminal.files.remove(file_id)

    def _conf_id(self) -> str:
        conference = self._terminal.calls.conference
        return conference.conf_id if conference else ""

    def _describe(self, transfer: Transfer) -> dict[str, Any]:
        party = self._terminal.directory.party(transfer.peer_id) if transfer.peer_id else {}
        where = {"confId": transfer.conf_id} if transfer.conf_id else {}
        return {"id": transfer.number, **party, "name": transfer.name, **where, "status": int(transfer.status)}

    def _done(self, done: Done) -> dict[str, Any]:
        party = self._terminal.directory.party(done.peer_id) if done.peer_id else {}
        where = {"confId": done.conf_id} if done.conf_id else {}
        about = {"name": done.name, "time": done.time, "type": done.direction, "size": done.size, "id": done.file_id}
        return {**party, **about, **where}


def _new_pin(old: str = "") -> str:
    while (pin := f"{secrets.randbelow(0x1000):03X}") == old:
        pass
    return pin


def _show_tools(terminal: "Terminal", request: Request) -> None:
    terminal.settings.change({"showFileTransferTools": request["show"]}, logged_in=True)


_FILE = {"fileId": NUMBERED}
_ID = {"id": NUMBERED}

TRANSFERS: Table = {
    "getFileTransferAvailability": asking(lambda terminal: {"available": terminal.uplink.logged_in}),
    "getFileRequests": asking(lambda terminal: terminal.transfers.describe(INCOMING)),
    "getFileUploads": asking(lambda terminal: terminal.transfers.describe(OUTGOING)),
    "getFileTransferInfo": asking(lambda terminal: terminal.transfers.info()),
    "getFileTransferPIN": asking(lambda terminal: {"pin": terminal.transfers.pin}),
    "acceptFile": given(
        lambda terminal, request: terminal.transfers.accept(request["id"]), _ID, events=("fileAccepted", "fileStatus")
    ),
    "rejectFile": given(
        lambda terminal, request: terminal.transfers.reject(request["id"]), _ID, events=("fileRejected",)
    ),
    "sendFile": given(
        lambda terminal, request: terminal.transfers.send(request["fileId"], request["peerId"]),
        {**_FILE, "peerId": TEXT},
        states=LOGGED_IN,
        events=("fileSent", "fileStatus"),
    ),
    "sendConferenceFile": given(
        lambda terminal, request: terminal.transfers.send_to_all(request["fileId"]),
        _FILE,
        states=IN_CONFERENCE,
        events=("fileConferenceSent", "fileStatus"),
    ),
    "clearFileTransfer": doing(lambda terminal: terminal.transfers.clear(), events=("fileTransferCleared",)),
    "deleteFileTransferFile": given(
        lambda terminal, request: terminal.transfers.delete(request["fileId"]),
        _FILE,
        events=("fileTransferFileDeleted",),
    ),
    "resetFileTransferPIN": given(
        lambda terminal, _request: terminal.transfers.reset_pin(), {}, events=("fileTransferPinChanged",)
    ),
    "checkFileTransferPIN": given(
        lambda terminal, request: terminal.transfers.check_pin(request.get("pin")), {}, takes={"pin": STRING}
    ),
    "getShowFileTransferTools": asking(
        lambda terminal: {"displaying": terminal.settings.values["showFileTransferTools"]}
    ),
    "setShowFileTransferTools": given(_show_tools, {"show": FLAG}, events=("settingsChanged", "showFileTransferTools")),
}
