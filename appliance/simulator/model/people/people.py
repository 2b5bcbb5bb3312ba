"""Whom the room knows: everybody on the server, the room's address book, past calls, planned meetings."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused, UnknownPeer
from appliance.simulator.model.options import PlannedMeeting, SimulatorOptions
from appliance.terminal.messages.enums import CallDirection, ConferenceType, PeerStatus

Emit = Callable[..., None]


class HostedConference(msgspec.Struct, frozen=True):
    """A group conference that a peer owns and one may ask to join."""

    conf_id: str
    title: str
    type: ConferenceType


class Peer:
    """Somebody on the server."""

    __slots__ = ("avatar", "hosting", "name", "peer_id", "status")  # a hundred rooms have ten thousand of them

    def __init__(self, peer_id: str, name: str, status: PeerStatus) -> None:
        self.peer_id = peer_id
        self.name = name
        self.status = status
        self.hosting: HostedConference | None = None
        self.avatar = 0  # how often it has been changed

    @property
    def online(self) -> bool:
        """Whether a call would reach them."""
        return self.status is not PeerStatus.OFFLINE

    @property
    def free(self) -> bool:
        """Whether they could take a call."""
        return self.status is PeerStatus.AVAILABLE


class Directory:
    """Everybody on the server, and under which names the room has them in its address book."""

    def __init__(self, options: SimulatorOptions, emit: Emit) -> None:
        self._emit = emit
        self._domain = options.domain
        self.peers: dict[str, Peer] = {}
        self.book: dict[str, str] = {}
        for contact in options.contacts:
            status = PeerStatus.AVAILABLE if contact.online else PeerStatus.OFFLINE
            self.peers[sys.intern(contact.peer_id.lower())] = Peer(contact.peer_id, contact.name, status)
            if contact.in_book:
                self.book[contact.peer_id] = contact.name

    def find(self, peer_id: str) -> Peer | None:
        """A peer by id, without regard to case; an id without a domain is one of the room's own server."""
        key = peer_id.lower()
        return self.peers.get(key) or self.peers.get(f"{key}@{self._domain}")

    def host_of(self, conf_id: str) -> Peer | None:
        """Who owns the conference of this id (with or without its domain)."""
        return next((p for p in self.peers.values() if p.hosting and _same_conference(p.hosting, conf_id)), None)

    def peer(self, peer_id: str) -> Peer:
        """A peer by id; raises `UnknownPeer`."""
        peer = self.find(peer_id)
        if peer is None:
            raise UnknownPeer(peer_id)
        return peer

    def party(self, peer_id: str) -> dict[str, str]:
        """`peerId` and `peerDn` as the wire has them; somebody unknown is called by the id."""
        peer = self.find(peer_id)
        known_as = peer.peer_id if peer else peer_id
        return {"peerId": known_as, "peerDn": self.book.get(known_as) or (peer.name if peer else peer_id)}

    def contact(self, peer_id: str) -> dict[str, Any]:
        """A party with its status."""
        peer = self.find(peer_id)
        status = peer.status if peer else PeerStatus.INVALID
        return {**self.party(peer_id), "status": int(status)}

    def address_book(self) -> list[dict[str, Any]]:
        """The room's address book as the wire has it."""
        return [self.contact(peer_id) for peer_id in self.book]

    def set_status(self, peer: Peer, status: PeerStatus) -> None:
        """Tells a change of status for somebody in the address book."""
        if peer.status is status:
            return
        peer.status = status
        if peer.peer_id in self.book:
            self._emit("usersStatusesChanged", usersStatuses=[self.contact(peer.peer_id)])

    def release(self, peer: Peer) -> None:
        """The peer's call is over: back to what they were doing besides."""
        if peer.online:
            self.set_status(peer, PeerStatus.OWNS_CONFERENCE if peer.hosting else PeerStatus.AVAILABLE)

    def add(self, peer_id: str, name: str) -> str:
        """Puts somebody into the address book; returns the id under which they are there."""
        peer = self.find(peer_id)
        known_as = peer.peer_id if peer else peer_id
        if known_as in self.book:
            raise Refused(errors.ALREADY_IN_ADDRESS_BOOK)
        self.book[known_as] = name or (peer.name if peer else peer_id)
        self._emit("contactsAdded", contacts=[self.contact(known_as)])
        return known_as

    def rename(self, peer_id: str, name: str) -> None:
        """Gives somebody in the address book another name."""
        self.book[self._entry(peer_id)] = name
        self._emit("contactsRenamed", contacts=[self.party(peer_id)])

    def remove(self, peer_id: str) -> None:
        """Takes somebody out of the address book."""
        entry = self._entry(peer_id)
        party = self.party(entry)
        del self.book[entry]
        self._emit("contactsDeleted", contacts=[party])

    def _entry(self, peer_id: str) -> str:
        known_as = self.party(peer_id)["peerId"]
        if known_as not in self.book:
            raise Refused(errors.NOT_IN_ADDRESS_BOOK)
        return known_as


