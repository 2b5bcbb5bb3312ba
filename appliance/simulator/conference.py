"""A call or conference that is going on: who is in it, who has been asked, who wants to come in."""

from typing import TYPE_CHECKING, Any

from appliance.simulator import errors
from appliance.simulator.errors import Refused
from appliance.terminal.messages.enums import (
    CallDirection,
    ConferenceType,
    DeviceState,
    PeerStatus,
    RejectCause,
)

if TYPE_CHECKING:
    from appliance.simulator.people import Peer
    from appliance.simulator.terminal import Terminal

PARTICIPANT_LIMIT = 10


class Conference:
    """One call or conference, from established to ended. `called` is whom the room called, if it did."""

    def __init__(
        self,
        terminal: "Terminal",
        *,
        conf_id: str,
        type: ConferenceType,  # noqa: A002 - the wire's word, and ours
        direction: CallDirection,
        peer_id: str,
        title: str = "",
        owner: str = "",
        auto_join: bool = False,
    ) -> None:
        self._terminal = terminal
        self.conf_id = conf_id
        self.type = type
        self.direction = direction
        self.peer_id = peer_id
        self.title = title
        self.owner = owner
        self.auto_join = auto_join
        self.members: list[Peer] = []
        self.invited: dict[str, float] = {}  # peer id -> when the ringing ends, monotonic seconds
        self.asking: dict[str, float] = {}  # peer id -> when they stop waiting, monotonic seconds
        self._since = terminal.now()
        self._started = int(terminal.wall_clock())

    @property
    def group(self) -> bool:
        """Whether it is a group conference."""
        return self.type is not ConferenceType.POINT_TO_POINT

    @property
    def mine(self) -> bool:
        """Whether it is a group conference that the room owns."""
        return self.group and self.owner == self._terminal.options.room_id

    @property
    def due(self) -> list[float]:
        """When invitations and requests run out."""
        return [*self.invited.values(), *self.asking.values()]

    @property
    def duration(self) -> int:
        """Seconds since it was established."""
        return int(self._terminal.now() - self._since)

    @property
    def started(self) -> int:
        """When it was established, in Unix seconds."""
        return self._started

    def created(self) -> dict[str, Any]:
        """The fields of `conferenceCreated`."""
        fields: dict[str, Any] = {"confId": self.conf_id, "confType": int(self.type)}
        if self.group:
            fields |= {"confTitle": self.title, "conferenceOwner": self.owner}
        return {**fields, "peerId": self.peer_id} if self.direction is CallDirection.OUTGOING else fields

    def describe(self) -> dict[str, Any]:
        """The fields of the reply to `getConferences`."""
        fields: dict[str, Any] = {
            "confType": int(self.type),
            "confId": self.conf_id,
            "slideShowPresent": False,
            "duration": self.duration,
        }
        if not self.group:
            return {**fields, **self._terminal.directory.party(self.peer_id)}
        fields |= {"confTitle": self.title, "conferenceOwner": self.owner, "joinUrl": self._url}
        return {**fields, "autoJoin": self.auto_join} if self.mine else fields

    def participants(self) -> list[dict[str, Any]]:
        """The fields of each participant, the room first."""
        return [self._self(), *(self._participant(peer) for peer in self.members)]

    def enter(self, peer: "Peer") -> None:
        """Somebody comes in."""
        self.invited.pop(peer.peer_id, None)
        self.asking.pop(peer.peer_id, None)
        self.members.append(peer)
        self._terminal.emit("newParticipantInConference", confId=self.conf_id, **self._participant(peer))
        self._terminal.directory.set_status(peer, PeerStatus.BUSY if peer.hosting is None else peer.status)

    def leave(self, peer: "Peer") -> None:
        """Somebody goes out."""
        self.members.remove(peer)
        self._terminal.emit("participantLeftConference", peerId=peer.peer_id)
        self._terminal.directory.release(peer)

    def invite(self, peer_id: str) -> None:
        """The room asks somebody in; refused at once where they cannot come."""
        self._require_mine()
        if len(self.members) + len(self.invited) + 1 >= PARTICIPANT_LIMIT:
            raise Refused(errors.TOO_MANY_PARTICIPANTS)
        party = self._terminal.directory.party(peer_id)
        self._terminal.emit("inviteSent", confId=self.conf_id, confType=1, **party)
        cause = self._terminal.refusal_of(peer_id)
        if cause is None:
            self.invited[party["peerId"]] = self._terminal.now() + self._terminal.options.ring_timeout
        else:
            self._terminal.emit("rejectReceived", cause=int(cause), **party)

    def decline(self, peer_id: str, cause: RejectCause) -> None:
        """Somebody who was asked in does not come."""
        del self.invited[peer_id]
        self._terminal.emit("rejectReceived", cause=int(cause), **self._terminal.directory.party(peer_id))

    def kick(self, peer_id: str) -> None:
        """The room throws somebody out."""
        self._require_mine()
        peer = self._terminal.directory.find(peer_id)
        if peer not in self.members:
            raise Refused(errors.NOT_IN_CONFERENCE)
        self.leave(peer)

    def ask(self, peer: "Peer") -> None:
        """A peer wants to come into the room's own conference."""
        if self.auto_join:
            self.enter(peer)
            return
        self.asking[peer.peer_id] = self._terminal.now() + self._terminal.options.ring_timeout
        party = self._terminal.directory.party(peer.peer_id)
        self._terminal.emit("requestInviteReceived", confId=self.conf_id, **party)

    def let_in(self, peer_id: str) -> None:
        """The room lets somebody in who asked."""
        peer = self._asking(peer_id)
        self._terminal.emit("peerAccepted", confId=self.conf_id, **self._terminal.directory.party(peer.peer_id))
        self.enter(peer)

    def turn_away(self, peer_id: str, cause: RejectCause = RejectCause.REJECTED) -> None:
        """The room does not let somebody in who asked."""
        peer = self._asking(peer_id)
        del self.asking[peer.peer_id]
        party = self._terminal.directory.party(peer.peer_id)
        self._terminal.emit("rejectSent", confId=self.conf_id, cause=int(cause), **party)

    def advance(self) -> None:
        """Ends invitations and requests that nobody answered."""
        now = self._terminal.now()
        for peer_id in [p for p, until in self.invited.items() if now >= until]:
            self.decline(peer_id, RejectCause.NO_ANSWER)
        for peer_id in [p for p, until in self.asking.items() if now >= until]:
            self.turn_away(peer_id, RejectCause.NO_ANSWER)

    def _asking(self, peer_id: str) -> "Peer":
        self._require_mine()
        peer = self._terminal.directory.find(peer_id)
        if peer is None or peer.peer_id not in self.asking:
            raise Refused(errors.NO_REQUEST)
        return peer

    def _require_mine(self) -> None:
        if not self.mine:
            raise Refused(errors.NOT_OWNER)

    @property
    def _url(self) -> str:
        return f"https://{self._terminal.options.domain}/c/{self.conf_id.split('@')[0]}"

    def _self(self) -> dict[str, Any]:
        muted = self._terminal.mutes.muted
        return {
            **self._terminal.uplink.me,
            "mic": int(DeviceState.MUTED if muted["mic"] else DeviceState.ON),
            "video": int(DeviceState.MUTED if muted["video"] else DeviceState.ON),
            **self._rank(self._terminal.options.room_id),
        }

    def _participant(self, peer: "Peer") -> dict[str, Any]:
        return {
            **self._terminal.directory.party(peer.peer_id),
            "recordingMe": False,
            "recordingByMe": False,
            "mic": int(DeviceState.ON),
            "video": int(DeviceState.ON),
            "slideShowFlag": False,
            "audioReceiving": True,
            "videoReceiving": True,
            "extraVideo": 0,
            **self._rank(peer.peer_id),
        }

    def _rank(self, peer_id: str) -> dict[str, Any]:
        owns = self.group and peer_id == self.owner
        rank = {"leaderType": int(owns)}
        return {**rank, "role": 1 + owns, "broadcast": owns} if self.type is ConferenceType.ROLE_BASED else rank
