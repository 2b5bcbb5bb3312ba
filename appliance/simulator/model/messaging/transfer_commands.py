"""The commands about file transfers."""

from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import NUMBERED, STRING, TEXT
from appliance.simulator.model.common.session import Session
from appliance.simulator.model.common.table import IN_CONFERENCE, LOGGED_IN, Request, Rule, Table, asking, doing, given
from appliance.simulator.model.messaging.transfer import INCOMING, OUTGOING
from appliance.simulator.model.messaging.transfers import Transfers


def _check_pin(transfers: Transfers, session: Session, request: Request) -> None:
    """A client that authorised by a PIN needs none here."""
    if "pin" in request:
        transfers.check_pin(request["pin"])
    elif not session.by_pin:
        raise Refused("missing parameter: pin")


_FILE = {"fileId": NUMBERED}
_ID = {"id": NUMBERED}

TRANSFERS: Table[Transfers] = {
    "getFileTransferAvailability": asking(lambda transfers: {"available": transfers.available}),
    "getFileRequests": asking(lambda transfers: transfers.describe(INCOMING)),
    "getFileUploads": asking(lambda transfers: transfers.describe(OUTGOING)),
    "getFileTransferInfo": asking(Transfers.info),
    "getFileTransferPIN": asking(lambda transfers: {"pin": transfers.pin}),
    "acceptFile": given(
        lambda transfers, request: transfers.accept(request["id"]), _ID, events=("fileAccepted", "fileStatus")
    ),
    "rejectFile": given(lambda transfers, request: transfers.reject(request["id"]), _ID, events=("fileRejected",)),
    "sendFile": given(
        lambda transfers, request: transfers.send(request["fileId"], request["peerId"]),
        {**_FILE, "peerId": TEXT},
        states=LOGGED_IN,
        events=("fileSent", "fileStatus"),
    ),
    "sendConferenceFile": given(
        lambda transfers, request: transfers.send_to_all(request["fileId"]),
        _FILE,
        states=IN_CONFERENCE,
        events=("fileConferenceSent", "fileStatus"),
    ),
    "clearFileTransfer": doing(Transfers.clear, events=("fileTransferCleared",)),
    "deleteFileTransferFile": given(
        lambda transfers, request: transfers.delete(request["fileId"]),
        _FILE,
        events=("fileTransferFileDeleted",),
    ),
    "resetFileTransferPIN": given(
        lambda transfers, _request: transfers.reset_pin(), {}, events=("fileTransferPinChanged",)
    ),
    "checkFileTransferPIN": Rule(_check_pin, takes={"pin": STRING}),
}
