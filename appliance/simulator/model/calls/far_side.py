"""What the other people do: call the room, answer, decline, come and go. Impossible things are refused."""

from typing import TYPE_CHECKING

from appliance.simulator.model.errors import Impossible
from appliance.simulator.model.people.people import HostedConference, Peer
from appliance.terminal.messages.enums import AppState, ConferenceType, PeerStatus, RejectCause

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal


class FarSide:
    """The far end of every call."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._calls = terminal.calls
        self._hosted = 0x351

    def actions(self, peer: Peer) -> frozenset[str]:
        """What this peer could do now."""
        if not peer.online:
            return frozenset({"online"})
        if self._is_called(peer):
            return frozenset({"answer", "reject", "busy", "offline"})
        if self._calls_room(peer) or self._is_member(peer):
            return frozenset({"leave", "offline"})
        if peer.status is PeerStatus.BUSY:
            return frozenset({"online", "offline"})
        own = {"leave"} if peer.hosting else {"host", "busy"}
        return frozenset({"offline", *own, *({"call"} if self._room_takes_calls(peer) else ())})

    def call(self, peer_id: str, kind: ConferenceType = ConferenceType.POINT_TO_POINT, title: str = "") -> None:
        """Calls the room, or (`kind` other than point-to-point) asks it into a group conference.

        Where the room is in a group conference of its own, this asks to come in.
        """
        peer = self._able(peer_id, "call")
        if self._room_hosts:
            self._calls.going_on().ask(peer)
            return
        group = kind is not ConferenceType.POINT_TO_POINT
        if group and peer.hosting is None:
            self._host(peer, kind, title)
        self._calls.ring(peer, kind, peer.hosting.title if group and peer.hosting else title)

    def answer(self, peer_id: str) -> None:
        """Takes the room's call, comes into its conference, or lets it into theirs."""
        peer = self._able(peer_id, "answer")
        if self._is_invited(peer):
            self._calls.going_on().enter(peer)
        else:
            self._calls.answered()

    def reject(self, peer_id: str, cause: RejectCause = RejectCause.REJECTED) -> None:
        """Declines the room's call, invitation or request."""
        self._decline(self._able(peer_id, "reject"), cause)

    def busy(self, peer_id: str) -> None:
        """Declines as busy; while nobody calls: is busy from now on."""
        peer = self._able(peer_id, "busy")
        if self._is_called(peer):
            self._decline(peer, RejectCause.BUSY)
        else:
            self._terminal.directory.set_status(peer, PeerStatus.BUSY)

    def leave(self, peer_id: str) -> None:
        """Leaves the conversation, stops calling, or ends their own conference."""
        self._leave(self._able(peer_id, "leave"))

    def offline(self, peer_id: str) -> None:
        """Disappears from the server, out of whatever they were in."""
        peer = self._able(peer_id, "offline")
        if self._is_called(peer):
            self._decline(peer, RejectCause.NOT_AVAILABLE)
        elif "leave" in self.actions(peer):
            self._leave(peer)
        peer.hosting = None
        self._terminal.directory.set_status(peer, PeerStatus.OFFLINE)

    def online(self, peer_id: str) -> None:
        """Comes (back) to the server, or is free again."""
        self._terminal.directory.set_status(self._able(peer_id, "online"), PeerStatus.AVAILABLE)

    def host(self, peer_id: str, kind: ConferenceType = ConferenceType.SYMMETRIC, title: str = "") -> None:
        """Opens a group conference of their own, which the room may ask to join."""
        self._host(self._able(peer_id, "host"), kind, title)

    def mute_room(self, device: str, *, mute: bool) -> None:
        """The owner of the conference mutes or unmutes the room's `mic` or `video`."""
        conference = self._calls.conference
        if conference is None or not conference.group or conference.mine:
            raise Impossible("the room is not in somebody else's group conference")
        events = {"mic": "micStateChangedByConferenceOwner", "video": "cameraStateChangedByConferenceOwner"}
        self._terminal.emit(events[device], mute=mute, confId=conference.conf_id)
        self._terminal.mutes.set("mic" if device == "mic" else "video", mute=mute)

    def _able(self, peer_id: str, action: str) -> Peer:
        peer = self._terminal.directory.peer(peer_id)
        possible = self.actions(peer)
        if action not in possible:
            now = f"{peer.peer_id} cannot {action} now (appState {int(self._terminal.app_state)})"
            raise Impossible(f"{now}; possible: {', '.join(sorted(possible))}")
        return peer

    @property
    def _room_hosts(self) -> bool:
        conference = self._calls.conference
        return conference is not None and conference.mine and self._terminal.app_state is AppState.IN_CONFERENCE

    def _room_takes_calls(self, peer: Peer) -> bool:
        if peer.peer_id in self._terminal.blocked:
            return False
        if self._terminal.settings.values["rejectCallsNotFromAB"] and peer.peer_id not in self._terminal.directory.book:
            return False
        return self._terminal.app_state is AppState.READY or (self._room_hosts and peer.hosting is None)

    def _is_called(self, peer: Peer) -> bool:
        invitation = self._calls.invitation
        called = invitation is not None and invitation.outgoing and invitation.peer_id == peer.peer_id
        return called or self._is_invited(peer)

    def _is_invited(self, peer: Peer) -> bool:
        return self._calls.conference is not None and peer.peer_id in self._calls.conference.invited

    def _calls_room(self, peer: Peer) -> bool:
        invitation, conference = self._calls.invitation, self._calls.conference
        calls = invitation is not None and not invitation.outgoing and invitation.peer_id == peer.peer_id
        return calls or (conference is not None and peer.peer_id in conference.asking)

    def _is_member(self, peer: Peer) -> bool:
        going_on = self._terminal.app_state is AppState.IN_CONFERENCE
        return going_on and self._calls.conference is not None and peer in self._calls.conference.members

    def _decline(self, peer: Peer, cause: RejectCause) -> None:
        if self._is_invited(peer):
            self._calls.going_on().decline(peer.peer_id, cause)
        else:
            self._calls.declined(cause)

    def _leave(self, peer: Peer) -> None:
        conference = self._calls.conference
        if self._is_member(peer):
            self._calls.peer_left(peer)
        elif conference is not None and peer.peer_id in conference.asking:
            del conference.asking[peer.peer_id]
        elif self._calls_room(peer):
            self._calls.given_up()
        if peer.hosting is not None:
            peer.hosting = None
            self._terminal.directory.release(peer)

    def _host(self, peer: Peer, kind: ConferenceType, title: str) -> None:
        self._hosted += 1
        conf_id = f"{self._hosted:08x}@{self._terminal.options.domain}#vcs"
        peer.hosting = HostedConference(conf_id, title or f"{peer.name}: conference", kind)
        self._terminal.directory.set_status(peer, PeerStatus.OWNS_CONFERENCE)
