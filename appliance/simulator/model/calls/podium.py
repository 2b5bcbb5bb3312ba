"""The podium of a role-based conference: who is on it, asks for it, is invited; remarks with their countdown."""

import math
from enum import IntEnum
from typing import TYPE_CHECKING

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Impossible, Refused
from appliance.simulator.model.parameters import TEXT
from appliance.simulator.model.table import IN_CONFERENCE, Table, doing, given
from appliance.terminal.messages.enums import ConferenceType

if TYPE_CHECKING:
    from appliance.simulator.model.calls.conference import Conference
    from appliance.simulator.model.terminal import Terminal


class Role(IntEnum):
    """`role` of a participant and of roleEventOccured."""

    COMMON = 1
    OWNER = 2
    PODIUM = 3  # only where somebody asks for it or is asked
    SPEAKER = 4
    REMARK = 5


class Step(IntEnum):
    """`type` of roleEventOccured."""

    INQUIRY = 0
    ANSWER = 1
    CONFIRM = 2
    NOTIFY = 3


class Answer(IntEnum):
    """`result` of roleEventOccured."""

    POSITIVE = 0
    COMMON = 1
    BY_PARTICIPANT = 3
    ABSENT = 5


class Removal(IntEnum):
    """`reason` of incomingPodiumInvitationRemoved."""

    ACCEPTED = 0
    REJECTED = 1
    TIMED_OUT = 2
    CONFERENCE_OVER = 3


