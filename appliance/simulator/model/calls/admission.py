"""Who comes into the room's own conference: people whom it invites, and people who ask to join."""

from collections.abc import Callable

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.outgoing import Act, Outgoing
from appliance.simulator.model.conversation.roster import Roster
from appliance.simulator.model.machine.tariff import Tariff
from appliance.simulator.model.people.directory import Directory, Peer
from appliance.terminal.messages.enums import RejectCause


class Admission:
    """Invitations and requests of one conference. Both end unanswered after the ringing time.

    `act` does something to others; `enter` lets somebody in.
    """

    def __init__(
        self,
        context: Context,
        roster: Roster,
        directory: Directory,
        tariff: Tariff,
        *,
        act: Act,
        enter: Callable[[Peer], None],
    ) -> None:
        self._now = context.now
        self._emit = context.emit
        self._ring_timeout = context.options.ring_timeout
        self._roster = roster
        self._directory = directory
        self._tariff = tariff
        self._act = act
        self._enter = enter
        self.invited: dict[str, float] = {}  # peer id -> when the ringing ends, monotonic seconds
        self.asking: dict[str, float] = {}  # peer id -> when they stop waiting, monotonic seconds

    @property
    def due(self) -> list[float]:
        """When invitations and requests end, in monotonic seconds."""
        return [*self.invited.values(), *self.asking.values()]

    def invite(self, peer_id: str) -> None:
        """Invites somebody into the room's conference; if they cannot come, their refusal follows at once."""
        self._roster.require_mine()
        if len(self._roster.present) + len(self.invited) + 1 >= self._tariff.participants(self._roster.type):
            raise Refused(errors.TOO_MANY_PARTICIPANTS)
        party = self._directory.party(peer_id)
        self._emit("inviteSent", confId=self._roster.conf_id, confType=1, **party)
        cause = self._directory.refusal_of(peer_id)
        if cause is None:
            self._act(Outgoing("call", party["peerId"], {"kind": self._roster.type, "title": self._roster.title}))
            self.invited[party["peerId"]] = self._now() + self._ring_timeout
        else:
            self._emit("rejectReceived", cause=int(cause), **party)

    def declined(self, peer_id: str, cause: RejectCause) -> None:
        """Ends the invitation of somebody who does not come."""
        del self.invited[peer_id]
        self._emit("rejectReceived", cause=int(cause), **self._directory.party(peer_id))

    def ask(self, peer: Peer) -> None:
        """Receives somebody's request to join the room's conference, which may let everybody in."""
        if self._roster.auto_join:
            self._open_to(peer)
            return
        self.asking[peer.peer_id] = self._now() + self._ring_timeout
        self._emit("requestInviteReceived", confId=self._roster.conf_id, **self._directory.party(peer.peer_id))

    def let_in(self, peer_id: str) -> None:
        """Lets somebody in who asked; refused if they have not."""
        peer = self._asking(peer_id)
        self._emit("peerAccepted", confId=self._roster.conf_id, **self._directory.party(peer.peer_id))
        self._open_to(peer)

    def turn_away(self, peer_id: str, cause: RejectCause = RejectCause.REJECTED) -> None:
        """Turns somebody away who asked; refused if they have not."""
        peer = self._asking(peer_id)
        del self.asking[peer.peer_id]
        self._act(Outgoing("reject", peer.peer_id, {"cause": cause}))
        party = self._directory.party(peer.peer_id)
        self._emit("rejectSent", confId=self._roster.conf_id, cause=int(cause), **party)

    def entered(self, peer_id: str) -> None:
        """Forgets the invitation or request of somebody who has come in."""
        self.invited.pop(peer_id, None)
        self.asking.pop(peer_id, None)

    def advance(self) -> None:
        """Ends invitations and requests that nobody answered."""
        now = self._now()
        for peer_id in [p for p, until in self.invited.items() if now >= until]:
            self.declined(peer_id, RejectCause.NO_ANSWER)
        for peer_id in [p for p, until in self.asking.items() if now >= until]:
            self.turn_away(peer_id, RejectCause.NO_ANSWER)

    def _open_to(self, peer: Peer) -> None:
        self._act(Outgoing("answer", peer.peer_id))
        self._enter(peer)

    def _asking(self, peer_id: str) -> Peer:
        self._roster.require_mine()
        peer = self._directory.find(peer_id)
        if peer is None or peer.peer_id not in self.asking:
            raise Refused(errors.NO_REQUEST)
        return peer
