"""How an interface gets its addresses, and what goes out by it."""

import ipaddress
import re
from typing import Annotated

import msgspec

from appliance.config.addresses import Address, Interface, address, with_prefix
from appliance.config.network.names import domain
from appliance.language.text import Text, Unusable

Subnet = ipaddress.IPv4Network | ipaddress.IPv6Network
INTERFACE = re.compile(r"[a-z][a-z0-9]{0,13}")  # as the kernel names them; Linux has 15 characters at most


class Addressing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an interface gets its address: by DHCP, or `address` with its prefix, such as 192.168.1.30/24.

    `ipv4`, `ipv6`: false for a network that has only the other. `default_route`: whether what is for no network that
    the box knows goes out here, and names are asked for here. `routes`: networks behind the gateway. `domains`: those
    whose names its name servers know. `metric`: of two ways to the same place the lower number is taken.
    """

    address: str | None = None
    gateway: str | None = None
    dns: Annotated[tuple[str, ...], msgspec.Meta(max_length=8)] = ()
    ipv4: bool = True
    ipv6: bool = True
    default_route: bool = True
    routes: Annotated[tuple[str, ...], msgspec.Meta(max_length=32)] = ()
    domains: Annotated[tuple[str, ...], msgspec.Meta(max_length=16)] = ()
    metric: Annotated[int, msgspec.Meta(ge=1, le=9999)] | None = None

    def __post_init__(self) -> None:
        """Refuses addresses that are none, and a gateway that is out of reach or has nothing to do."""
        self.name_servers()
        own, gateway = self.own(), self.router()
        if gateway is not None and own is None:
            raise Unusable(Text("mistake.gateway_alone"), key="gateway", beside="address")
        if gateway is not None and own is not None and gateway not in own.network and not gateway.is_link_local:
            wrong = Text("mistake.gateway_elsewhere", gateway=str(gateway), address=str(own))
            raise Unusable(wrong, key="gateway", beside="address")
        self._check_versions()
        self._check_routes()
        for name in self.domains:
            domain("domains", name)

    def own(self) -> Interface | None:
        """Its own address with the prefix; None for DHCP."""
        return None if self.address is None else with_prefix("address", self.address)

    def router(self) -> Address | None:
        """The address of the gateway, if there is one."""
        return None if self.gateway is None else address("gateway", self.gateway)

    def name_servers(self) -> tuple[Address, ...]:
        """The addresses of the name servers."""
        return tuple(address("dns", server) for server in self.dns)

    def subnets(self) -> tuple[Subnet, ...]:
        """The networks behind the gateway."""
        return tuple(_subnet(route) for route in self.routes)

    def _check_versions(self) -> None:
        if not self.ipv4 and not self.ipv6:
            raise Unusable(Text("mistake.no_ip"), key="ipv6", beside="ipv4")
        own = self.own()
        if own is not None and not (self.ipv4 if own.version == 4 else self.ipv6):
            wrong = Text("mistake.address_version", address=str(own), key=f"ipv{own.version}")
            raise Unusable(wrong, key="address", beside=f"ipv{own.version}")

    def _check_routes(self) -> None:
        gateway = self.router()
        for subnet in self.subnets():
            if self.address is not None and gateway is None:
                raise Unusable(Text("mistake.routes_alone"), key="routes", beside="gateway")
            if gateway is not None and subnet.version != gateway.version:
                wrong = Text("mistake.route_version", route=str(subnet), gateway=str(gateway))
                raise Unusable(wrong, key="routes", beside="gateway")
        if gateway is not None and not self.default_route and not self.routes:
            raise Unusable(Text("mistake.gateway_unused"), key="gateway", beside="default_route")


def interface(name: str) -> str:
    """Returns the name of a network interface as it was given. Raises `Unusable`."""
    if not INTERFACE.fullmatch(name):
        raise Unusable(Text("mistake.interface", name=name), key="interface")
    return name


def _subnet(text: str) -> Subnet:
    try:
        subnet = ipaddress.ip_network(text if "/" in text and "%" not in text else "")
    except ValueError:
        raise Unusable(Text("mistake.route", route=text), key="routes") from None
    if subnet.prefixlen == 0 or subnet.is_multicast or subnet.is_loopback:
        raise Unusable(Text("mistake.route", route=text), key="routes")
    return subnet
