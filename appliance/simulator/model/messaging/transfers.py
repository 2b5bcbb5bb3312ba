"""Sending files to people and receiving theirs.

A file that the room sends starts after `connect_time` and takes as long as its size needs at `SPEED`; one that
somebody offers waits until a client accepts or rejects it. Every step is reported by `fileStatus`. Finished
transfers are kept as history with the id of their file. Without a login, what is under way fails. A file for another
simulated room waits until that room accepts or rejects it.
"""

import math
import secrets

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Impossible, Refused
from appliance.simulator.model.common.outgoing import Act, Outgoing
from appliance.simulator.model.common.table import Fields
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.machine.files import Files, StoredFile
from appliance.simulator.model.machine.http_service import HttpService
from appliance.simulator.model.machine.uplink import Uplink
from appliance.simulator.model.messaging.transfer import INCOMING, OUTGOING, Done, Status, Transfer
from appliance.simulator.model.people.block_list import BlockList
from appliance.simulator.model.people.directory import Directory

SPEED = 1_000_000  # bytes a second


class Transfers:
    """Every transfer since the start, by number; available while the terminal is logged in.

    `act` does something to others.
    """

    def __init__(
        self,
        context: Context,
        files: Files,
        directory: Directory,
        blocked: BlockList,
        uplink: Uplink,
        http: HttpService,
        current: CurrentCall,
        act: Act,
    ) -> None:
        self._options = context.options
        self._now = context.now
        self._wall_clock = context.wall_clock
        self._emit = context.emit
        self._files = files
        self._directory = directory
        self._blocked = blocked
        self._uplink = uplink
        self._http = http
        self._current = current
        self._act = act
        self._count = 0
        self._transfers: dict[int, Transfer] = {}
        self._history: list[Done] = []
        self.pin = context.options.transfer_pin or _new_pin()
        self._reported_available = uplink.logged_in

    @property
    def due(self) -> float:
        """When the next transfer makes a step; infinity while none will."""
        return min((transfer.step_at for transfer in self._transfers.values()), default=math.inf)

    def describe(self, direction: int) -> Fields:
        """Returns the fields of the replies to `getFileRequests` (incoming) and `getFileUploads` (outgoing)."""
        return {"files": [self._describe(transfer) for transfer in self.all(direction)]}

    def all(self, direction: int) -> list[Transfer]:
        """Returns what goes in one direction, under way or finished."""
        return [transfer for transfer in self._transfers.values() if transfer.direction == direction]

    def get(self, number: int) -> Transfer:
        """Returns a transfer by its number."""
        return self._transfers[number]

    def requested(self, request_id: str) -> Transfer:
        """Returns a transfer by the name that newer terminals give it; refused if there is none."""
        found = (transfer for transfer in self._transfers.values() if transfer.request_id == request_id)
        if (transfer := next(found, None)) is None:
            raise Refused(errors.UNKNOWN_REQUEST)
        return transfer

    def party(self, transfer: Transfer) -> Fields:
        """Returns who is at the other end; nothing for a file to everybody."""
        return self._directory.party(transfer.peer_id) if transfer.peer_id else {}

    @property
    def latest(self) -> str:
        """The name of the newest transfer with newer terminals."""
        return self._transfers[self._count].request_id

    def info(self) -> Fields:
        """Returns the fields of the reply to `getFileTransferInfo`."""
        url = f"http://{self._options.host}:{self._http.open_port}/{self.pin}"
        return {"files": [self._done(done) for done in self._history], "sharedFilesUrl": url, "pin": self.pin}

    # what the room does

    def send(self, file_id: int | str, peer_id: str) -> None:
        """Sends a stored file to somebody; refused if either is unknown or nobody is logged in."""
        file, peer = self._available(file_id), self._directory.find(peer_id)
        if peer is None:
            raise Refused(errors.UNKNOWN_PEER)
        transfer = self._new(OUTGOING, file.name, file.data, peer.peer_id, "", file_id=file.id)
        party = self._directory.party(peer.peer_id)
        number = {"id": transfer.number, **self._current.group}
        self._emit("fileSent", name=file.name, **number, **party, fileId=str(file.id))
        if peer.room and peer.online:
            self._offer(peer.peer_id, file, number=transfer.number)
        else:
            self._begin_outgoing(transfer, reachable=peer.online)

    def send_to_all(self, file_id: int | str) -> None:
        """Sends a stored file to everybody in the group conference."""
        conference = self._current.going_on()
        if not conference.group:
            raise Refused(errors.NOT_GROUP)
        file = self._available(file_id)
        transfer = self._new(OUTGOING, file.name, file.data, "", conference.conf_id, file_id=file.id)
        number = {"id": transfer.number, "confId": conference.conf_id}
        self._emit("fileConferenceSent", name=file.name, **number, fileId=str(file.id))
        for peer in conference.members:
            self._offer(peer.peer_id, file)
        self._begin_outgoing(transfer, reachable=True)

    def accept(self, number: int | str) -> None:
        """Accepts a file that somebody offers."""
        transfer = self._offered(number)
        self._answer("take_file", transfer)
        self._emit("fileAccepted", id=transfer.number, **self._current.group)
        self._enter(transfer, Status.STARTED, after=len(transfer.data) / SPEED)

    def reject(self, number: int | str) -> None:
        """Rejects a file that somebody offers."""
        transfer = self._offered(number)
        self._answer("refuse_file", transfer)
        self._emit("fileRejected", id=transfer.number, **self._current.group)
        del self._transfers[transfer.number]

    def clear(self, *, delete: bool = True) -> None:
        """Clears the history and deletes its files, or leaves them."""
        for done in self._history if delete else ():
            self._forget_file(done.file_id)
        self._history.clear()
        self._emit("fileTransferCleared")

    def delete(self, file_id: int | str) -> None:
        """Deletes one file, also from the history."""
        file = self._files.get(file_id)
        self._files.remove(file.id)
        self._history = [done for done in self._history if done.file_id != file.id]
        self._emit("fileTransferFileDeleted", file=file.id)

    def reset_pin(self) -> Fields:
        """Changes the PIN for sharing; returns the fields of the reply."""
        self.pin = _new_pin(self.pin)
        self._emit("fileTransferPinChanged", pin=self.pin)
        return {"newPin": self.pin}

    def check_pin(self, pin: str) -> None:
        """Refuses a PIN that is not the one for sharing."""
        if pin.upper() != self.pin:
            raise Refused(errors.WRONG_PIN)

    # what the far side does

    def offered(self, peer_id: str, name: str, data: bytes, number: int | None) -> None:
        """Receives the offer of a file, under its number in the other room; `Impossible` if it cannot get through."""
        if not self._uplink.logged_in or peer_id in self._blocked:
            raise Impossible(f"{peer_id} cannot reach the room now")
        transfer = self._new(INCOMING, name, data, peer_id, self._current.group.get("confId", ""))
        transfer.theirs = number
        about = {**self._directory.party(peer_id), "fileName": name, **self._current.group}
        self._emit("receivedFileRequest", id=transfer.number, **about)

    def answered(self, peer_id: str, number: int, *, taken: bool) -> None:
        """Receives another room's answer to a file of this one."""
        transfer = self._transfers.get(number)
        if transfer is None or transfer.peer_id != peer_id or transfer.status is not Status.WAITING:
            raise Impossible(f"{peer_id} has not been offered that file")
        if taken:
            transfer.step_at = self._now() + self._options.connect_time
        else:
            self._enter(transfer, Status.NOT_STARTED)

    def check_availability(self) -> None:
        """Reports whether files can be sent, if that has changed; without a login, what is under way fails."""
        available = self._uplink.logged_in
        if available is self._reported_available:
            return
        self._reported_available = available
        self._emit("fileTransferAvailable", available=available)
        if available:
            return
        for transfer in [t for t in self._transfers.values() if t.step_at < math.inf]:
            self._enter(transfer, Status.FAILED)

    def advance(self) -> None:
        """Does what is due: a transfer starts, or is done."""
        now = self._now()
        for transfer in [t for t in self._transfers.values() if now >= t.step_at]:
            if transfer.status is Status.WAITING:
                self._enter(transfer, Status.STARTED, after=len(transfer.data) / SPEED)
            else:
                self._finish(transfer)

    def _offer(self, peer_id: str, file: StoredFile, *, number: int | None = None) -> None:
        self._act(Outgoing("send_file", peer_id, {"name": file.name, "content": file.data, "number": number}))

    def _answer(self, verb: str, transfer: Transfer) -> None:
        if transfer.theirs is not None:
            self._act(Outgoing(verb, transfer.peer_id, {"number": transfer.theirs}))

    def _begin_outgoing(self, transfer: Transfer, *, reachable: bool) -> None:
        if reachable:
            transfer.step_at = self._now() + self._options.connect_time
        else:
            self._enter(transfer, Status.NOT_STARTED)

    def _finish(self, transfer: Transfer) -> None:
        stored = self._files.add(transfer.name, transfer.data) if transfer.direction == INCOMING else None
        transfer.file_id = file_id = stored.id if stored else self._id_of(transfer)
        time = int(self._wall_clock())
        size = len(transfer.data)
        self._history.append(
            Done(file_id, transfer.name, size, time, transfer.direction, transfer.peer_id, transfer.conf_id)
        )
        transfer.data = b""
        self._enter(transfer, Status.DONE)

    def _id_of(self, transfer: Transfer) -> int:
        names = {file["fileName"]: int(file["fileId"]) for file in self._files.describe()}
        return names.get(transfer.name, 0)

    def _enter(self, transfer: Transfer, status: Status, *, after: float = math.inf) -> None:
        transfer.status = status
        transfer.step_at = self._now() + after
        self._emit(
            "fileStatus",
            id=transfer.number,
            status=int(status),
            directionType=transfer.direction,
            **self._current.group,
        )

    def _new(
        self, direction: int, name: str, data: bytes, peer_id: str, conf_id: str, *, file_id: int | None = None
    ) -> Transfer:
        self._count += 1
        time = int(self._wall_clock())
        transfer = Transfer(self._count, direction, name, data, peer_id=peer_id, conf_id=conf_id, time=time)
        transfer.file_id = file_id
        self._transfers[self._count] = transfer
        return transfer

    def _available(self, file_id: int | str) -> StoredFile:
        if not self._uplink.logged_in:
            raise Refused(errors.TRANSFER_NOT_AVAILABLE)
        return self._files.get(file_id)

    def _offered(self, number: int | str) -> Transfer:
        transfer = self._transfers.get(int(number))
        if transfer is None or transfer.direction != INCOMING or transfer.status is not Status.WAITING:
            raise Refused(errors.UNKNOWN_REQUEST)
        return transfer

    def _forget_file(self, file_id: int) -> None:
        if any(file["fileId"] == str(file_id) for file in self._files.describe()):
            self._files.remove(file_id)

    @property
    def available(self) -> bool:
        """Whether files can be sent and received."""
        return self._uplink.logged_in

    def _describe(self, transfer: Transfer) -> Fields:
        where = {"confId": transfer.conf_id} if transfer.conf_id else {}
        about = {"name": transfer.name, **where, "status": int(transfer.status)}
        return {"id": transfer.number, **self.party(transfer), **about}

    def _done(self, done: Done) -> Fields:
        party = self._directory.party(done.peer_id) if done.peer_id else {}
        where = {"confId": done.conf_id} if done.conf_id else {}
        about = {"name": done.name, "time": done.time, "type": done.direction, "size": done.size, "id": done.file_id}
        return {**party, **about, **where}


def _new_pin(old: str = "") -> str:
    while (pin := f"{secrets.randbelow(0x1000):03X}") == old:
        pass
    return pin