class Podium:
    """Roles and requests in one conference. Ids are those under which the server knows people; the room has its own."""

    def __init__(self, terminal: "Terminal", conference: "Conference") -> None:
        self._terminal = terminal
        self._conference = conference
        self._me = terminal.options.room_id
        self._speaking: dict[str, Role] = {}  # SPEAKER or REMARK; the owner speaks without being here
        self._owner_silent = False
        self.asking: dict[str, float] = {}  # who asks the room -> until when, monotonic seconds
        self.invited: dict[str, float] = {}  # whom the room invites -> until when
        self.asked_at = math.inf  # until when the room waits for the owner's answer
        self.invited_until = math.inf  # until when the owner waits for the room's answer
        self._tick_at = math.inf
        self._remark_left = 0

    @property
    def due(self) -> list[float]:
        """When something happens by itself."""
        waiting = [*self.asking.values(), *self.invited.values()]
        return [self.asked_at, self.invited_until, self._tick_at, *waiting]

    def role(self, peer_id: str) -> Role:
        """The role of somebody in the conference."""
        if peer_id == self._conference.owner:
            return Role.OWNER
        return self._speaking.get(peer_id, Role.COMMON)

    def speaks(self, peer_id: str) -> bool:
        """Whether everybody sees and hears them."""
        return not self._owner_silent if self.role(peer_id) is Role.OWNER else peer_id in self._speaking

    def requests(self) -> dict[str, list[str]]:
        """Who waits for an answer, by the name in the application state."""
        owner = [self._conference.owner]
        return {
            "incomingPodiumRequest": list(self.asking),
            "outgoingPodiumRequest": owner if self.asked_at < math.inf else [],
            "incomingPodiumInvitation": owner if self.invited_until < math.inf else [],
            "outgoingPodiumInvitation": list(self.invited),
        }

    # the room

    def go(self) -> None:
        """The room wants to speak: the owner just does, others ask the owner."""
        self._require_roles()
        if self.speaks(self._me):
            raise Refused(errors.ON_PODIUM)
        if self._conference.mine:
            self._owner_silent = False
            self._tell(self._me, Role.OWNER, Step.NOTIFY)
            return
        if self.asked_at < math.inf:
            raise Refused(errors.ASKED_ALREADY)
        self.asked_at = self._patience()
        self._tell(self._me, Role.PODIUM, Step.INQUIRY, Answer.COMMON)

    def leave(self) -> None:
        """The room steps down, also from a remark."""
        self._require_roles()
        if not self.speaks(self._me):
            raise Refused(errors.NOT_ON_PODIUM)
        self._step_down(self._me)

    def remark(self) -> None:
        """The room speaks from its place, for so many seconds."""
        self._require_roles()
        if self.speaks(self._me):
            raise Refused(errors.ON_PODIUM)
        self._remark_left = self._terminal.options.remark_time
        self._tick_at = self._terminal.now() + 1
        self._speaking[self._me] = Role.REMARK
        self._tell(self._me, Role.REMARK, Step.NOTIFY)
        self._count_down()

    def accept_invitation(self) -> None:
        """The room follows the owner's invitation."""
        self._end_invitation(Removal.ACCEPTED)
        self._tell(self._me, Role.PODIUM, Step.ANSWER)
        self._step_up(self._me)

    def reject_invitation(self) -> None:
        """The room stays where it is."""
        self._end_invitation(Removal.REJECTED)
        self._tell(self._me, Role.PODIUM, Step.ANSWER, Answer.BY_PARTICIPANT)

    def invite(self, peer_id: str) -> None:
        """The room, which owns the conference, asks somebody to speak."""
        peer_id = self._member(peer_id)
        if self.speaks(peer_id):
            raise Refused(errors.ON_PODIUM)
        if peer_id in self.invited:
            raise Refused(errors.ASKED_ALREADY)
        self._require_place()
        self.invited[peer_id] = self._patience()
        self._tell(peer_id, Role.PODIUM, Step.INQUIRY, Answer.COMMON)

    def kick(self, peer_id: str) -> None:
        """The room, which owns the conference, sends somebody back to their place."""
        peer_id = self._member(peer_id)
        if not self.speaks(peer_id):
            raise Refused(errors.NOT_ON_PODIUM)
        self._step_down(peer_id)

    def answer(self, peer_id: str, *, allow: bool) -> None:
        """The room, which owns the conference, answers somebody who asks to speak."""
        peer_id = self._member(peer_id)
        if peer_id not in self.asking:
            raise Refused(errors.NOBODY_ASKED)
        if allow:
            self._require_place()
        del self.asking[peer_id]
        self._terminal.emit("incomingRequestToPodiumAnswered", peerId=peer_id, allow=allow)
        if allow:
            self._step_up(peer_id)

    # the others

    def asked_by(self, peer_id: str) -> None:
        """A participant of the room's conference asks to speak."""
        self._possible(self._conference.mine and not self.speaks(peer_id))
        self.asking[peer_id] = self._patience()
        self._tell(peer_id, Role.PODIUM, Step.INQUIRY, Answer.COMMON)
        if self._terminal.settings.values["autoAllowPartToTakePodium"]:
            self.answer(peer_id, allow=True)

    def invited_by(self, peer_id: str) -> None:
        """The owner asks the room to speak."""
        self._possible(peer_id == self._conference.owner and not self.speaks(self._me))
        self.invited_until = self._patience()
        self._tell(self._me, Role.PODIUM, Step.INQUIRY, Answer.COMMON)
        if self._terminal.settings.values["autoAcceptPodiumFromOwner"]:
            self.accept_invitation()

    def answered_by(self, peer_id: str, *, allow: bool) -> None:
        """The owner answers the room's request, or somebody the room's invitation."""
        mine = peer_id == self._conference.owner and self.asked_at < math.inf
        self._possible(mine or peer_id in self.invited)
        who = self._me if mine else peer_id
        self._forget_request(who)
        refusal = Answer.COMMON if mine else Answer.BY_PARTICIPANT
        self._tell(who, Role.PODIUM, Step.ANSWER, Answer.POSITIVE if allow else refusal)
        if allow:
            self._step_up(who)

    def gone(self, peer_id: str) -> None:
        """Somebody is not in the conference any more."""
        self.asking.pop(peer_id, None)
        self.invited.pop(peer_id, None)
        self._speaking.pop(peer_id, None)

    def over(self) -> None:
        """The conference ends."""
        if self.invited_until < math.inf:
            self._end_invitation(Removal.CONFERENCE_OVER)
        self.asking.clear()
        self.invited.clear()
        self.asked_at = self._tick_at = math.inf

    def advance(self) -> None:
        """Does what is due: nobody answered, or a second of a remark is over."""
        now = self._terminal.now()
        for peer_id in [p for p, until in self.asking.items() if now >= until]:
            self.answer(peer_id, allow=False)
        for peer_id in [p for p, until in self.invited.items() if now >= until]:
            self._forget_request(peer_id)
            self._tell(peer_id, Role.PODIUM, Step.ANSWER, Answer.ABSENT)
        if now >= self.asked_at:
            self._forget_request(self._me)
            self._tell(self._me, Role.PODIUM, Step.ANSWER, Answer.ABSENT)
        if now >= self.invited_until:
            self._end_invitation(Removal.TIMED_OUT)
        if now >= self._tick_at:
            self._tick()

    # how

    def _tick(self) -> None:
        self._remark_left -= 1
        self._tick_at += 1
        self._count_down()
        if self._remark_left <= 0:
            self._step_down(self._me)

    def _count_down(self) -> None:
        self._terminal.emit("remarkCountDown", timeout=self._remark_left, confId=self._conference.conf_id)

    def _step_up(self, peer_id: str) -> None:
        self._tick_at = math.inf if peer_id == self._me else self._tick_at
        self._speaking[peer_id] = Role.SPEAKER
        self._tell(peer_id, Role.SPEAKER, Step.NOTIFY)

    def _step_down(self, peer_id: str) -> None:
        if peer_id == self._me:
            self._tick_at = math.inf
        self._owner_silent = self._owner_silent or peer_id == self._conference.owner
        self._speaking.pop(peer_id, None)
        self._tell(peer_id, self.role(peer_id), Step.NOTIFY)

    def _forget_request(self, peer_id: str) -> None:
        self.invited.pop(peer_id, None)
        if peer_id == self._me:
            self.asked_at = math.inf

    def _end_invitation(self, reason: Removal) -> None:
        if self.invited_until == math.inf:
            raise Refused(errors.NO_INVITATION)
        self.invited_until = math.inf
        self._terminal.emit("incomingPodiumInvitationRemoved", confId=self._conference.conf_id, reason=int(reason))

    def _tell(self, peer_id: str, role: Role, step: Step, result: Answer = Answer.POSITIVE) -> None:
        self._terminal.emit(
            "roleEventOccured",
            **self._terminal.party(peer_id),
            role=int(role),
            type=int(step),
            result=int(result),
            broadcast=self.speaks(peer_id),
            confId=self._conference.conf_id,
        )

    def _patience(self) -> float:
        return self._terminal.now() + self._terminal.options.answer_timeout

    def _member(self, peer_id: str) -> str:
        self._require_roles()
        return self._conference.member_of_mine(peer_id).peer_id

    def _require_roles(self) -> None:
        if self._conference.type is not ConferenceType.ROLE_BASED:
            raise Refused(errors.NOT_ROLE_BASED)

    def _require_place(self) -> None:
        if len(self._speaking) >= self._terminal.tariff.allows["rlMaxNumber"]:
            raise Refused(errors.PODIUM_FULL)

    def _possible(self, sensible: bool) -> None:  # noqa: FBT001  # a condition, not an option
        if not (sensible and self._conference.type is ConferenceType.ROLE_BASED):
            raise Impossible("the podium of this conference has no place for that now")