def _same_conference(hosting: HostedConference, conf_id: str) -> bool:
    return conf_id in (hosting.conf_id, hosting.conf_id.split("@")[0])


class PastCall(msgspec.Struct, frozen=True):
    """A call that is over; `started` in Unix seconds, `duration` in seconds; `conf_id` only of group conferences."""

    direction: CallDirection
    peer_id: str
    group: bool
    started: int
    duration: int
    conf_id: str = ""


class History:
    """Past calls, newest first, and when somebody last looked at them. `wall_clock` gives Unix seconds."""

    LIMIT = 500

    def __init__(self, directory: Directory, wall_clock: Callable[[], float], emit: Emit) -> None:
        self._directory = directory
        self._wall_clock = wall_clock
        self._emit = emit
        self.calls: list[PastCall] = []
        self.last_view = int(wall_clock())

    def add(self, call: PastCall) -> None:
        """Remembers a call; the oldest is forgotten past the limit."""
        self.calls = [call, *self.calls][: self.LIMIT]

    def latest(self, count: int) -> list[dict[str, Any]]:
        """The newest `count` calls as `getCallHistory` lists them."""
        return [self._describe(call) for call in self.calls[:count]]

    def mark_viewed(self) -> None:
        """Everything up to now has been looked at."""
        self.last_view = int(self._wall_clock())
        self._emit("lastCallsViewed", lastView=self.last_view)

    def _describe(self, call: PastCall) -> dict[str, Any]:
        entry = {
            "type": int(call.direction),
            "confType": int(call.group),
            **self._directory.party(call.peer_id),
            "startTime": call.started,
            "duration": call.duration,
            "viewed": call.started <= self.last_view,
        }
        return {**entry, "confId": call.conf_id} if call.group else entry


RIGHTS = {
    **{
        f"{what}_{way}": True
        for what in ("chat", "slide_show", "white_board", "file_transfer")
        for way in ("send", "rcv")
    },
    "desktop_sharing": True,
    "recording": True,
    **{f"{what}_{way}": True for what in ("audio", "video") for way in ("send", "rcv")},
}


class Meeting(msgspec.Struct, frozen=True):
    """A scheduled conference with its times in Unix seconds."""

    plan: PlannedMeeting
    start: int
    end: int

    def running(self, at: float) -> bool:
        """Whether it takes place at that time."""
        return self.start <= at < self.end

    def describe(self, at: float, domain: str) -> dict[str, Any]:
        """The meeting as the wire has it."""
        plan = self.plan
        return {
            "id": plan.id,
            "type": int(plan.type),
            "topic": plan.topic,
            "owner": plan.owner,
            "description": "",
            "max_podiums": 36,
            "max_participants": 36,
            "schedule": {
                "type": 1,
                "start_time": self.start,
                "time_offset": 0,
                "special_time_offset": 180,
                "duration": self.end - self.start,
            },
            "invitations": [{"id": plan.owner, "display_name": plan.owner}],
            "allow_guests": False,
            "rights": {"guest": RIGHTS, "user": RIGHTS},
            "auto_invite": 0,
            "state": "running" if self.running(at) else "stopped",
            "url": f"https://{domain}/c/{plan.id}",
            "webclient_url": f"https://{domain}/webrtc/{plan.id}",
            "created_at": self.start - 86400,
            "multicast_enable": False,
            "multicast_address": None,
            "tags": [],
            "recording": 0,
            "stream_recording_state": 0,
            "broadcast_enabled": False,
            "broadcast_id": None,
            "broadcast": None,
            "allow_only_planned_participants": False,
        }


class Schedule:
    """The planned meetings. `wall_clock` gives Unix seconds."""

    def __init__(self, options: SimulatorOptions, wall_clock: Callable[[], float], emit: Emit) -> None:
        self._wall_clock = wall_clock
        self._emit = emit
        self._domain = options.domain
        self._meetings = tuple(_meetings(options.meetings, int(wall_clock())))

    def find(self, meeting_id: str) -> Meeting | None:
        """A meeting by its id."""
        return next((meeting for meeting in self._meetings if meeting.plan.id == meeting_id), None)

    def describe(self) -> list[dict[str, Any]]:
        """The meetings as the wire has them."""
        return [meeting.describe(self._wall_clock(), self._domain) for meeting in self._meetings]

    def send(self) -> None:
        """Tells the meetings, as the answer to `getScheduler`."""
        meetings = self.describe()
        self._emit("conferenceList", cnt=len(meetings), conferences=meetings, succeed=True)


def _meetings(plans: Iterable[PlannedMeeting], now: int) -> Iterable[Meeting]:
    for plan in plans:
        start = now + int(plan.starts_in)
        yield Meeting(plan, start, start + int(plan.duration))
