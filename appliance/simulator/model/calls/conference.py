"""A call or conference that is going on: who is in it, who has been asked, who wants to come in."""

from typing import TYPE_CHECKING, Any

from appliance.simulator.model import errors
from appliance.simulator.model.calls.camera_control import CameraControl
from appliance.simulator.model.calls.outgoing import Outgoing
from appliance.simulator.model.calls.participants import Participants
from appliance.simulator.model.calls.podium import Podium
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.media.equipment import Use
from appliance.terminal.messages.enums import (
    CallDirection,
    ConferenceType,
    DeviceState,
    PeerStatus,
    RejectCause,
)

if TYPE_CHECKING:
    from appliance.simulator.model.people.people import Peer
    from appliance.simulator.model.terminal import Terminal

COMMON, OWNER, MODERATOR = 0, 1, 3  # `leaderType`


class Conference:
    """One call or conference, from established to ended. `called` is whom the room called, if it did."""

    def __init__(
        self,
        terminal: "Terminal",
        *,
        conf_id: str,
        type: ConferenceType,  # noqa: A002  # the wire's word, and ours
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
        self.moderated = False  # whether the owner has made the room a moderator
        self.members: list[Peer] = []
        self.invited: dict[str, float] = {}  # peer id -> when the ringing ends, monotonic seconds
        self.asking: dict[str, float] = {}  # peer id -> when they stop waiting, monotonic seconds
        self.participants: Participants = Participants(terminal, self)
        self.podium: Podium = Podium(terminal, self)
        self.camera_control: CameraControl = CameraControl(terminal, self)
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
        """When something happens by itself."""
        waiting = [*self.invited.values(), *self.asking.values()]
        return [*waiting, *self.podium.due, *self.camera_control.due]

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
            "slideShowPresent": self._terminal.slides.on_screen,
            "duration": self.duration,
        }
        if not self.group:
            return {**fields, **self._terminal.directory.party(self.peer_id)}
        fields |= {"confTitle": self.title, "conferenceOwner": self.owner, "joinUrl": self._url}
        manage = f"https://{self._terminal.options.domain}/tools/real-time?stream_id={self.conf_id}"
        mine = {"autoJoin": self.auto_join, "realTimeConferenceManagmentUrl": manage}
        return {**fields, **mine} if self.mine else fields

    def everybody(self) -> list[dict[str, Any]]:
        """The fields of each participant, the room first."""
        return [self._self(), *(self._participant(peer) for peer in self.members)]

    def enter(self, peer: "Peer") -> None:
        """Somebody comes in."""
        self.invited.pop(peer.peer_id, None)
        self.asking.pop(peer.peer_id, None)
        self.members.append(peer)
        self.participants.entered(peer)
        self._terminal.emit("newParticipantInConference", confId=self.conf_id, **self._participant(peer))
        self._terminal.directory.set_status(peer, PeerStatus.BUSY if peer.hosting is None else peer.status)
        self._seen_differently()

    def leave(self, peer: "Peer") -> None:
        """Somebody goes out."""
        self.members.remove(peer)
        self.participants.gone(peer.peer_id)
        self.podium.gone(peer.peer_id)
        self.camera_control.gone(peer.peer_id)
        self._terminal.emit("participantLeftConference", peerId=peer.peer_id)
        self._terminal.directory.release(peer)
        self._seen_differently()

    def invite(self, peer_id: str) -> None:
        """The room asks somebody in; refused at once where they cannot come."""
        self.require_mine()
        if len(self.members) + len(self.invited) + 1 >= self._terminal.tariff.participants(self.type):
            raise Refused(errors.TOO_MANY_PARTICIPANTS)
        party = self._terminal.directory.party(peer_id)
        self._terminal.emit("inviteSent", confId=self.conf_id, confType=1, **party)
        cause = self._terminal.refusal_of(peer_id)
        if cause is None:
            self._terminal.outgoing.append(Outgoing("call", party["peerId"], self.type, self.title))
            self.invited[party["peerId"]] = self._terminal.now() + self._terminal.options.ring_timeout
        else:
            self._terminal.emit("rejectReceived", cause=int(cause), **party)

    def decline(self, peer_id: str, cause: RejectCause) -> None:
        """Somebody who was asked in does not come."""
        del self.invited[peer_id]
        self._terminal.emit("rejectReceived", cause=int(cause), **self._terminal.directory.party(peer_id))

    def kick(self, peer_id: str) -> None:
        """The room throws somebody out."""
        peer = self.member_of_mine(peer_id)
        self._terminal.outgoing.append(Outgoing("leave", peer.peer_id))
        self.leave(peer)

    def member_of_mine(self, peer_id: str) -> "Peer":
        """A member of a conference that the room owns; refused otherwise."""
        self.require_mine()
        peer = self._terminal.directory.find(peer_id)
        if peer not in self.members:
            raise Refused(errors.NOT_IN_CONFERENCE)
        return peer

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
        self.podium.advance()
        self.camera_control.advance()

    def over(self) -> None:
        """It ends: nobody gets an answer any more."""
        self.podium.over()
        self.camera_control.over()
        self._terminal.slides.conference_over()
        self._terminal.sharing.conference_over()
        self._terminal.layout.reset()

    def require_mine(self) -> None:
        """Refuses where the room does not own it."""
        if not self.mine:
            raise Refused(errors.NOT_OWNER)

    def require_lead(self) -> None:
        """Refuses where the room neither owns nor moderates it."""
        if not (self.mine or self.moderated):
            raise Refused(errors.NOT_ALLOWED)

    def _asking(self, peer_id: str) -> "Peer":
        self.require_mine()
        peer = self._terminal.directory.find(peer_id)
        if peer is None or peer.peer_id not in self.asking:
            raise Refused(errors.NO_REQUEST)
        return peer

    def _seen_differently(self) -> None:
        self._terminal.layout.changed()
        self.participants.tell_receivers()

    @property
    def _url(self) -> str:
        return f"https://{self._terminal.options.domain}/c/{self.conf_id.split('@')[0]}"

    def _self(self) -> dict[str, Any]:
        return {
            **self._terminal.uplink.me,
            "mic": int(self._own_device("audioCapturer", "mic")),
            "video": int(self._own_device("videoCapturer", "video")),
            **self._rank(self._terminal.options.room_id, moderator=self.moderated),
        }

    def _own_device(self, use: Use, mute: str) -> DeviceState:
        if not self._terminal.equipment.has(use):
            return DeviceState.ABSENT
        return DeviceState.MUTED if self._terminal.mutes.muted[mute] else DeviceState.ON

    def _participant(self, peer: "Peer") -> dict[str, Any]:
        participant = self.participants.present[peer.peer_id]
        party = self._terminal.directory.party(peer.peer_id)
        return {**party, **participant.describe(), **self._rank(peer.peer_id, moderator=participant.moderator)}

    def _rank(self, peer_id: str, *, moderator: bool) -> dict[str, Any]:
        owns = self.group and peer_id == self.owner
        rank = {"leaderType": OWNER if owns else MODERATOR if moderator else COMMON}
        if self.type is not ConferenceType.ROLE_BASED:
            return rank
        return {**rank, "role": int(self.podium.role(peer_id)), "broadcast": self.podium.speaks(peer_id)}
