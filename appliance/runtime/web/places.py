"""Who may hold a connection when there are many: no address more than its part, nobody at the cost of a few.

There are `MOST` places, `PER_ADDRESS` of them for one address. Whoever comes when these are taken gets the place of
the connection that has waited longest without a request, so silence costs nobody else anything. Where all are at work,
some are kept:

- `LOCAL` for this machine itself: a screen at the box works whatever the network does.
- `KEPT` in which the health is told, because monitoring must not fail because of a crowd, and everybody else is told
  in so many words to come later. Who comes when even these are at work is turned away without a word.

WebSockets stay, and so have less: `SOCKETS` of the places, `SOCKETS_PER_ADDRESS` for one address. The rest is left for
requests, such as those of programs, and of the page before it opens its WebSocket. This machine is not counted there.
"""

import ipaddress
import resource
from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import trio

MOST: Final = 128  # a browser opens six; more than this is a mistake or an attack
PER_ADDRESS: Final = 32  # several browsers behind one router
SOCKETS: Final = 96  # of MOST; a page has one
SOCKETS_PER_ADDRESS: Final = 24  # of PER_ADDRESS
LOCAL: Final = 8  # beyond MOST, for this machine
KEPT: Final = 64  # beyond these: a whole house of panels that comes back at once is answered

Kind: TypeAlias = Literal["usual", "local", "kept"]


class Place:
    """The place of one connection. `kept`: only the health is told here.

    `idle_since`: from when it has been waiting for a request, on trio's clock; None while one is answered.
    """

    def __init__(self, network: str, kind: Kind, *, local: bool) -> None:
        self.network = network
        self.kind = kind
        self.local = local
        self.scope = trio.CancelScope(shield=True)  # the server's end is a matter of its grace, not of this
        self.idle_since: float | None = trio.current_time()
        self.has_socket = False

    @property
    def kept(self) -> bool:
        """Whether nothing but the health is told here."""
        return self.kind == "kept"


class Places:
    """All places that are taken."""

    def __init__(
        self,
        most: int | None = None,
        per_address: int = PER_ADDRESS,
        kept: int = KEPT,
        *,
        local: int = LOCAL,
        sockets: int = SOCKETS,
        sockets_per_address: int = SOCKETS_PER_ADDRESS,
    ) -> None:
        """`most`: `MOST`, or as many as this process may have open."""
        self.taken: set[Place] = set()
        self._most = affordable(MOST) if most is None else most
        self._per_address = per_address
        self._kept = kept
        self._local = local
        self._sockets = sockets
        self._sockets_per_address = sockets_per_address

    def take(self, host: str) -> Place | None:
        """Returns a place for a connection from an address, if need be that of another; None where all are at work."""
        network, local = network_of(host), is_loopback(host)
        usual = self._of("usual")
        if self._has_room(_of_network(usual, network), self._per_address) and self._has_room(
            usual & self.taken, self._most
        ):
            return self._new(network, "usual", local=local)
        if local and self._has_room(self._of("local"), self._local):
            return self._new(network, "local", local=local)
        if self._has_room(self._of("kept"), self._kept):
            return self._new(network, "kept", local=local)
        return None

    def open_socket(self, place: Place) -> bool:
        """Counts the WebSocket that somebody wants in a place; returns whether it may stay."""
        sockets = {other for other in self.taken if other.has_socket and not other.local}
        fellows = _of_network(sockets, place.network)
        crowded = len(sockets) >= self._sockets or len(fellows) >= self._sockets_per_address
        place.has_socket = not place.kept and (place.local or not crowded)
        return place.has_socket

    def leave(self, place: Place) -> None:
        """Frees a place."""
        self.taken.discard(place)

    def _of(self, kind: Kind) -> set[Place]:
        return {place for place in self.taken if place.kind == kind}

    def _new(self, network: str, kind: Kind, *, local: bool) -> Place:
        place = Place(network, kind, local=local)
        self.taken.add(place)
        return place

    def _has_room(self, among: set[Place], limit: int) -> bool:
        """Returns whether one more may be among these; ends the one that has been idle longest where that helps."""
        if len(among) < limit:
            return True
        idle = [(place.idle_since, place) for place in among if place.idle_since is not None]
        if not idle:
            return False
        _, oldest = min(idle, key=lambda each: each[0])
        oldest.scope.cancel()
        self.leave(oldest)
        return True


def affordable(most: int) -> int:
    """Returns how many of so many connections this process may have open: a quarter of its files at most."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return most if files == resource.RLIM_INFINITY else max(1, min(most, files // 4))


def network_of(host: str) -> str:
    """Returns whom an address belongs to: itself with IPv4, a whole network of 64 bits with IPv6 (RFC 4291, 2.5.4)."""
    address = _address(host)
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.IPv6Network((address, 64), strict=False))


def is_loopback(host: str) -> bool:
    """Returns whether an address is this machine's own loopback."""
    return _address(host).is_loopback


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    address = ipaddress.ip_address(host.partition("%")[0])
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address


def _of_network(places: Iterable[Place], network: str) -> set[Place]:
    return {place for place in places if place.network == network}
