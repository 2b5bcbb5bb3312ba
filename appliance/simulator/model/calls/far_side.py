"""What other people do about calls: call the room, answer, decline, come and go."""

from collections.abc import Callable

from appliance.simulator.model.calls.calls import Calls
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Impossible
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.media.mutes import Mutes
from appliance.simulator.model.people.block_list import BlockList
from appliance.simulator.model.people.directory import Directory, HostedConference, Peer
from appliance.terminal.messages.enums import AppState, ConferenceType, PeerStatus, RejectCause

FIRST_NUMBER = 0x351  # of the conference ids that peers give; any number would do


class FarSide:
    """The far end of every call. What somebody cannot do now raises `Impossible`.

    `app_state` returns what the terminal is doing.
    """

    def __init__(
        self,
        domain: str,
        calls: Calls,
        current: CurrentCall,
        *,
        directory: Directory,
        blocked: BlockList,
        settings: Settings,
        mutes: Mutes,
        emit: Emit,
        app_state: Callable[[], AppState],
    ) -> None:
        self._domain = domain
        self._calls = calls
        self._current = current
        self._directory = directory
        self._blocked = blocked
        self._settings = settings
        self._mutes = mutes
        self._emit = emit
        self._app_state = app_state
        self._hosted = FIRST_NUMBER

    def actions(self, peer: Peer) -> frozenset[str]:
        """Returns what this peer could do now."""
        if not peer.online:
            return frozenset({"online"})
        if self._is_called(peer):
            return frozenset({"answer", "reject", "busy", "offline"})
        if self._calls_room(peer) or self._is_member(peer):
            return frozenset({"leave", "offline"})
        if peer.status is PeerStatus.BUSY and not peer.room:
            return frozenset({"online", "offline"})
        own = {"leave"} if peer.hosting else {"host", "busy"}
        return frozenset({"offline", *own, *({"call"} if self._room_takes_calls(peer) else ())})

    def call(self, peer_id: str, kind: ConferenceType = ConferenceType.POINT_TO_POINT, title: str = "") -> None:
        """Calls the room, or (if `kind` is not point-to-point) invites it into a group conference.

        While the room is in a group conference of its own, a call asks to join that one; while it is in another one, or
        for an invitation, it is a second call.
        """
        peer = self._able(peer_id, "call")
        if kind is ConferenceType.POINT_TO_POINT and self._asks_in(peer):
            self._calls.going_on().admission.ask(peer)
            return
        group = kind is not ConferenceType.POINT_TO_POINT
        if group and peer.hosting is None:
            self._host(peer, kind, title)
        self._calls.ring(peer, kind, peer.hosting.title if group and peer.hosting else title)

    def answer(self, peer_id: str) -> None:
        """Accepts the room's call or invitation, or lets the room into their conference."""
        peer = self._able(peer_id, "answer")
        if self._is_invited(peer):
            self._calls.going_on().enter(peer)
        else:
            self._calls.answered()

    def reject(self, peer_id: str, cause: RejectCause = RejectCause.REJECTED) -> None:
        """Declines the room's call, invitation or request."""
        self._decline(self._able(peer_id, "reject"), cause)

    def busy(self, peer_id: str) -> None:
        """Declines as busy; without a call they are busy from now on."""
        peer = self._able(peer_id, "busy")
        if self._is_called(peer):
            self._decline(peer, RejectCause.BUSY)
        else:
            self._directory.set_status(peer, PeerStatus.BUSY)

    def leave(self, peer_id: str, *, for_all: bool = True) -> None:
        """Leaves the conversation, stops calling, or ends their own conference; not `for_all`, it goes on."""
        self._leave(self._able(peer_id, "leave"), for_all=for_all)

    def offline(self, peer_id: str) -> None:
        """Disappears from the server, and from whatever they were in."""
        peer = self._able(peer_id, "offline")
        self._vanish(peer)
        peer.hosting = None
        self._directory.set_status(peer, PeerStatus.OFFLINE)

    def appear(self, peer: Peer, status: PeerStatus, hosting: HostedConference | None) -> None:
        """Shows what another room does, and the conference that it owns; offline it is gone from everything."""
        if status is PeerStatus.OFFLINE and peer.online:
            self._vanish(peer)
        peer.hosting = hosting
        self._directory.appear(peer, status)

    def online(self, peer_id: str) -> None:
        """Comes back to the server, or is available again."""
        self._directory.set_status(self._able(peer_id, "online"), PeerStatus.AVAILABLE)

    def host(
        self, peer_id: str, kind: ConferenceType = ConferenceType.SYMMETRIC, title: str = "", pin: str = ""
    ) -> None:
        """Opens a group conference of their own, which the room may ask to join, or join with its password."""
        self._host(self._able(peer_id, "host"), kind, title, pin)

    def mute_room(self, device: str, *, mute: bool) -> None:
        """Mutes or unmutes the room's `mic` or `video`, as the owner of the conference does."""
        roster = self._current.roster
        if roster is None or not roster.group or roster.mine:
            raise Impossible("the room is not in somebody else's group conference")
        events = {"mic": "micStateChangedByConferenceOwner", "video": "cameraStateChangedByConferenceOwner"}
        self._emit(events[device], mute=mute, confId=roster.conf_id)
        self._mutes.set("mic" if device == "mic" else "video", mute=mute)

    def _able(self, peer_id: str, action: str) -> Peer:
        peer = self._directory.peer(peer_id)
        possible = self.actions(peer)
        if action not in possible:
            now = f"{peer.peer_id} cannot {action} now (appState {int(self._app_state())})"
            raise Impossible(f"{now}; possible: {', '.join(sorted(possible))}")
        return peer

    @property
    def _room_hosts(self) -> bool:
        roster = self._current.roster
        return roster is not None and roster.mine and self._current.in_conference

    def _room_takes_calls(self, peer: Peer) -> bool:
        if peer.peer_id in self._blocked:
            return False
        if self._settings.values["rejectCallsNotFromAB"] and peer.peer_id not in self._directory.book:
            return False
        if self._asks_in(peer):
            return True
        talking = self._app_state() in (AppState.READY, AppState.IN_CONFERENCE)
        return talking and self._current.invitation is None

    def _asks_in(self, peer: Peer) -> bool:
        return self._room_hosts and peer.hosting is None

    def _is_called(self, peer: Peer) -> bool:
        invitation = self._current.invitation
        called = invitation is not None and invitation.outgoing and invitation.peer_id == peer.peer_id
        return called or self._is_invited(peer)

    def _is_invited(self, peer: Peer) -> bool:
        return self._calls.conference is not None and peer.peer_id in self._calls.conference.admission.invited

    def _calls_room(self, peer: Peer) -> bool:
        invitation, conference = self._current.invitation, self._calls.conference
        calls = invitation is not None and not invitation.outgoing and invitation.peer_id == peer.peer_id
        return calls or (conference is not None and peer.peer_id in conference.admission.asking)

    def _is_member(self, peer: Peer) -> bool:
        roster = self._current.roster
        return self._current.in_conference and roster is not None and peer.peer_id in roster.present

    def _decline(self, peer: Peer, cause: RejectCause) -> None:
        if self._is_invited(peer):
            self._calls.going_on().admission.declined(peer.peer_id, cause)
        else:
            self._calls.declined(cause)

    def _vanish(self, peer: Peer) -> None:
        if self._is_called(peer):
            self._decline(peer, RejectCause.NOT_AVAILABLE)
        elif "leave" in self.actions(peer):
            self._leave(peer, for_all=True)

    def _leave(self, peer: Peer, *, for_all: bool) -> None:
        conference = self._calls.conference
        if self._is_member(peer):
            peer.hosting = peer.hosting if for_all else None
            self._calls.peer_left(peer, for_all=for_all)
        elif conference is not None and peer.peer_id in conference.admission.asking:
            del conference.admission.asking[peer.peer_id]
        elif self._calls_room(peer):
            self._calls.given_up()
        if peer.hosting is not None:
            peer.hosting = None
            self._directory.release(peer)

    def _host(self, peer: Peer, kind: ConferenceType, title: str, pin: str = "") -> None:
        self._hosted += 1
        conf_id = f"{self._hosted:08x}@{self._domain}#vcs"
        peer.hosting = HostedConference(conf_id, title or f"{peer.name}: conference", kind, pin)
        self._directory.set_status(peer, PeerStatus.OWNS_CONFERENCE)
