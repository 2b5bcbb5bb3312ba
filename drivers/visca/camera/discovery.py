"""Answers controllers that look for cameras on the network: Sony's discovery on UDP port 52380.

Source: the camera's manual as far as it is public; the addresses that controllers want to set are not taken.
"""

import fcntl
import ipaddress
import socket
import struct
from pathlib import Path

import msgspec
import structlog
import trio

from drivers.errors import DeviceLost, DeviceMissing
from drivers.visca.config import Allowed, NetworkConfig, endpoint

log = structlog.get_logger()

ENQUIRY = b"\x02ENQ:network\xff\x03"
ENQUIRIES = frozenset((ENQUIRY, ENQUIRY[:-1] + b"\x33", ENQUIRY[:-1]))
"""As the manual has it, and as two controllers of the field mistype it: with a digit 3 for the ETX, and without ETX."""
AT_MOST_EVERY = 0.1
"""Seconds from one answer to the next; faster enquiries wait in the socket's buffer, and are lost when it is full."""
NAME = "OFFHOOK"
ROUTES = Path("/proc/net/route")
VERSION = "01.00.00"
_ADDRESS, _MASK, _HARDWARE = 0x8915, 0x891B, 0x8927  # SIOCGIFADDR, SIOCGIFNETMASK, SIOCGIFHWADDR of Linux
_LARGEST = 256  # bytes of a datagram that are read


class Interface(msgspec.Struct, frozen=True):
    """The network that an address of this machine is on; `hardware`: six bytes."""

    network: ipaddress.IPv4Network
    hardware: bytes


class Discovery:
    """Answers the enquiries of allowed hosts with the camera's address; `run` it beside the camera role."""

    def __init__(self, config: NetworkConfig) -> None:
        """Raises ValueError: when the configuration has no `discovery`."""
        self._listen = str(endpoint(config.listen)[0])
        self._where = endpoint(config.discovery)
        self._allowed = Allowed(config.allow)

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Answers until cancelled. DeviceMissing: the addresses are not there. DeviceLost: the network went away.

        An enquiry at a broadcast address is answered at that address, for controllers whose own does not fit the
        network yet; any other is answered where it came from.
        """
        interface = interface_of(self._listen)
        heard_at = str(self._where[0])
        everybody = heard_at in {"255.255.255.255", str(interface.network.broadcast_address)}
        answer = card(self._listen, interface, gateway_of(interface))
        with trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            await self._bind(line)
            task_status.started()
            while True:
                source = await self._enquiry(line)
                await self._answer(line, answer, self._where_text if everybody else source)
                await trio.sleep(AT_MOST_EVERY)

    @property
    def _where_text(self) -> tuple[str, int]:
        return str(self._where[0]), self._where[1]

    async def _bind(self, line: trio.socket.SocketType) -> None:
        try:
            await line.bind(self._where_text)
        except OSError as error:
            raise DeviceMissing(f"visca discovery {self._where_text[0]}: {error.strerror}") from error

    async def _enquiry(self, line: trio.socket.SocketType) -> tuple[str, int]:
        """Returns the source of the next enquiry; datagrams of other hosts, and other datagrams, are ignored."""
        while True:
            try:
                datagram, source = await line.recvfrom(_LARGEST)
            except OSError as error:
                raise DeviceLost(f"visca discovery {self._where_text[0]}: {error.strerror}") from error
            if datagram in ENQUIRIES and source[0] in self._allowed:
                return str(source[0]), int(source[1])

    async def _answer(self, line: trio.socket.SocketType, answer: bytes, to: tuple[str, int]) -> None:
        try:
            await line.sendto(answer, to)
        except OSError as error:  # the controller's network is gone, ours need not be
            log.debug("reply_not_sent", host=to[0], reason=error.strerror)


def card(address: str, interface: Interface, gateway: str) -> bytes:
    """Returns the camera's answer, with the fields in the order of Sony's cameras: controllers count them.

    NAME is the eighth. WRITE:off tells that the camera's address cannot be set from the network.
    """
    fields = (
        f"MAC:{interface.hardware.hex('-')}",
        "INFO:network",
        "MODEL:IPCARD",
        f"SOFTVERSION:{VERSION}",
        f"IPADR:{address}",
        f"MASK:{interface.network.netmask}",
        f"GATEWAY:{gateway}",
        f"NAME:{NAME}",
        "WRITE:off",
    )
    return b"\x02" + b"".join(field.encode("ascii") + b"\xff" for field in fields) + b"\x03"


def interface_of(address: str) -> Interface:
    """Returns the network of an address of this machine. Raises DeviceMissing: when no interface has that network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            try:
                own, mask = (socket.inet_ntoa(_asked(probe, name, what)[4:8]) for what in (_ADDRESS, _MASK))
                hardware = _asked(probe, name, _HARDWARE)[2:8]
            except OSError:  # an interface without an address
                continue
            network = ipaddress.IPv4Network(f"{own}/{mask}", strict=False)
            if ipaddress.IPv4Address(address) in network:
                return Interface(network, hardware)
    raise DeviceMissing(f"visca discovery: {address} is on no network of this machine")


def gateway_of(interface: Interface, routes: Path = ROUTES) -> str:
    """Returns the gateway in the network of this machine's default route, 0.0.0.0 where there is none."""
    for line in routes.read_text().splitlines()[1:]:
        _name, destination, gateway, *_ = line.split()
        address = ipaddress.IPv4Address(bytes.fromhex(gateway)[::-1])  # the kernel prints it in the machine's order
        if int(destination, 16) == 0 and address in interface.network:
            return str(address)
    return "0.0.0.0"  # noqa: S104  # nothing is bound to it


def _asked(probe: socket.socket, name: str, what: int) -> bytes:
    """Returns the kernel's answer about an interface: a `sockaddr`, family and address."""
    return fcntl.ioctl(probe, what, struct.pack("16s24x", name.encode()))[16:]
