"""The podium of role-based conferences.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.podium import (
    AcceptPodiumInvitation,
    AcceptPodiumRequest,
    GoToPodium,
    InviteToPodium,
    KickFromPodium,
    LeavePodium,
    RejectPodiumInvitation,
    RejectPodiumRequest,
    StartRemark,
)


class Podium(CommandGroup):
    """The podium of role-based conferences."""

    async def accept_invitation(self) -> None:
        """Accepts the invitation to the podium.

        The manual's heading spells the method so, its examples otherwise; the client tries both.

        Method `acceptInvitationToPodium`; for administrator and user. May be followed by:
        incomingPodiumInvitationRemoved, roleEventOccured. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(AcceptPodiumInvitation(), Reply)

    async def reject_invitation(self) -> None:
        """Declines the invitation to the podium.

        Method `rejectInvitationToPodium`; for administrator and user. May be followed by:
        incomingPodiumInvitationRemoved, roleEventOccured. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RejectPodiumInvitation(), Reply)

    async def invite(self, peer_id: str) -> None:
        """Invites a participant to the podium of the conference that this terminal owns.

        `peer_id`: A TrueConf ID.

        Method `inviteToPodium`; for administrator and user. May be followed by: roleEventOccured. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(InviteToPodium(peer_id=peer_id), Reply)

    async def remove(self, peer_id: str) -> None:
        """Takes a participant off the podium of the conference that this terminal owns.

        `peer_id`: A TrueConf ID.

        Method `kickFromPodium`; for administrator and user. May be followed by: roleEventOccured. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(KickFromPodium(peer_id=peer_id), Reply)

    async def accept_request(self, peer_id: str) -> None:
        """Lets a participant who asked for it come to the podium.

        `peer_id`: A TrueConf ID.

        Method `acceptRequestToPodium`; for administrator and user. May be followed by:
        incomingRequestToPodiumAnswered, roleEventOccured. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(AcceptPodiumRequest(peer_id=peer_id), Reply)

    async def reject_request(self, peer_id: str) -> None:
        """Does not let a participant who asked for it come to the podium.

        `peer_id`: A TrueConf ID.

        Method `rejectRequestToPodium`; for administrator and user. May be followed by:
        incomingRequestToPodiumAnswered. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RejectPodiumRequest(peer_id=peer_id), Reply)

    async def enter(self) -> None:
        """Goes to the podium, or asks for it.

        Method `gotoPodium`; for administrator and user. May be followed by: roleEventOccured. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(GoToPodium(), Reply)

    async def leave(self) -> None:
        """Leaves the podium.

        Method `leavePodium`; for administrator and user. May be followed by: roleEventOccured. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(LeavePodium(), Reply)

    async def start_remark(self) -> None:
        """Begins a remark while not on the podium.

        Method `startRemark`; for administrator and user. May be followed by: roleEventOccured, remarkCountDown.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StartRemark(), Reply)
