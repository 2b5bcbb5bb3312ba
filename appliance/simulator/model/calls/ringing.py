"""The call that rings: made, announced, and ended without an answer.

There is one at most. An outgoing one needs a terminal with nothing else; an incoming one may also wait beside a
conference that goes on (a second call). Every end goes into the call history.
"""

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.conversation.invitation import Invitation
from appliance.simulator.model.people.directory import Directory, HostedConference, Peer
from appliance.simulator.model.people.history import History, PastCall
from appliance.terminal.messages.enums import CallDirection, ConferenceType, RejectCause, Side

FIRST_NUMBER = 0x2C6  # of the conference ids that the terminal gives; any number would do


class Ringing:
    """Makes, tells and ends the invitation of `current`; whoever calls it announces the state."""

    def __init__(self, context: Context, current: CurrentCall, directory: Directory, history: History) -> None:
        self._options = context.options
        self._now = context.now
        self._wall_clock = context.wall_clock
        self._emit = context.emit
        self._current = current
        self._directory = directory
        self._history = history
        self._count = FIRST_NUMBER

    def to(self, peer_id: str, hosting: HostedConference | None) -> None:
        """Rings at somebody; asks them to let the room in if they own a conference (`hosting`)."""
        if hosting is not None:
            invitation = self._made(peer_id, True, hosting.conf_id, hosting.type, hosting.title, joins=True)
            self._emit("inviteRequestSent", **self.party(invitation))
        else:
            invitation = self._made(peer_id, True, self.new_id(), ConferenceType.POINT_TO_POINT, "")
            self._emit("inviteSent", confId=invitation.conf_id, confType=0, **self.party(invitation))
        self._current.invitation = invitation

    def by(self, peer: Peer, kind: ConferenceType, title: str) -> None:
        """Rings because somebody calls, or invites the room into a group conference."""
        group = kind is not ConferenceType.POINT_TO_POINT
        conf_id = peer.hosting.conf_id if group and peer.hosting else self.new_id()
        invitation = self._made(peer.peer_id, False, conf_id, kind, title if group else "")
        self._current.invitation = invitation
        about = {"confTitle": title} if group else {}
        self._emit("inviteReceived", type=int(kind), confId=conf_id, **self.party(invitation), **about)

    def incoming(self) -> Invitation:
        """Returns the call of somebody; refused without one."""
        if self._current.invitation is None or self._current.invitation.outgoing:
            raise Refused(errors.NO_INCOMING_CALL)
        return self._current.invitation

    def outgoing(self) -> Invitation:
        """Returns the room's call to somebody; refused without one."""
        if self._current.invitation is None or not self._current.invitation.outgoing:
            raise Refused(errors.NO_CALL)
        return self._current.invitation

    def party(self, invitation: Invitation) -> dict[str, str]:
        """Returns who the other side is, as the wire has them."""
        return self._directory.party(invitation.peer_id)

    def reject(self) -> None:
        """Rejects the incoming call."""
        invitation = self.incoming()
        party = self.party(invitation)
        self._emit("rejectSent", confId=invitation.conf_id, cause=int(RejectCause.REJECTED), **party)
        self.end(Side.TERMINAL, CallDirection.INCOMING)

    def end(self, side: Side, direction: CallDirection) -> None:
        """Ends the ringing, without a conference."""
        invitation = self._current.invitation
        if invitation is None:
            return
        self._current.invitation = None
        by = self._options.room_id if side is Side.TERMINAL else invitation.peer_id
        self._emit("stopCalling", peerId=by, side=int(side))
        group, conf_id = invitation.group, invitation.conf_id
        self._history.add(PastCall(direction, invitation.peer_id, group, invitation.started, 0, conf_id))

    def new_id(self) -> str:
        """Returns the id of one more conference."""
        self._count += 1
        return f"{self._count:08x}@{self._options.domain}#vcs"

    def _made(
        self,
        peer_id: str,
        outgoing: bool,  # noqa: FBT001  # the two directions of an invitation
        conf_id: str,
        kind: ConferenceType,
        title: str,
        *,
        joins: bool = False,
    ) -> Invitation:
        until = self._now() + self._options.ring_timeout
        started = int(self._wall_clock())
        return Invitation(peer_id, outgoing, conf_id, until, started, kind, title, joins)
