"""What the box knows about its networks without asking anybody: the kernel, systemd and wpa_supplicant have written it.

Nothing is sent. Whether a gateway answers is known from the kernel's own attempts to find it.
"""

import ipaddress
from pathlib import Path

import msgspec

from appliance.runtime import netlink
from appliance.runtime.files import read_file
from appliance.runtime.netlink import HasAddress, HasGateway, Neighbour

LARGEST = 64 * 1024  # bytes of any of these files
INTERFACES = Path("sys/class/net")
PORTS = Path("run/offhook-port")  # see appliance/card/network/port.py
LINKS = Path("run/systemd/netif/links")
RESOLVED = Path("run/systemd/resolve/resolv.conf")
TIMES = Path("run/systemd/timesync")

Address = ipaddress.IPv4Interface | ipaddress.IPv6Interface


class Port(msgspec.Struct, frozen=True):
    """How far 802.1X or Wi-Fi is; `phase` is empty where nothing of the kind is asked for."""

    phase: str = ""
    why: str = ""
    server: str = ""


class Interface(msgspec.Struct, frozen=True):
    """A network interface: `carrier` is whether somebody is at the other end; `portal` where one must log in."""

    name: str
    wireless: bool = False
    carrier: bool = False
    port: Port = Port()
    addresses: tuple[Address, ...] = ()
    portal: str = ""


class Gateway(msgspec.Struct, frozen=True):
    """The way to other networks; `answers`: None while nobody has tried."""

    address: ipaddress.IPv4Address | ipaddress.IPv6Address
    interface: str
    answers: bool | None = None


class Facts(msgspec.Struct, frozen=True):
    """All of it. `name_servers`: None where nobody says; `time_known`: whether a time server has answered."""

    interfaces: tuple[Interface, ...] = ()
    gateways: tuple[Gateway, ...] = ()
    name_servers: tuple[str, ...] | None = None
    time_known: bool | None = None


class Kernel(msgspec.Struct, frozen=True):
    """What the kernel says of addresses, default routes, and who is on the wire."""

    addresses: tuple[HasAddress, ...] = ()
    gateways: tuple[HasGateway, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()


def asked() -> Kernel:
    """Asks the kernel. Raises `OSError`."""
    return Kernel(tuple(netlink.addresses()), tuple(netlink.gateways()), tuple(netlink.neighbours()))


def facts(kernel: Kernel, root: Path = Path("/")) -> Facts:
    """Returns what is known; what cannot be read is as if it were not there. Blocks."""
    numbers = {int(_text(path / "ifindex") or 0): path.name for path in sorted((root / INTERFACES).glob("*"))}
    return Facts(
        interfaces=tuple(_interface(root, number, name, kernel) for number, name in numbers.items() if _counts(name)),
        gateways=tuple(_gateway(each, numbers, kernel) for each in kernel.gateways if each.interface in numbers),
        name_servers=_name_servers(root),
        time_known=(root / TIMES / "synchronized").exists() if (root / TIMES).exists() else None,
    )


def _counts(name: str) -> bool:
    """Wires, Wi-Fi, VLANs: what the card names. Bridges, tunnels and `lo` are somebody else's business."""
    return name.startswith(("eth", "en", "wl", "vlan"))


def _interface(root: Path, number: int, name: str, kernel: Kernel) -> Interface:
    path = root / INTERFACES / name
    portal = (line for line in _text(root / LINKS / str(number)).splitlines() if line.startswith("CAPTIVE_PORTAL="))
    return Interface(
        name=name,
        wireless=(path / "phy80211").exists() or (path / "wireless").exists(),
        carrier=_text(path / "carrier").strip() == "1",
        port=_port(root / PORTS / name),
        addresses=tuple(each.address for each in kernel.addresses if each.interface == number),
        portal=next(portal, "").partition("=")[2],
    )


def _port(path: Path) -> Port:
    try:
        return msgspec.json.decode(_text(path), type=Port)
    except msgspec.DecodeError:
        return Port()


def _gateway(found: HasGateway, names: dict[int, str], kernel: Kernel) -> Gateway:
    known = (each.answers for each in kernel.neighbours if each[:2] == found)
    return Gateway(found.gateway, names[found.interface], next(known, None))


def _name_servers(root: Path) -> tuple[str, ...] | None:
    if not (root / RESOLVED).exists():
        return None
    lines = (line.split() for line in _text(root / RESOLVED).splitlines())
    return tuple(words[1] for words in lines if len(words) > 1 and words[0] == "nameserver")


def _text(path: Path) -> str:
    try:
        return read_file(path, LARGEST, follow=True).decode(errors="replace")
    except OSError:
        return ""
