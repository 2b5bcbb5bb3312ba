"""The podium of a role-based conference: who speaks, who asks to, who is invited, and remarks.

Everybody sees and hears those who speak: the owner (unless they have stepped down), the speakers on the podium, and
whoever makes a remark from their place, which ends by itself after a countdown. A participant who wants to speak asks
the owner, and the owner may invite a participant: an inquiry that somebody answers, or that runs out. Then a
notification says who speaks. Each of these steps is one event, `roleEventOccured`; its order is a guess (see
docs/simulator.md).
"""

import math

from appliance.simulator.model.calls.podium_steps import Answer, Removal, Role, Step
from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Impossible, Refused
from appliance.simulator.model.common.outgoing import Act, Outgoing
from appliance.simulator.model.conversation.roster import Roster
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.machine.tariff import Tariff
from appliance.simulator.model.people.directory import Directory
from appliance.terminal.messages.enums import ConferenceType


class Podium:
    """Roles and requests in one conference, by the ids under which the server knows people and the room.

    `act` does something to others.
    """

    def __init__(
        self, context: Context, roster: Roster, directory: Directory, settings: Settings, tariff: Tariff, act: Act
    ) -> None:
        self._now = context.now
        self._emit = context.emit
        self._options = context.options
        self._conference = roster
        self._directory = directory
        self._settings = settings
        self._tariff = tariff
        self._act = act
        self._me = context.options.room_id
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
        """When something happens by itself, in monotonic seconds."""
        waiting = [*self.asking.values(), *self.invited.values()]
        return [self.asked_at, self.invited_until, self._tick_at, *waiting]

    def role(self, peer_id: str) -> Role:
        """Returns the role of somebody in the conference."""
        if peer_id == self._conference.owner:
            return Role.OWNER
        return self._speaking.get(peer_id, Role.COMMON)

    def speaks(self, peer_id: str) -> bool:
        """Returns whether everybody sees and hears somebody."""
        return not self._owner_silent if self.role(peer_id) is Role.OWNER else peer_id in self._speaking

    @property
    def askers(self) -> list[str]:
        """Who asks to speak and has no answer yet, the room among them."""
        return [*self.asking, *([self._me] if self.asked_at < math.inf else [])]

    @property
    def guests(self) -> list[str]:
        """Who is asked to speak and has not answered yet, the room among them."""
        return [*self.invited, *([self._me] if self.invited_until < math.inf else [])]

    def requests(self) -> dict[str, list[str]]:
        """Returns who waits for an answer, by the name in the application state."""
        owner = [self._conference.owner]
        return {
            "incomingPodiumRequest": list(self.asking),
            "outgoingPodiumRequest": owner if self.asked_at < math.inf else [],
            "incomingPodiumInvitation": owner if self.invited_until < math.inf else [],
            "outgoingPodiumInvitation": list(self.invited),
        }

    # what the room does

    def go(self) -> None:
        """Lets the room speak if it owns the conference; otherwise asks the owner."""
        self._require_roles()
        if self.speaks(self._me):
            raise Refused(errors.ON_PODIUM)
        if self._conference.mine:
            self._owner_silent = False
            self._report(self._me, Role.OWNER, Step.NOTIFY)
            self._show(on=True)
            return
        if self.asked_at < math.inf:
            raise Refused(errors.ASKED_ALREADY)
        self.asked_at = self._patience()
        self._report(self._me, Role.PODIUM, Step.INQUIRY, Answer.COMMON)
        self._to(self._conference.owner, "ask_to_speak")

    def leave(self) -> None:
        """Takes the room off the podium, or ends its remark."""
        self._require_roles()
        if not self.speaks(self._me):
            raise Refused(errors.NOT_ON_PODIUM)
        self._step_down(self._me)
        self._show(on=False)

    def remark(self) -> None:
        """Begins a remark of the room: it speaks from its place until the countdown ends."""
        self._require_roles()
        if self.speaks(self._me):
            raise Refused(errors.ON_PODIUM)
        self._remark_left = self._options.remark_time
        self._tick_at = self._now() + 1
        self._speaking[self._me] = Role.REMARK
        self._report(self._me, Role.REMARK, Step.NOTIFY)
        self._show(on=True)
        self._count_down()

    def accept_invitation(self) -> None:
        """Accepts the owner's invitation to speak."""
        self._end_invitation(Removal.ACCEPTED)
        self._to(self._conference.owner, "let_speak", allow=True)
        self._report(self._me, Role.PODIUM, Step.ANSWER)
        self._step_up(self._me)

    def reject_invitation(self) -> None:
        """Rejects the owner's invitation to speak."""
        self._end_invitation(Removal.REJECTED)
        self._to(self._conference.owner, "let_speak", allow=False)
        self._report(self._me, Role.PODIUM, Step.ANSWER, Answer.BY_PARTICIPANT)

    def invite(self, peer_id: str) -> None:
        """Invites somebody to speak; refused unless the room owns the conference."""
        peer_id = self._member(peer_id)
        if self.speaks(peer_id):
            raise Refused(errors.ON_PODIUM)
        if peer_id in self.invited:
            raise Refused(errors.ASKED_ALREADY)
        self._require_place()
        self.invited[peer_id] = self._patience()
        self._report(peer_id, Role.PODIUM, Step.INQUIRY, Answer.COMMON)
        self._to(peer_id, "invite_to_speak")

    def kick(self, peer_id: str) -> None:
        """Sends somebody off the podium; refused unless the room owns the conference."""
        peer_id = self._member(peer_id)
        if not self.speaks(peer_id):
            raise Refused(errors.NOT_ON_PODIUM)
        self._step_down(peer_id)
        self._to(peer_id, "send_off_podium")

    def answer(self, peer_id: str, *, allow: bool) -> None:
        """Answers somebody who asks to speak; refused unless the room owns the conference."""
        peer_id = self._member(peer_id)
        if peer_id not in self.asking:
            raise Refused(errors.NOBODY_ASKED)
        if allow:
            self._require_place()
        del self.asking[peer_id]
        self._emit("incomingRequestToPodiumAnswered", peerId=peer_id, allow=allow)
        self._to(peer_id, "let_speak", allow=allow)
        if allow:
            self._step_up(peer_id)

    # what the far side does

    def asked_by(self, peer_id: str) -> None:
        """Receives the request to speak of a participant in the room's conference."""
        self._possible(self._conference.mine and not self.speaks(peer_id))
        self.asking[peer_id] = self._patience()
        self._report(peer_id, Role.PODIUM, Step.INQUIRY, Answer.COMMON)
        if self._settings.values["autoAllowPartToTakePodium"]:
            self.answer(peer_id, allow=True)

    def invited_by(self, peer_id: str) -> None:
        """Receives the owner's invitation to speak."""
        self._possible(peer_id == self._conference.owner and not self.speaks(self._me))
        self.invited_until = self._patience()
        self._report(self._me, Role.PODIUM, Step.INQUIRY, Answer.COMMON)
        if self._settings.values["autoAcceptPodiumFromOwner"]:
            self.accept_invitation()

    def answered_by(self, peer_id: str, *, allow: bool) -> None:
        """Receives the owner's answer to the room's request, or somebody's answer to the room's invitation."""
        mine = peer_id == self._conference.owner and self.asked_at < math.inf
        self._possible(mine or peer_id in self.invited)
        who = self._me if mine else peer_id
        self._forget_request(who)
        refusal = Answer.COMMON if mine else Answer.BY_PARTICIPANT
        self._report(who, Role.PODIUM, Step.ANSWER, Answer.POSITIVE if allow else refusal)
        if allow:
            self._step_up(who)

    def stepped(self, peer_id: str, *, on: bool) -> None:
        """Follows a participant who steps on the podium or off it; does nothing if they are there already."""
        self._possible(peer_id in self._conference.present)
        if on is self.speaks(peer_id):
            return
        if not on:
            self._step_down(peer_id)
        elif self.role(peer_id) is Role.OWNER:
            self._owner_silent = False
            self._report(peer_id, Role.OWNER, Step.NOTIFY)
        else:
            self._step_up(peer_id)

    def sent_off_by(self, peer_id: str) -> None:
        """Takes the room off the podium, as the owner says."""
        self._possible(peer_id == self._conference.owner and self.speaks(self._me))
        self._step_down(self._me)

    def gone(self, peer_id: str) -> None:
        """Forgets somebody who has left the conference."""
        self.asking.pop(peer_id, None)
        self.invited.pop(peer_id, None)
        self._speaking.pop(peer_id, None)

    def over(self) -> None:
        """Ends whatever still waits for an answer."""
        if self.invited_until < math.inf:
            self._end_invitation(Removal.CONFERENCE_OVER)
        self.asking.clear()
        self.invited.clear()
        self.asked_at = self._tick_at = math.inf

    def advance(self) -> None:
        """Does what is due: nobody answered, or a second of a remark is over."""
        now = self._now()
        for peer_id in [p for p, until in self.asking.items() if now >= until]:
            self.answer(peer_id, allow=False)
        for peer_id in [p for p, until in self.invited.items() if now >= until]:
            self._forget_request(peer_id)
            self._report(peer_id, Role.PODIUM, Step.ANSWER, Answer.ABSENT)
        if now >= self.asked_at:
            self._forget_request(self._me)
            self._report(self._me, Role.PODIUM, Step.ANSWER, Answer.ABSENT)
        if now >= self.invited_until:
            self._end_invitation(Removal.TIMED_OUT)
        if now >= self._tick_at:
            self._tick()

    def _tick(self) -> None:
        self._remark_left -= 1
        self._tick_at += 1
        self._count_down()
        if self._remark_left <= 0:
            self._step_down(self._me)
            self._show(on=False)

    def _count_down(self) -> None:
        self._emit("remarkCountDown", timeout=self._remark_left, confId=self._conference.conf_id)

    def _step_up(self, peer_id: str) -> None:
        self._tick_at = math.inf if peer_id == self._me else self._tick_at
        self._speaking[peer_id] = Role.SPEAKER
        self._report(peer_id, Role.SPEAKER, Step.NOTIFY)
        self._tell_others(peer_id, on=True)

    def _step_down(self, peer_id: str) -> None:
        if peer_id == self._me:
            self._tick_at = math.inf
        self._owner_silent = self._owner_silent or peer_id == self._conference.owner
        self._speaking.pop(peer_id, None)
        self._report(peer_id, self.role(peer_id), Step.NOTIFY)
        self._tell_others(peer_id, on=False)

    def _forget_request(self, peer_id: str) -> None:
        self.invited.pop(peer_id, None)
        if peer_id == self._me:
            self.asked_at = math.inf

    def _end_invitation(self, reason: Removal) -> None:
        if self.invited_until == math.inf:
            raise Refused(errors.NO_INVITATION)
        self.invited_until = math.inf
        self._emit("incomingPodiumInvitationRemoved", confId=self._conference.conf_id, reason=int(reason))

    def _to(self, peer_id: str, verb: str, **arguments: object) -> None:
        self._act(Outgoing(verb, peer_id, arguments))

    def _tell_others(self, peer_id: str, *, on: bool) -> None:
        """Lets everybody in the room's conference see somebody on the podium, or off it."""
        for other in self._conference.members if self._conference.mine else ():
            if other.peer_id != peer_id:
                self._to(other.peer_id, "stand", on=on, who=peer_id)

    def _show(self, *, on: bool) -> None:
        """Lets everybody see the room on the podium, or off it."""
        for peer in self._conference.members:
            self._to(peer.peer_id, "stand", on=on)

    def _report(self, peer_id: str, role: Role, step: Step, result: Answer = Answer.POSITIVE) -> None:
        self._emit(
            "roleEventOccured",
            **self._directory.party_or_room(peer_id),
            role=int(role),
            type=int(step),
            result=int(result),
            broadcast=self.speaks(peer_id),
            confId=self._conference.conf_id,
        )

    def _patience(self) -> float:
        return self._now() + self._options.answer_timeout

    def _member(self, peer_id: str) -> str:
        self._require_roles()
        return self._conference.member_of_mine(peer_id).peer_id

    def _require_roles(self) -> None:
        if self._conference.type is not ConferenceType.ROLE_BASED:
            raise Refused(errors.NOT_ROLE_BASED)

    def _require_place(self) -> None:
        if len(self._speaking) >= self._tariff.allows["rlMaxNumber"]:
            raise Refused(errors.PODIUM_FULL)

    def _possible(self, sensible: bool) -> None:  # noqa: FBT001  # a condition, not an option
        if not (sensible and self._conference.type is ConferenceType.ROLE_BASED):
            raise Impossible("the podium of this conference has no place for that now")
