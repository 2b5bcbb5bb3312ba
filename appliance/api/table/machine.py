"""The machine: restart, update, backup, restore and reset."""

from typing import Final

from appliance.api.able import Able, Answered
from appliance.api.table.operation import BODY, Header, Operation, maintains
from appliance.maintain.machine import LARGEST
from appliance.maintain.wishes import Backup, Encoded, Reboot, Renewal, Reset, Restart
from appliance.panel.maintenance.sent import PASSPHRASE
from appliance.runtime.web.uploads import FILE

KEEPING: Final = 200.0  # seconds: the box itself gives up on a backup after 180
SENDING: Final = 500.0  # seconds: a restore is sent in 300 at most

OPERATIONS: Final[tuple[Operation, ...]] = (
    maintains(
        name="getMachine",
        path="/machine",
        summary="What can be done with the machine, and which version it has",
        answers=Able,
    ),
    maintains(
        name="restartMachine",
        method="POST",
        path="/machine/restart",
        summary="Restart the firmware",
        about="As soon as nobody is in a call, or `now`. A call goes on at the terminal.",
        asks=Restart,
        answers=Answered,
        refuses=BODY,
    ),
    maintains(
        name="rebootMachine",
        method="POST",
        path="/machine/reboot",
        summary="Restart the machine",
        asks=Reboot,
        answers=Answered,
        refuses=BODY,
    ),
    maintains(
        name="updateMachine",
        method="POST",
        path="/machine/update",
        summary="Look for a new version, or install it",
        about="The answer does not wait for it: `getMachine` says how far it is.",
        asks=Renewal,
        answers=Answered,
        refuses=BODY,
    ),
    maintains(
        name="backUpMachine",
        method="POST",
        path="/machine/backup",
        summary="Make a backup and fetch it",
        media_types=(FILE,),
        asks=Backup,
        answers=bytes,
        within=KEEPING,
        refuses={**BODY, 409: "There is no backup to be had; `detail` says why."},
    ),
    maintains(
        name="restoreMachine",
        method="POST",
        path="/machine/restore",
        summary="Make the box what a backup says",
        about=f"The body is the file as it was fetched, of at most {LARGEST} bytes.",
        asks=bytes,
        takes=FILE,
        answers=Answered,
        within=SENDING,
        headers=(Header(PASSPHRASE, "What the file is encrypted under, as percent-encoded UTF-8.", Encoded),),
        query=(
            Header("sure", "Whoever asks knows what it does; otherwise the answer says so.", bool),
            Header("in_call", "Also while somebody is in a call.", bool),
        ),
        refuses={**BODY, 411: "`Content-Length` is missing."},
    ),
    maintains(
        name="resetMachine",
        method="POST",
        path="/machine/reset",
        summary="Make the box forget its room",
        asks=Reset,
        answers=Answered,
        refuses=BODY,
    ),
)
