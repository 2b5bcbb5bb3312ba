"""`[network]` as files of systemd-networkd: systemd.network(5) and systemd.netdev(5).

They are taken by the order of their names: a wire that is named goes before the one that is any. The names of files
and VLANs come from numbers and interfaces, never from what somebody called them.
"""

from collections.abc import Iterator
from pathlib import Path

from appliance.card.files import MADE, File, Files
from appliance.card.strict import strict
from appliance.config.addresses import Interface
from appliance.config.network.addressing import Addressing
from appliance.config.network.network import Network, Vlan
from appliance.config.network.wifi import Wifi

FOLDER = "etc/systemd/network"
WIRED = f"{FOLDER}/10-offhook-wired.network"
WIRELESS = f"{FOLDER}/11-offhook-wifi.network"
_MORE = ("09-offhook-*.network", "12-offhook-*.net*")  # further wires, VLANs
METRIC, WIRE_METRIC, VLAN_METRIC, WIFI_METRIC = 100, 200, 300, 600  # of two ways the lower number is taken
FLEET = 224  # the private DHCP option (RFC 3942) by which a network tells a box where its room.toml is
_ADDRESS, _SUBNET, _INTERFACE = r"[0-9a-f:.]+", r"[0-9a-f:.]+/\d+", r"[a-z][a-z0-9]*"
_METRIC, _BOOLEAN = r"\d+", "yes|no"
_TEMPLATE = {
    "Match": {"Type": "ether", "Kind": r"!\*", "Name": _INTERFACE},
    "Network": {
        "DHCP": "yes|no|ipv4|ipv6",
        "Address": _SUBNET,
        "DNS": _ADDRESS,
        "Domains": r"~[A-Za-z0-9._-]+",
        "DNSDefaultRoute": "no",
        "MulticastDNS": "yes",
        "LinkLocalAddressing": "no|ipv6",
        "IPv6AcceptRA": "no",
        "VLAN": r"vlan\d+",
    },
    "DHCPv4": {
        "RouteMetric": _METRIC,
        "ClientIdentifier": "mac",
        "RequestOptions": r"\d+",
        "UseDNS": _BOOLEAN,
        "UseRoutes": "no",
        "UseGateway": "no",
    },
    "DHCPv6": {"UseDNS": _BOOLEAN},
    "Route": {"Gateway": rf"{_ADDRESS}|_dhcp4|_ipv6ra", "Metric": _METRIC, "Destination": _SUBNET},
    "IPv6AcceptRA": {"RouteMetric": _METRIC, "UseDNS": "no", "UseGateway": "no"},
    "NetDev": {"Name": r"vlan\d+", "Kind": "vlan"},
    "VLAN": {"Id": r"\d+"},
}


def wired(network: Network | None) -> Files:
    """The wired interface, whatever it is called unless something needs to know; without a section by DHCP."""
    how = network or Network()
    name = how.wire()
    match = ("Type=ether", "Kind=!*") if name is None else (f"Name={name}",)  # no kind: a real one, no bridge or tunnel
    vlans = tuple(f"VLAN={vlan_name(vlan)}" for vlan in how.vlans.values())
    return {WIRED: File(_network(match, how, METRIC, vlans, untagged=how.untagged))}


def more(network: Network | None, root: Path) -> Files:
    """Further wires and VLANs; nothing in place of those that there were below `root` and that are not asked for."""
    former: dict[str, File | None] = {
        str(path.relative_to(root)): None for pattern in _MORE for path in (root / FOLDER).glob(pattern)
    }
    return former | (dict(_more(network)) if network is not None else {})


def wireless(wifi: Wifi | None) -> Files:
    """Wi-Fi on wlan0; no file where there is none."""
    return {WIRELESS: None if wifi is None else File(_network(("Name=wlan0",), wifi, WIFI_METRIC))}


