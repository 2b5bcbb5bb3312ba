"""The life of a call: calling, being called, in a conference, closing. Follows the terminal's seven states."""

import math
from typing import TYPE_CHECKING, Any, Literal

from appliance.simulator.model import errors
from appliance.simulator.model.calls.conference import Conference
from appliance.simulator.model.calls.invitation import Invitation
from appliance.simulator.model.calls.outgoing import Outgoing
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.people.people import HostedConference, Meeting, Peer
from appliance.simulator.model.people.people import PastCall as Past
from appliance.terminal.messages.enums import (
    AppState,
    CallDirection,
    ConferenceState,
    ConferenceType,
    RejectCause,
    Side,
)

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

JOIN_PREFIX = "\\c\\"


class Calls:
    """What the terminal calls, is called by, or talks to; at most one at a time."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._options = terminal.options
        self._count = 0x2C6
        self.invitation: Invitation | None = None
        self.conference: Conference | None = None
        self.last_type = "symmetric"  # of the conference created last
        self.tones: list[str] = []  # dialled in this call
        self._closed_at = math.inf

    @property
    def app_state(self) -> AppState | None:
        """What the terminal is doing as far as calls go; None: nothing."""
        if self._closed_at < math.inf:
            return AppState.CLOSING
        if self.conference is not None:
            return AppState.IN_CONFERENCE
        return AppState.WAITING if self.invitation is not None else None

    @property
    def due(self) -> float:
        """When something is to happen by itself; infinity while nothing is."""
        ringing = [self.invitation.until] if self.invitation else []
        return min([self._closed_at, *ringing, *(self.conference.due if self.conference else [])])

    def advance(self) -> None:
        """Does what is due: nobody answered, or the closing is over."""
        if self.invitation is not None and self._terminal.now() >= self.invitation.until:
            self._not_answered(self.invitation)
        if self.conference is not None:
            self.conference.advance()
        if self._terminal.now() >= self._closed_at:
            self._closed()

    # what the room does

    def call(self, peer_id: str, pin: str = "") -> None:
        r"""Calls a peer, asks to join the conference they own, or joins a conference by `\c\ID`."""
        if peer_id.startswith(JOIN_PREFIX):
            self._join(peer_id, pin)
            return
        self._terminal.tariff.require("p2p")
        peer = self._terminal.directory.find(peer_id)
        hosting = peer.hosting if peer is not None else None
        self._ring(peer.peer_id if peer else peer_id, hosting)
        cause = self._terminal.refusal_of(peer_id, to_join=hosting is not None)
        if cause is not None:
            self.declined(cause)
        elif hosting is None:
            self._do("call", peer_id)

    def accept(self) -> None:
        """Takes the incoming call."""
        invitation = self._incoming()
        self._do("answer", invitation.peer_id)
        owner = invitation.peer_id if invitation.group else ""
        self._establish(invitation, owner, [self._terminal.directory.peer(invitation.peer_id)])

    def reject(self) -> None:
        """Declines the incoming call."""
        invitation = self._incoming()
        self._do("reject", invitation.peer_id)
        self._terminal.emit(
            "rejectSent", confId=invitation.conf_id, cause=int(RejectCause.REJECTED), **self._party(invitation)
        )
        self._end_ringing(invitation, Side.TERMINAL, CallDirection.INCOMING)

    def hang_up(self, for_all: bool | None) -> None:  # noqa: FBT001  # the wire's parameter: absent, true or false
        """Ends the conference or the calling; `for_all` only where the room owns a group conference."""
        conference = self.conference
        if for_all is not None and not (conference and conference.mine):
            raise Refused(f"wrong parameter: forAll: {errors.NOT_OWNER}")
        if conference is not None:
            self.end()
        elif self.invitation is not None and self.invitation.outgoing:
            self._do("leave", self.invitation.peer_id)
            self._end_ringing(self.invitation, Side.TERMINAL, CallDirection.OUTGOING)
        else:
            raise Refused(errors.NO_CALL)

    @property
    def busy(self) -> bool:
        """Whether there is a call, in whatever phase."""
        return self.app_state in (AppState.WAITING, AppState.IN_CONFERENCE)

    def shut_down(self, for_all: bool | None) -> None:  # noqa: FBT001  # the wire's parameter
        """Ends whatever goes on, an incoming call too."""
        if self.invitation is not None and not self.invitation.outgoing:
            self.reject()
        else:
            self.hang_up(for_all)

    def create(self, title: str, kind: ConferenceType, invited: list[str], *, auto_join: bool) -> None:
        """Opens a group conference of the room's own and asks people in."""
        self._terminal.tariff.require("createMulti")
        if len(invited) >= self._terminal.tariff.participants(kind):
            raise Refused(errors.TOO_MANY_PARTICIPANTS)
        me = self._options.room_id
        self._open(
            Conference(
                self._terminal,
                conf_id=self._new_id(),
                type=kind,
                direction=CallDirection.OUTGOING,
                peer_id=me,
                title=title,
                owner=me,
                auto_join=auto_join,
            )
        )
        for peer_id in invited:
            self.going_on().invite(peer_id)

    def dial(self, symbol: str) -> None:
        """Sends one DTMF symbol."""
        conference = self.going_on()
        self.tones.append(symbol)
        to = {} if conference.group else {"peerId": conference.peer_id}
        self._terminal.emit("toneDial", symbol=symbol, confId=conference.conf_id, **to)

    # what the far side does

    def ring(self, peer: Peer, kind: ConferenceType, title: str) -> None:
        """A peer calls the room, or asks it into a group conference of theirs."""
        group = kind is not ConferenceType.POINT_TO_POINT
        conf_id = peer.hosting.conf_id if group and peer.hosting else self._new_id()
        self.invitation = self._invitation(peer.peer_id, False, conf_id, kind, title if group else "")
        about = {"confTitle": title} if group else {}
        party = self._party(self.invitation)
        self._terminal.sleep.set(enabled=False)
        self._terminal.emit("inviteReceived", type=int(kind), confId=conf_id, **party, **about)
        self._terminal.announce_state()
        if self._terminal.settings.values["autoAccept"]:
            self.accept()

    def answered(self) -> None:
        """The peer whom the room calls takes the call, or lets the room in."""
        invitation = self._outgoing()
        owner = invitation.peer_id if invitation.joins else ""
        self._establish(invitation, owner, [self._terminal.directory.peer(invitation.peer_id)])

    def declined(self, cause: RejectCause) -> None:
        """The peer whom the room calls does not take the call."""
        invitation = self._outgoing()
        self._terminal.emit("rejectReceived", cause=int(cause), **self._party(invitation))
        self._end_ringing(invitation, Side.PEER, CallDirection.OUTGOING)

    def given_up(self) -> None:
        """The peer who calls the room stops calling."""
        self._end_ringing(self._incoming(), Side.PEER, CallDirection.MISSED)

    def peer_left(self, peer: Peer) -> None:
        """Somebody leaves; a point-to-point call, or a conference whose owner leaves, ends with that."""
        conference = self.going_on()
        conference.leave(peer)
        if not conference.group or peer.peer_id == conference.owner:
            self.end()

    def end(self) -> None:
        """The conference is over for the room."""
        conference = self.going_on()
        self._remember(conference)
        self._leave_everybody(conference)
        conference.over()
        self._closed_at = self._terminal.now() + self._options.closing_time
        self._terminal.announce_state()
        self._terminal.slides.check_availability()
        if self._options.closing_time == 0:
            self._closed()

    def cut_off(self) -> None:
        """The server is gone, and with it whatever went on; no state of closing."""
        if self.invitation is not None:
            direction = CallDirection.OUTGOING if self.invitation.outgoing else CallDirection.MISSED
            self._end_ringing(self.invitation, Side.TERMINAL, direction)
        if self.conference is not None:
            if self.app_state is AppState.IN_CONFERENCE:
                self._remember(self.conference)
                self._leave_everybody(self.conference)
                self.conference.over()
            self._closed()
            self._terminal.slides.check_availability()

    def drop_everything(self) -> None:
        """As after a restart: no call, and nobody is told how it ended."""
        for peer in self.conference.members if self.conference else []:
            self._terminal.directory.release(peer)
        self.invitation = self.conference = None
        self._closed_at = math.inf
        self.tones.clear()

    # what the terminal says about it

    def going_on(self) -> Conference:
        """The conference that is going on; refused where there is none."""
        if self.conference is None or self._closed_at < math.inf:
            raise Refused(errors.NO_CALL)
        return self.conference

    def describe(self) -> dict[str, Any]:
        """The fields of the reply to `getConferences`."""
        if self.conference is not None:
            return {"confState": int(ConferenceState.GOING_ON), **self.conference.describe()}
        if self.invitation is None:
            return {"confState": int(ConferenceState.NONE)}
        return {"confState": int(ConferenceState.INVITATION), **self.invitation.describe()}

    def requests(self) -> dict[str, Any]:
        """The `requests` of the application state: who waits for an answer, by kind."""
        found: dict[str, Any] = {}
        if self.invitation is not None:
            found[self.invitation.request_kind] = [self._party(self.invitation)]
        if self.conference is not None and self._closed_at == math.inf:
            party = self._terminal.directory.party
            found["incomingJoinToMyConf"] = [party(peer_id) for peer_id in self.conference.asking]
            found["outgoingJoinToMyConf"] = [party(peer_id) for peer_id in self.conference.invited]
            found["incomingRecord"] = [party(peer_id) for peer_id in self.conference.participants.asking_to_record]
            for kind, waiting in self.conference.podium.requests().items():
                found[kind] = [self._terminal.party(peer_id) for peer_id in waiting]
        return {kind: who for kind, who in found.items() if who}

    # how

    def _ring(self, peer_id: str, hosting: HostedConference | None) -> None:
        if hosting is not None:
            self.invitation = self._invitation(peer_id, True, hosting.conf_id, hosting.type, hosting.title, joins=True)
            self._terminal.emit("inviteRequestSent", **self._party(self.invitation))
        else:
            self.invitation = self._invitation(peer_id, True, self._new_id(), ConferenceType.POINT_TO_POINT, "")
            self._terminal.emit(
                "inviteSent", confId=self.invitation.conf_id, confType=0, **self._party(self.invitation)
            )
        self._terminal.announce_state()

    def _join(self, address: str, pin: str) -> None:
        name = address.removeprefix(JOIN_PREFIX)
        meeting = self._terminal.schedule.find(name)
        host = self._terminal.directory.host_of(name)
        hosting = host.hosting if host else _as_hosted(meeting, self._options.domain)
        self._ring(address, hosting or HostedConference("", "", ConferenceType.SYMMETRIC))
        cause = None if host else self._refusal_of(meeting, pin)
        if cause is not None:
            self.declined(cause)
            return
        owner = host.peer_id if host else meeting.plan.owner if meeting else ""
        peer = self._terminal.directory.find(owner)
        self._establish(self._outgoing(), owner, [peer] if peer and peer.online else [])

    def _refusal_of(self, meeting: Meeting | None, pin: str) -> RejectCause | None:
        at = self._terminal.wall_clock()
        if meeting is None:
            return RejectCause.CONFERENCE_NOT_FOUND
        if not meeting.running(at):
            return RejectCause.NOT_ACTIVE_YET if at < meeting.start else RejectCause.CONFERENCE_OVER
        if pin == meeting.plan.pin:
            return None
        return RejectCause.WRONG_PASSWORD if pin else RejectCause.PASSWORD_NEEDED

    def _invitation(
        self,
        peer_id: str,
        outgoing: bool,  # noqa: FBT001  # the two directions of an invitation
        conf_id: str,
        kind: ConferenceType,
        title: str,
        *,
        joins: bool = False,
    ) -> Invitation:
        until = self._terminal.now() + self._options.ring_timeout
        started = int(self._terminal.wall_clock())
        return Invitation(peer_id, outgoing, conf_id, until, started, kind, title, joins)

    def _incoming(self) -> Invitation:
        if self.invitation is None or self.invitation.outgoing:
            raise Refused(errors.NO_INCOMING_CALL)
        return self.invitation

    def _outgoing(self) -> Invitation:
        if self.invitation is None or not self.invitation.outgoing:
            raise Refused(errors.NO_CALL)
        return self.invitation

    def _not_answered(self, invitation: Invitation) -> None:
        if invitation.outgoing:
            self.declined(RejectCause.NO_ANSWER)
        else:
            self.given_up()

    def _establish(self, invitation: Invitation, owner: str, members: list[Peer]) -> None:
        direction = CallDirection.OUTGOING if invitation.outgoing else CallDirection.INCOMING
        self._open(
            Conference(
                self._terminal,
                conf_id=invitation.conf_id,
                type=invitation.type,
                direction=direction,
                peer_id=invitation.peer_id,
                title=invitation.title,
                owner=owner,
            )
        )
        for peer in members:
            self.going_on().enter(peer)

    def _open(self, conference: Conference) -> None:
        self.invitation = None
        self.conference = conference
        self.tones.clear()
        self._terminal.emit("conferenceCreated", **conference.created())
        self._terminal.announce_state()
        self._terminal.sound_checks.conference_began()
        self._terminal.slides.check_availability()

    def _end_ringing(self, invitation: Invitation, side: Side, direction: CallDirection) -> None:
        self.invitation = None
        by = self._options.room_id if side is Side.TERMINAL else invitation.peer_id
        self._terminal.emit("stopCalling", peerId=by, side=int(side))
        group, conf_id = invitation.group, invitation.conf_id
        self._terminal.history.add(Past(direction, invitation.peer_id, group, invitation.started, 0, conf_id))
        self._terminal.announce_state()

    def _remember(self, conference: Conference) -> None:
        self._terminal.history.add(
            Past(
                conference.direction,
                conference.peer_id,
                conference.group,
                conference.started,
                conference.duration,
                conference.conf_id,
            )
        )

    def _closed(self) -> None:
        conference, self.conference, self._closed_at = self.conference, None, math.inf
        if conference is None:
            return
        self._terminal.emit("conferenceDeleted", confId=conference.conf_id)
        self._terminal.announce_state()
        self._terminal.sound_checks.tell_bitrate()
        for peer in conference.members:
            self._terminal.directory.release(peer)
        if self._terminal.settings.values["changeUserAuthPinAfterConf"]:
            self._terminal.accounts.renew_user_pin()

    def _party(self, invitation: Invitation) -> dict[str, str]:
        return self._terminal.directory.party(invitation.peer_id)

    def _do(self, verb: Literal["call", "answer", "reject", "leave"], peer_id: str) -> None:
        party = self._terminal.directory.party(peer_id)
        self._terminal.outgoing.append(Outgoing(verb, party["peerId"]))

    def _leave_everybody(self, conference: Conference) -> None:
        for peer in conference.members:
            self._do("leave", peer.peer_id)

    def _new_id(self) -> str:
        self._count += 1
        return f"{self._count:08x}@{self._options.domain}#vcs"


def _as_hosted(meeting: Meeting | None, domain: str) -> HostedConference | None:
    if meeting is None:
        return None
    return HostedConference(f"{meeting.plan.id}@{domain}#vcs", meeting.plan.topic, meeting.plan.type)
