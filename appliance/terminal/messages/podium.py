"""The podium of a role-based conference: invitations to it, requests for it, remarks."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, command, event
from appliance.terminal.messages.client_enums import PodiumInvitationEnd, RoleEventKind, RoleEventResult
from appliance.terminal.messages.enums import ConferenceRole


@command
class AcceptPodiumInvitation(Command, frozen=True, kw_only=True):
    """Accepts the invitation to the podium.

    The manual's heading spells the method so, its examples otherwise; the client tries both.
    """

    method: ClassVar[str] = "acceptInvitationToPodium"
    or_method: ClassVar[str] = "acceptInvintationToPodium"


class AcceptPodiumInvitationAsPrinted(AcceptPodiumInvitation, frozen=True, kw_only=True):
    """The same as the manual's examples spell it."""

    method: ClassVar[str] = AcceptPodiumInvitation.or_method


@command
class RejectPodiumInvitation(Command, frozen=True, kw_only=True):
    """Declines the invitation to the podium."""

    method: ClassVar[str] = "rejectInvitationToPodium"


@command
class InviteToPodium(Command, frozen=True, kw_only=True):
    """Invites a participant to the podium of the conference that this terminal owns."""

    method: ClassVar[str] = "inviteToPodium"

    peer_id: str


@command
class KickFromPodium(Command, frozen=True, kw_only=True):
    """Takes a participant off the podium of the conference that this terminal owns."""

    method: ClassVar[str] = "kickFromPodium"

    peer_id: str


@command
class AcceptPodiumRequest(Command, frozen=True, kw_only=True):
    """Lets a participant who asked for it come to the podium."""

    method: ClassVar[str] = "acceptRequestToPodium"

    peer_id: str


@command
class RejectPodiumRequest(Command, frozen=True, kw_only=True):
    """Does not let a participant who asked for it come to the podium."""

    method: ClassVar[str] = "rejectRequestToPodium"

    peer_id: str


@command
class GoToPodium(Command, frozen=True, kw_only=True):
    """Goes to the podium, or asks for it."""

    method: ClassVar[str] = "gotoPodium"


@command
class LeavePodium(Command, frozen=True, kw_only=True):
    """Leaves the podium."""

    method: ClassVar[str] = "leavePodium"


@command
class StartRemark(Command, frozen=True, kw_only=True):
    """Begins a remark while not on the podium."""

    method: ClassVar[str] = "startRemark"


@event
class RoleChanged(Event, frozen=True, kw_only=True):
    """Somebody's role in the conference changes, or is asked for.

    broadcast: Whether the participant now speaks from the podium.
    """

    event: ClassVar[str] = "roleEventOccured"

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    role: ConferenceRole
    kind: RoleEventKind | None = msgspec.field(name="type", default=None)
    result: RoleEventResult | None = None
    broadcast: bool | None = None
    conf_id: str = ""

    @property
    def remark(self) -> bool:
        """Whether it is about a remark; of the numbers of roles, this one means the same to every terminal."""
        return self.role is ConferenceRole.REMARK


@event
class PodiumRequestAnswered(Event, frozen=True, kw_only=True):
    """The terminal answered somebody's request for the podium."""

    event: ClassVar[str] = "incomingRequestToPodiumAnswered"

    peer_id: str = ""
    allow: bool
    conf_id: str = ""


@event
class PodiumInvitationRemoved(Event, frozen=True, kw_only=True):
    """The invitation to the podium is settled."""

    event: ClassVar[str] = "incomingPodiumInvitationRemoved"

    reason: PodiumInvitationEnd
    conf_id: str = ""


@event
class RemarkCountDown(Event, frozen=True, kw_only=True):
    """How much of a remark's time is left.

    seconds: Seconds.
    """

    event: ClassVar[str] = "remarkCountDown"

    seconds: int = msgspec.field(name="timeout")
    conf_id: str = ""
