"""The configuration of VISCA lines, network addresses and cameras."""

import ipaddress
from typing import Annotated, Literal

import msgspec

from drivers.errors import about
from drivers.visca.line.address import parse_network_address
from drivers.visca.model.models import Model

Baud = Literal[2400, 4800, 9600, 19200, 38400, 57600, 115200]
Counting = Literal["counting", "small", "constant"]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class SerialConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A serial line with a VISCA controller: 8 data bits, no parity, one stop bit, no flow control.

    `port`: best a path below /dev/serial/by-id, which stays the same. `address`: ours until the controller assigns one.
    `model`: the camera that we appear to be.
    """

    port: Annotated[str, msgspec.Meta(min_length=1)]
    baud: Baud = 9600
    address: Annotated[int, msgspec.Meta(ge=1, le=7)] = 1
    model: Model = "evi-d70"


class NetworkConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address at which VISCA controllers on the network reach the camera, and which hosts may.

    `listen`: one of this machine's own addresses and a port, never "all addresses". `allow`: addresses or networks;
    whoever else sends something is not answered. `model`: the camera that we appear to be. `discovery`: the address and
    port at which controllers look for Sony's cameras, usually the network's broadcast address and 52380.
    """

    transport: Literal["sony-udp", "udp", "tcp"]
    listen: str
    allow: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=64)]
    model: Model = "evi-d70"
    discovery: str = ""

    def __post_init__(self) -> None:
        """Refuses invalid addresses, and listening on all of them."""
        if self.discovery:
            self._check_discovery()
        with about("allow"):
            Allowed(self.allow)
        with about("listen"):
            own, _ = endpoint(self.listen)
        with about("discovery"):
            if self.discovery and {own.version, endpoint(self.discovery)[0].version} != {4}:
                raise ValueError("`discovery` knows IPv4 only; expected such addresses in `listen` and `discovery`")

    def _check_discovery(self) -> None:
        with about("discovery"):
            endpoint(self.discovery)
        with about("discovery", beside="transport"):
            if self.transport != "sony-udp":
                raise ValueError(
                    f"`discovery` is for Sony's cameras: expected transport `sony-udp`, not `{self.transport}`"
                )


def endpoint(text: str) -> tuple[Address, int]:
    """Parses ADDRESS:PORT, with an IPv6 address in brackets. Raises ValueError: for anything else."""
    host, colon, port = text.rpartition(":")
    try:
        address = ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        raise ValueError(f"`{text}`: expected ADDRESS:PORT such as 192.0.2.5:52381 or [2001:db8::5]:52381") from None
    if not colon or not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65535):
        raise ValueError(f"`{text}`: `{port}` is no port; expected 0 (any free one) to 65535")
    if address.is_unspecified:
        raise ValueError(f"`{text}`: expected one address of this machine, not all of them")
    return address, int(port)


class Allowed:
    """The addresses that may control the camera."""

    def __init__(self, allow: tuple[str, ...]) -> None:
        """Raises ValueError: when an entry of `allow` is neither an address nor a network."""
        self._networks = [network(text) for text in allow]

    def __contains__(self, host: str) -> bool:
        address = ipaddress.ip_address(host)
        return any(address in network for network in self._networks)


def network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    """Parses an address or a network that may control the camera. Raises ValueError: for anything else.

    A scope such as %eth0 is refused: the sender's address is compared without one.
    """
    _, percent, scope = text.partition("%")
    if percent:
        raise ValueError(f"`{text}`: expected an address without %{scope}")
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise ValueError(f"`{text}`: expected an address or a network such as 192.0.2.0/24 ({error})") from None


class CameraConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A VISCA camera that the appliance drives, and that controllers reach in the same daisy chain as our own.

    `line`: a serial device, or tcp://HOST, udp://HOST, sony-udp://HOST, with :PORT where it is not the usual one.
    `address`: the camera's on that line. `number`: the address under which controllers find it. `sequence`: how the
    messages to a `sony-udp` camera are numbered; "small" (1 to 3) and "constant" are for cameras that obey no others.
    """

    line: Annotated[str, msgspec.Meta(min_length=1)]
    number: Annotated[int, msgspec.Meta(ge=2, le=7)]
    baud: Baud = 9600
    address: Annotated[int, msgspec.Meta(ge=1, le=7)] = 1
    model: Model = "generic"
    sequence: Counting = "counting"

    def __post_init__(self) -> None:
        """Refuses invalid addresses."""
        with about("line"):
            network = parse_network_address(self.line)
        with about("sequence", beside="line"):
            if self.sequence != "counting" and (network is None or network.transport != "sony-udp"):
                expected = f"expected no such key with `{self.line}`"
                raise ValueError(f"`sequence` is for cameras on sony-udp://HOST; {expected}")
