"""`[network]` as a whole."""

from typing import Annotated

import msgspec

from appliance.config.network.addressing import Addressing, interface
from appliance.config.network.eap import LONGEST_IDENTITY, Eap, Password, check_path
from appliance.config.network.proxy import no_proxy_entry, proxy_address
from appliance.config.network.wifi import Wifi
from appliance.language.text import Text, Unusable

MOST_VLANS, MOST_WIRES = 8, 4
WIRE = "eth0"  # the wire on the board, as the card's kernel calls it (net.ifnames=0)


class Vlan(Addressing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[network.vlans.NAME]`: a network that comes tagged (IEEE 802.1Q) on the wire of `[network]`."""

    id: Annotated[int, msgspec.Meta(ge=1, le=4094)]
    default_route: bool = False


class Wire(Addressing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[network.wires.NAME]`: a second wired network, such as a USB adapter, `interface` "eth1"."""

    interface: str
    default_route: bool = False

    def __post_init__(self) -> None:
        """Refuses an interface that cannot be."""
        Addressing.__post_init__(self)
        interface(self.interface)


class Network(Addressing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[network]`: the wire, and the tables below it; `interface` left out: any wire, whichever has a cable.

    `untagged`: false where the wire has VLANs only. `proxy`: http://HOST:PORT. `no_proxy`: hosts, domains and networks
    that are reached without it. `ca`: PEM files beside `room.toml` of authorities that the box trusts as well.
    """

    interface: str | None = None
    untagged: bool = True
    eap: Eap | None = None
    vlans: dict[str, Vlan] = msgspec.field(default_factory=dict)
    wires: dict[str, Wire] = msgspec.field(default_factory=dict)
    wifi: Wifi | None = None
    proxy: str | None = None
    proxy_user: str | None = None
    proxy_password: Password | None = None
    no_proxy: Annotated[tuple[str, ...], msgspec.Meta(max_length=64)] = ()
    ca: Annotated[tuple[str, ...], msgspec.Meta(max_length=16)] = ()

    def __post_init__(self) -> None:
        """Refuses interfaces that are there twice, and what has no meaning without something else."""
        Addressing.__post_init__(self)
        if self.interface is not None:
            interface(self.interface)
        for path in self.ca:
            check_path("ca", path)
        self._check_proxy()
        self._check_more()

    def __repr__(self) -> str:
        return f"Network(address={self.address!r}, wifi={self.wifi!r})"

    def wire(self) -> str | None:
        """The wire's interface; None for any: only where nothing needs to know which one."""
        known = self.eap is not None or bool(self.vlans) or bool(self.wires)
        return self.interface or (WIRE if known else None)

    def _check_proxy(self) -> None:
        if self.proxy is not None:
            proxy_address(self.proxy)
        for entry in self.no_proxy:
            no_proxy_entry(entry)
        for key in ("proxy_user", "proxy_password", "no_proxy"):
            if getattr(self, key) and self.proxy is None:
                raise Unusable(Text("mistake.proxy_alone", key=key), key=key, beside="proxy")
        if (self.proxy_user is None) != (self.proxy_password is None):
            raise Unusable(Text("mistake.proxy_half"), key="proxy_user", beside="proxy_password")
        user = self.proxy_user or ""
        if not user.isprintable() or ":" in user or len(user) > LONGEST_IDENTITY:
            raise Unusable(Text("mistake.proxy_user"), key="proxy_user")

    def _check_more(self) -> None:
        if len(self.vlans) > MOST_VLANS or len(self.wires) > MOST_WIRES:
            key, most = ("vlans", MOST_VLANS) if len(self.vlans) > MOST_VLANS else ("wires", MOST_WIRES)
            raise Unusable(Text("mistake.too_many_networks", key=key, most=most), key=key)
        ids = [vlan.id for vlan in self.vlans.values()]
        if twice := next((each for each in ids if ids.count(each) > 1), None):
            raise Unusable(Text("mistake.vlan_twice", id=twice), key="vlans")
        wires = [self.wire() or WIRE, *(wire.interface for wire in self.wires.values())]
        if again := next((each for each in wires if wires.count(each) > 1), None):
            raise Unusable(Text("mistake.wire_twice", name=again), key="wires", beside="interface")
        if not self.untagged and not self.vlans:
            raise Unusable(Text("mistake.untagged_alone"), key="untagged", beside="vlans")
        if not self.untagged and (self.address is not None or self.dns or self.routes or self.domains):
            raise Unusable(Text("mistake.untagged_address"), key="untagged", beside="address")
