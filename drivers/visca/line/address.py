"""The address of a VISCA camera: a serial device, or a host on the network."""

import re
from typing import Literal, cast

import msgspec

Transport = Literal["tcp", "udp", "sony-udp"]
PORTS: dict[Transport, int] = {"tcp": 5678, "udp": 1259, "sony-udp": 52381}

_NETWORK = re.compile(r"(?P<transport>tcp|udp|sony-udp)://(?P<host>\[[^]/]+\]|[^:/]+)(?::(?P<port>\d{1,5}))?/?")


class NetworkAddress(msgspec.Struct, frozen=True):
    """A host and port on the network, and the transport."""

    transport: Transport
    host: str
    port: int


def parse_network_address(text: str) -> NetworkAddress | None:
    """Parses TRANSPORT://HOST[:PORT]; returns None for a serial device, raises ValueError for anything else."""
    match = _NETWORK.fullmatch(text)
    if match is not None and int(match["port"] or 1) in range(1, 65536):
        transport = cast("Transport", match["transport"])
        return NetworkAddress(transport, match["host"].strip("[]"), int(match["port"] or PORTS[transport]))
    if "://" in text:
        raise ValueError(f"`{text}`: expected a serial device, tcp://HOST, udp://HOST or sony-udp://HOST")
    return None
