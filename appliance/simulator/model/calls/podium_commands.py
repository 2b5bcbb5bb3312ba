"""The commands about the podium."""

from appliance.simulator.model.calls.podium import Podium
from appliance.simulator.model.common.parameters import TEXT
from appliance.simulator.model.common.table import IN_CONFERENCE, Rule, Table, doing, given

_PEER = {"peerId": TEXT}
_ROLE = ("roleEventOccured",)
_REMOVED = ("incomingPodiumInvitationRemoved", "roleEventOccured")

_ACCEPT: Rule[Podium] = doing(Podium.accept_invitation, IN_CONFERENCE, events=_REMOVED)

PODIUM: Table[Podium] = {
    "gotoPodium": doing(Podium.go, IN_CONFERENCE, events=_ROLE),
    "leavePodium": doing(Podium.leave, IN_CONFERENCE, events=_ROLE),
    "startRemark": doing(Podium.remark, IN_CONFERENCE, events=(*_ROLE, "remarkCountDown")),
    "acceptInvitationToPodium": _ACCEPT,
    "acceptInvintationToPodium": _ACCEPT,  # as the manual's examples spell it
    "rejectInvitationToPodium": doing(Podium.reject_invitation, IN_CONFERENCE, events=_REMOVED),
    "inviteToPodium": given(
        lambda podium, request: podium.invite(request["peerId"]),
        _PEER,
        states=IN_CONFERENCE,
        events=_ROLE,
    ),
    "kickFromPodium": given(
        lambda podium, request: podium.kick(request["peerId"]),
        _PEER,
        states=IN_CONFERENCE,
        events=_ROLE,
    ),
    "acceptRequestToPodium": given(
        lambda podium, request: podium.answer(request["peerId"], allow=True),
        _PEER,
        states=IN_CONFERENCE,
        events=("incomingRequestToPodiumAnswered", "roleEventOccured"),
    ),
    "rejectRequestToPodium": given(
        lambda podium, request: podium.answer(request["peerId"], allow=False),
        _PEER,
        states=IN_CONFERENCE,
        events=("incomingRequestToPodiumAnswered",),
    ),
}