_PEER = {"peerId": TEXT}
_ROLE = ("roleEventOccured",)
_REMOVED = ("incomingPodiumInvitationRemoved", "roleEventOccured")

_ACCEPT = doing(lambda terminal: terminal.calls.going_on().podium.accept_invitation(), IN_CONFERENCE, events=_REMOVED)

PODIUM: Table = {
    "gotoPodium": doing(lambda terminal: terminal.calls.going_on().podium.go(), IN_CONFERENCE, events=_ROLE),
    "leavePodium": doing(lambda terminal: terminal.calls.going_on().podium.leave(), IN_CONFERENCE, events=_ROLE),
    "startRemark": doing(
        lambda terminal: terminal.calls.going_on().podium.remark(), IN_CONFERENCE, events=(*_ROLE, "remarkCountDown")
    ),
    "acceptInvitationToPodium": _ACCEPT,
    "acceptInvintationToPodium": _ACCEPT,  # as the manual's examples spell it
    "rejectInvitationToPodium": doing(
        lambda terminal: terminal.calls.going_on().podium.reject_invitation(), IN_CONFERENCE, events=_REMOVED
    ),
    "inviteToPodium": given(
        lambda terminal, request: terminal.calls.going_on().podium.invite(request["peerId"]),
        _PEER,
        states=IN_CONFERENCE,
        events=_ROLE,
    ),
    "kickFromPodium": given(
        lambda terminal, request: terminal.calls.going_on().podium.kick(request["peerId"]),
        _PEER,
        states=IN_CONFERENCE,
        events=_ROLE,
    ),
    "acceptRequestToPodium": given(
        lambda terminal, request: terminal.calls.going_on().podium.answer(request["peerId"], allow=True),
        _PEER,
        states=IN_CONFERENCE,
        events=("incomingRequestToPodiumAnswered", "roleEventOccured"),
    ),
    "rejectRequestToPodium": given(
        lambda terminal, request: terminal.calls.going_on().podium.answer(request["peerId"], allow=False),
        _PEER,
        states=IN_CONFERENCE,
        events=("incomingRequestToPodiumAnswered",),
    ),
}
