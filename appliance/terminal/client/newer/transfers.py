"""Files on their way, as newer terminals number them: by request.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.transfers import (
    AcceptFileRequest,
    ClearTransferHistory,
    FileInfoReply,
    GetFileInfo,
    GetFileRequest,
    GetIncomingRequests,
    GetOutgoingRequests,
    GetTransferHistory,
    IncomingFilesReply,
    OutgoingFilesReply,
    RejectFileRequest,
    SendFileToConference,
    SentFileReply,
)


class Transfers(CommandGroup):
    """Files on their way, as newer terminals number them: by request."""

    async def accept(self, file_request_id: str) -> None:
        """Takes a file that somebody sends.

        Method `acceptIncomingFileRequest`; for administrator and user. Newer terminals only (Room 4.1 and later);
        known from a client only. May be followed by: incomingFileRequestAccepted, fileRequestStatusChanged,
        incomingFileRequestDownloadingProgress. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(AcceptFileRequest(file_request_id=file_request_id), Reply)

    async def reject(self, file_request_id: str) -> None:
        """Declines a file that somebody sends.

        Method `rejectIncomingFileRequest`; for administrator and user. Newer terminals only (Room 4.1 and later);
        known from a client only. May be followed by: incomingFileRequestRejected. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(RejectFileRequest(file_request_id=file_request_id), Reply)

    async def incoming(self) -> IncomingFilesReply:
        """Asks for the files that others send.

        Method `getIncomingFilesRequests`; for administrator and user. Newer terminals only (Room 4.1 and later);
        documented by the vendor. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetIncomingRequests(), IncomingFilesReply)

    async def outgoing(self) -> OutgoingFilesReply:
        """Asks for the files that the terminal sends.

        Method `getOutgoingFilesRequests`; for administrator and user. Newer terminals only (Room 4.1 and later);
        documented by the vendor. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetOutgoingRequests(), OutgoingFilesReply)

    async def request(self, file_request_id: str) -> None:
        """Asks about a file on its way.

        Method `getFileRequestInfo`; for administrator and user. Newer terminals only (Room 4.1 and later); known
        from a client only. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(GetFileRequest(file_request_id=file_request_id), Reply)

    async def history(self) -> None:
        """Asks for the files that were sent and received; in a form that no source tells.

        Method `getFileTransferHistory`; for administrator and user. Newer terminals only (Room 4.1 and later);
        known from a client only. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(GetTransferHistory(), Reply)

    async def clear_history(self, *, delete_files: bool) -> None:
        """Empties the history of files.

        Method `clearFileTransferHistory`; for administrator and user. Newer terminals only (Room 4.1 and later);
        known from a client only. May be followed by: fileTransferHistoryCleared. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(ClearTransferHistory(delete_files=delete_files), Reply)

    async def send_to_conference(self, file_id: int | str) -> SentFileReply:
        """Sends a file of the terminal's HTTP server to everybody in the conference.

        `file_id`: A file on the terminal's HTTP server.

        Method `sendFileToConference`; for administrator and user. Newer terminals only (Room 4.1 and later); known
        from a client only. May be followed by: outgoingFileRequestSentToConference,
        outgoingFileRequestUploadingProgress. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(SendFileToConference(file_id=file_id), SentFileReply)

    async def info(self, transfer: int | str) -> FileInfoReply:
        """Asks about a file on its way; before 4.2.

        `transfer`: The number of the transfer.

        Method `getFileInfo`; for administrator and user. Newer terminals only; known from a client only. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetFileInfo(transfer=transfer), FileInfoReply)
