"""Files on the terminal's HTTP server, and files on their way to and from people.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.files import (
    AcceptFile,
    AvailabilityReply,
    CheckFilePin,
    ClearFiles,
    DeleteFile,
    FileListReply,
    FilePinReply,
    FileSendingReply,
    FileToolsReply,
    GetFileList,
    GetFilePin,
    GetFileTools,
    GetFileTransferAvailability,
    GetFileTransferInfo,
    GetIncomingFiles,
    GetOutgoingFiles,
    NewFilePinReply,
    RejectFile,
    ResetFilePin,
    SendConferenceFile,
    SendFile,
    SetFileTools,
    TransferInfoReply,
    TransfersReply,
)


class Files(CommandGroup):
    """Files on the terminal's HTTP server, and files on their way to and from people."""

    async def list(self) -> FileListReply:
        """Asks for the files on the terminal's HTTP server.

        Method `getFileList`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetFileList(), FileListReply)

    async def available(self) -> AvailabilityReply:
        """Asks whether files can be sent and received now.

        Method `getFileTransferAvailability`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetFileTransferAvailability(), AvailabilityReply)

    async def incoming(self) -> TransfersReply:
        """Asks for the files that others sent.

        Method `getFileRequests`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetIncomingFiles(), TransfersReply)

    async def outgoing(self) -> TransfersReply:
        """Asks for the files that the terminal sends.

        Method `getFileUploads`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetOutgoingFiles(), TransfersReply)

    async def accept(self, transfer: int | str) -> None:
        """Takes a file that somebody sends.

        `transfer`: The number of the transfer.

        Method `acceptFile`; for administrator and user. May be followed by: fileAccepted, fileStatus. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(AcceptFile(transfer=transfer), Reply)

    async def reject(self, transfer: int | str) -> None:
        """Declines a file that somebody sends.

        `transfer`: The number of the transfer.

        Method `rejectFile`; for administrator and user. May be followed by: fileRejected. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RejectFile(transfer=transfer), Reply)

    async def send(
        self, file_id: int | str, peer_id: str, *, call_id: str | msgspec.UnsetType = msgspec.UNSET
    ) -> FileSendingReply:
        """Sends somebody a file of the terminal's HTTP server.

        `file_id`: A file on the terminal's HTTP server.
        `peer_id`: A TrueConf ID.
        `call_id`: The same as `peer_id`, for newer terminals, which may ask for this one.

        Method `sendFile`; for administrator and user. May be followed by: fileSent, fileStatus. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(SendFile(file_id=file_id, peer_id=peer_id, call_id=call_id), FileSendingReply)

    async def send_to_conference(self, file_id: int | str) -> None:
        """Sends a file of the terminal's HTTP server to everybody in the conference.

        `file_id`: A file on the terminal's HTTP server.

        Method `sendConferenceFile`; for administrator and user. May be followed by: fileConferenceSent, fileStatus.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SendConferenceFile(file_id=file_id), Reply)

    async def transfers(self) -> TransferInfoReply:
        """Asks for the files that were sent and received, and where they are shared.

        Method `getFileTransferInfo`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetFileTransferInfo(), TransferInfoReply)

    async def pin(self) -> FilePinReply:
        """Asks for the PIN of the shared files.

        Method `getFileTransferPIN`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetFilePin(), FilePinReply)

    async def new_pin(self) -> NewFilePinReply:
        """Makes a new PIN for the shared files.

        Method `resetFileTransferPIN`; for administrator and user. May be followed by: fileTransferPinChanged.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(ResetFilePin(), NewFilePinReply)

    async def check_pin(self, *, pin: str | msgspec.UnsetType = msgspec.UNSET) -> None:
        """Asks whether a PIN of the shared files is right: accepted if it is.

        `pin`: Left out by a connection that was itself authorised by that PIN.

        Method `checkFileTransferPIN`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(CheckFilePin(pin=pin), Reply)

    async def clear(self) -> None:
        """Deletes every shared file and the history of transfers.

        Method `clearFileTransfer`; for administrator and user. May be followed by: fileTransferCleared. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ClearFiles(), Reply)

    async def delete(self, file_id: int | str) -> None:
        """Deletes one shared file, on the disk and in the history.

        `file_id`: A file on the terminal's HTTP server.

        Method `deleteFileTransferFile`; for administrator and user. May be followed by: fileTransferFileDeleted.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(DeleteFile(file_id=file_id), Reply)

    async def tools_shown(self) -> FileToolsReply:
        """Asks whether the terminal shows its tools for files.

        Method `getShowFileTransferTools`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetFileTools(), FileToolsReply)

    async def show_tools(self, *, show: bool) -> None:
        """Shows or hides the terminal's tools for files.

        Method `setShowFileTransferTools`; for administrator and user. May be followed by: settingsChanged,
        showFileTransferTools. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetFileTools(show=show), Reply)
