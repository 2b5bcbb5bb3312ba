"""Who may hold a connection when there are many: no address more than its part, nobody at the cost of `/health`.

There are `MOST` places, `PER_ADDRESS` of them for one address. Whoever comes when these are taken gets the place of
the connection that has waited longest without a request, so silence costs nobody else anything. Where all are at
work, a few places are left in which nothing but the health is told: monitoring must not fail because of a crowd.
"""

import ipaddress
from typing import Final

import trio

MOST: Final = 128  # a browser opens six; more than this is a mistake or an attack
PER_ADDRESS: Final = 32  # several browsers behind one router
KEPT: Final = 4  # beyond these, for whoever asks for the health


class Place:
    """The place of one connection. `kept`: only the health is told here.

    `idle_since`: from when it has been waiting for a request, on trio's clock; None while one is answered.
    """

    def __init__(self, network: str, *, kept: bool) -> None:
        self.network = network
        self.kept = kept
        self.scope = trio.CancelScope(shield=True)  # the server's end is a matter of its grace, not of this
        self.idle_since: float | None = trio.current_time()


class Places:
    """All places that are taken."""

    def __init__(self, most: int = MOST, per_address: int = PER_ADDRESS, kept: int = KEPT) -> None:
        self.taken: set[Place] = set()
        self._most = most
        self._per_address = per_address
        self._kept = kept

    def take(self, host: str) -> Place | None:
        """Returns a place for a connection from an address, if need be that of another; None where all are at work."""
        network = network_of(host)
        usual = {place for place in self.taken if not place.kept}
        fellows = {place for place in usual if place.network == network}
        if self._has_room(fellows, self._per_address) and self._has_room(usual & self.taken, self._most):
            return self._new(network, kept=False)
        if self._has_room(self.taken - usual, self._kept):
            return self._new(network, kept=True)
        return None

    def leave(self, place: Place) -> None:
        """Frees a place."""
        self.taken.discard(place)

    def _new(self, network: str, *, kept: bool) -> Place:
        place = Place(network, kept=kept)
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


def network_of(host: str) -> str:
    """Returns whom an address belongs to: itself with IPv4, a whole network of 64 bits with IPv6 (RFC 4291, 2.5.4)."""
    address = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.IPv6Network((address, 64), strict=False))
