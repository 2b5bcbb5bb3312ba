"""Group conferences as newer terminals hold them: smart meetings, reactions, links.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.meeting import (
    ExpandCall,
    GetReceivingLevel,
    PinUser,
    ReceivingLevelReply,
    SetMeetingMode,
    SetReceivingLevel,
    SetRemoteSpeaker,
    StopTheirContent,
)


class Meeting(CommandGroup):
    """Group conferences as newer terminals hold them: smart meetings, reactions, links."""

    async def pin(self, peer_id: str, *, pinned: bool) -> None:
        """Keeps a participant in the layout of a smart meeting, or lets go of one.

        `peer_id`: The participant by user, server and instance.

        Method `pinUser`; for administrator and user. Newer terminals only (Room 4.3 and later); documented by the
        vendor. May be followed by: userPinEventOccurred. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(PinUser(peer_id=peer_id, pinned=pinned), Reply)

    async def set_smart(self, *, smart: bool) -> None:
        """Turns a role-based conference into a smart meeting, or back.

        Method `changeConferenceMode`; for administrator and user. Newer terminals only (Room 4.3 and later); known
        from a client only. May be followed by: smartMeetingModeChanged. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`.
        """
        await self._ask(SetMeetingMode(smart=smart), Reply)

    async def expand_call(self, title: str, invited: tuple[str, ...]) -> None:
        """Makes a group conference of a call between two; the other side is invited by itself.

        `invited`: Who else is invited.

        Method `expandCallToMulti`; for administrator and user. Newer terminals only (Room 4.1 and later);
        documented by the vendor. May be followed by: conferenceDeleted, conferenceCreated. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ExpandCall(title=title, invited=invited), Reply)

    async def set_speaker(self, peer_id: str, *, on: bool) -> None:
        """Switches the loudspeaker of a participant on or off, as owner or moderator.

        `peer_id`: The participant by user, server and instance.

        Method `turnRemoteSpeaker`; for administrator and user. Newer terminals only; documented by the vendor.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetRemoteSpeaker(peer_id=peer_id, on=on), Reply)

    async def stop_sharing(self, peer_id: str) -> None:
        """Asks a participant to stop showing content.

        `peer_id`: A TrueConf ID.

        Method `sendStopContentSharing`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StopTheirContent(peer_id=peer_id), Reply)

    async def level(self, peer_id: str) -> ReceivingLevelReply:
        """Asks how loud a participant is here.

        `peer_id`: A TrueConf ID.

        Method `getAudioReceivingLevel`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetReceivingLevel(peer_id=peer_id), ReceivingLevelReply)

    async def set_level(self, peer_id: str, level: int) -> None:
        """Makes a participant louder or softer here.

        `peer_id`: A TrueConf ID.
        `level`: Of a range that no source tells.

        Method `setAudioReceivingLevel`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetReceivingLevel(peer_id=peer_id, level=level), Reply)
