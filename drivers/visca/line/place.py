"""Where a VISCA camera is: a serial device, or an address on the network."""

import re
from typing import Literal, cast

import msgspec

Transport = Literal["tcp", "udp", "sony-udp"]
PORTS: dict[Transport, int] = {"tcp": 5678, "udp": 1259, "sony-udp": 52381}

_NETWORK = re.compile(r"(?P<transport>tcp|udp|sony-udp)://(?P<host>\[[^]/]+\]|[^:/]+)(?::(?P<port>\d{1,5}))?/?")


class NetworkPlace(msgspec.Struct, frozen=True):
    """An address on the network, and how it is spoken to."""

    transport: Transport
    host: str
    port: int


def network_place(text: str) -> NetworkPlace | None:
    """Reads TRANSPORT://HOST[:PORT]; None for a serial device, ValueError for what is neither."""
    match = _NETWORK.fullmatch(text)
    if match is not None and int(match["port"] or 1) in range(1, 65536):
        transport = cast("Transport", match["transport"])
        return NetworkPlace(transport, match["host"].strip("[]"), int(match["port"] or PORTS[transport]))
    if "://" in text:
        raise ValueError(f"`{text}`: expected a serial device, tcp://HOST, udp://HOST or sony-udp://HOST")
    return None
