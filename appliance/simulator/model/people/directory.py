"""Everybody on the server, and the room's address book."""

import sys
from typing import Any

import msgspec

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused, UnknownPeer
from appliance.simulator.options import SimulatorOptions
from appliance.terminal.messages.enums import ConferenceType, PeerStatus, RejectCause

FIRST_NUMBER = 0x300  # of the ids of conferences that are there from the start; any number would do


class HostedConference(msgspec.Struct, frozen=True):
    """A group conference that a peer owns and that the room may ask to join, or join with its password (`pin`)."""

    conf_id: str
    title: str
    type: ConferenceType
    pin: str = ""

    def refusal_of(self, pin: str) -> RejectCause | None:
        """Returns why this password does not let the room in; None if it does, or if none is needed."""
        if pin == self.pin or not self.pin:
            return None
        return RejectCause.WRONG_PASSWORD if pin else RejectCause.PASSWORD_NEEDED


class Peer:
    """Somebody on the server; a `room` is another simulated terminal, which answers and has a status by itself."""

    __slots__ = ("avatar", "hosting", "name", "peer_id", "room", "status")  # a hundred rooms have ten thousand of them

    def __init__(self, peer_id: str, name: str, status: PeerStatus) -> None:
        self.peer_id = peer_id
        self.name = name
        self.status = status
        self.hosting: HostedConference | None = None
        self.avatar = 0  # how often it has been changed
        self.room = False

    @property
    def online(self) -> bool:
        """Whether a call would reach them."""
        return self.status is not PeerStatus.OFFLINE

    @property
    def free(self) -> bool:
        """Whether they could take a call."""
        return self.status is PeerStatus.AVAILABLE


class Directory:
    """Everybody on the server, and the names that they have in the room's address book.

    `peers` has its keys in lower case, because ids are compared without regard to case.
    """

    def __init__(self, options: SimulatorOptions, emit: Emit) -> None:
        self._emit = emit
        self._options = options
        self.peers: dict[str, Peer] = {}
        self.book: dict[str, str] = {}
        for contact in options.contacts:
            status = PeerStatus.AVAILABLE if contact.online else PeerStatus.OFFLINE
            peer = Peer(contact.peer_id, contact.name, status)
            self.peers[sys.intern(contact.peer_id.lower())] = peer
            if contact.conference_pin:
                self._open_conference(peer, contact.conference_pin)
            if contact.in_book:
                self.book[contact.peer_id] = contact.name

    def _open_conference(self, peer: Peer, pin: str) -> None:
        conf_id = f"{FIRST_NUMBER + len(self.peers):08x}@{self._options.domain}#vcs"
        peer.hosting = HostedConference(conf_id, peer.name, ConferenceType.SYMMETRIC, pin)
        peer.status = PeerStatus.OWNS_CONFERENCE

    def find(self, peer_id: str) -> Peer | None:
        """Returns a peer by id, without regard to case; an id without a domain is one of the room's own server."""
        key = peer_id.lower()
        return self.peers.get(key) or self.peers.get(f"{key}@{self._options.domain}")

    def host_of(self, conf_id: str) -> Peer | None:
        """Returns who owns the conference of this id (with or without its domain)."""
        return next((p for p in self.peers.values() if p.hosting and _same_conference(p.hosting, conf_id)), None)

    def peer(self, peer_id: str) -> Peer:
        """Returns a peer by id; raises `UnknownPeer`."""
        peer = self.find(peer_id)
        if peer is None:
            raise UnknownPeer(peer_id)
        return peer

    def party(self, peer_id: str) -> dict[str, str]:
        """Returns `peerId` and `peerDn` as the wire has them; the name of somebody unknown is the id."""
        peer = self.find(peer_id)
        known_as = peer.peer_id if peer else peer_id
        return {"peerId": known_as, "peerDn": self.book.get(known_as) or (peer.name if peer else peer_id)}

    def contact(self, peer_id: str) -> dict[str, Any]:
        """Returns a party with its status."""
        peer = self.find(peer_id)
        status = peer.status if peer else PeerStatus.INVALID
        return {**self.party(peer_id), "status": int(status)}

    def address_book(self) -> list[dict[str, Any]]:
        """Returns the room's address book as the wire has it."""
        return [self.contact(peer_id) for peer_id in self.book]

    def party_or_room(self, peer_id: str) -> dict[str, str]:
        """Returns `peerId` and `peerDn` of anybody, the room itself among them."""
        return self._options.me if peer_id == self._options.room_id else self.party(peer_id)

    def refusal_of(self, peer_id: str, *, to_join: bool = False) -> RejectCause | None:
        """Returns why calling this peer (or asking to join their conference) fails at once; None if it rings."""
        peer = self.find(peer_id)
        if peer_id.lower() == self._options.room_id.lower():
            return RejectCause.CANNOT_COMPLETE
        if peer is None:
            return RejectCause.NOT_FOUND
        if not peer.online:
            return RejectCause.NOT_AVAILABLE
        busy = peer.status is PeerStatus.BUSY or (peer.hosting is not None and not to_join)
        return RejectCause.BUSY if busy and not peer.room else None

    def report_after_login(self) -> None:
        """Sends the address book, as the terminal does after every login to its server."""
        self._emit("abReceivedAfterLogin", abook=self.address_book())

    def set_status(self, peer: Peer, status: PeerStatus) -> None:
        """Sets a peer's status after what they do here; a room tells its own."""
        if not peer.room:
            self.appear(peer, status)

    def appear(self, peer: Peer, status: PeerStatus) -> None:
        """Shows a peer's status; reports the change if they are in the address book."""
        if peer.status is status:
            return
        peer.status = status
        if peer.peer_id in self.book:
            self._emit("usersStatusesChanged", usersStatuses=[self.contact(peer.peer_id)])

    def release(self, peer: Peer) -> None:
        """Ends a peer's call: they are available again, or owner of their conference."""
        if peer.online:
            self.set_status(peer, PeerStatus.OWNS_CONFERENCE if peer.hosting else PeerStatus.AVAILABLE)

    def add(self, peer_id: str, name: str) -> str:
        """Puts somebody into the address book; returns the id under which they are listed."""
        peer = self.find(peer_id)
        known_as = peer.peer_id if peer else peer_id
        if known_as in self.book:
            raise Refused(errors.ALREADY_IN_ADDRESS_BOOK)
        self.book[known_as] = name or (peer.name if peer else peer_id)
        self._emit("contactsAdded", contacts=[self.contact(known_as)])
        return known_as

    def rename(self, peer_id: str, name: str) -> None:
        """Renames somebody in the address book."""
        self.book[self._entry(peer_id)] = name
        self._emit("contactsRenamed", contacts=[self.party(peer_id)])

    def remove(self, peer_id: str) -> None:
        """Removes somebody from the address book."""
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