def fixed(network: Network | None) -> Iterator[tuple[str, Interface]]:
    """Yields the interfaces with a fixed address, and that address; a wire that is any is left out."""
    if network is None:
        return
    known: list[tuple[str | None, Addressing | None]] = [(network.wire(), network), ("wlan0", network.wifi)]
    known += [(wire.interface, wire) for wire in network.wires.values()]
    known += [(vlan_name(vlan), vlan) for vlan in network.vlans.values()]
    for name, how in known:
        if name is not None and how is not None and (own := how.own()) is not None:
            yield name, own


def vlan_name(vlan: Vlan) -> str:
    """The interface of a VLAN."""
    return f"vlan{vlan.id}"


def _more(network: Network) -> Iterator[tuple[str, File]]:
    for number, wire in enumerate(network.wires.values()):
        text = _network((f"Name={wire.interface}",), wire, WIRE_METRIC + number)
        yield f"{FOLDER}/09-offhook-{wire.interface}.network", File(text)
    for number, vlan in enumerate(network.vlans.values()):
        name = vlan_name(vlan)
        device = f"{MADE}[NetDev]\nName={name}\nKind=vlan\n\n[VLAN]\nId={vlan.id}\n"
        yield f"{FOLDER}/12-offhook-{name}.netdev", File(strict(device, _TEMPLATE))
        yield f"{FOLDER}/12-offhook-{name}.network", File(_network((f"Name={name}",), vlan, VLAN_METRIC + number))


def _network(
    match: tuple[str, ...], how: Addressing, metric: int, vlans: tuple[str, ...] = (), *, untagged: bool = True
) -> str:
    metric = how.metric or metric
    said = (*_addressing(how), "MulticastDNS=yes") if untagged else _NO_ADDRESS
    routes = tuple(_routes(how, metric)) if untagged else ()
    lines = ("[Match]", *match, "", "[Network]", *said, *vlans, "", *routes, "")
    return strict(MADE + "\n".join(lines), _TEMPLATE)


_NO_ADDRESS = ("DHCP=no", "LinkLocalAddressing=no", "IPv6AcceptRA=no")


def _addressing(how: Addressing) -> Iterator[str]:
    yield f"DHCP={_dhcp(how)}"
    if not how.ipv6:
        yield from ("LinkLocalAddressing=no", "IPv6AcceptRA=no")
    if how.address is not None:
        yield f"Address={how.own()}"
    yield from (f"DNS={server}" for server in how.name_servers())
    yield from (f"Domains=~{domain.removesuffix('.')}" for domain in how.domains)
    if not how.default_route:
        yield "DNSDefaultRoute=no"


def _dhcp(how: Addressing) -> str:
    if how.address is not None:
        return "no"
    return {(True, True): "yes", (True, False): "ipv4"}.get((how.ipv4, how.ipv6), "ipv6")


def _routes(how: Addressing, metric: int) -> Iterator[str]:
    if how.address is None:
        yield from _dhcp_routes(how, metric)
    elif how.gateway is not None and how.default_route:
        yield from ("[Route]", f"Gateway={how.router()}", f"Metric={metric}", "")
    for subnet in how.subnets():
        learnt = "_dhcp4" if subnet.version == 4 else "_ipv6ra"
        yield from ("[Route]", f"Destination={subnet}", f"Gateway={how.router() or learnt}", f"Metric={metric}", "")
    yield from ("[IPv6AcceptRA]", f"RouteMetric={metric}")
    yield from () if how.default_route else ("UseGateway=no",)
    yield from () if _asks(how) else ("UseDNS=no",)


def _dhcp_routes(how: Addressing, metric: int) -> Iterator[str]:
    own_dns = "yes" if _asks(how) else "no"
    # ClientIdentifier: the server's reservations are for hardware addresses
    yield from ("[DHCPv4]", f"RouteMetric={metric}", "ClientIdentifier=mac", f"UseDNS={own_dns}")
    yield f"RequestOptions={FLEET}"
    # UseRoutes too: a server may give the default route as one of its static routes (RFC 3442)
    yield from () if how.default_route else ("UseRoutes=no", "UseGateway=no")
    yield from ("", "[DHCPv6]", f"UseDNS={own_dns}", "")


def _asks(how: Addressing) -> bool:
    """Whether the name servers that the network tells of are asked."""
    return not how.dns and (how.default_route or bool(how.domains))
