"""An address to listen on, as configurations and commands write it: HOST:PORT."""

import ipaddress
from typing import Literal

import msgspec


class ListenError(Exception):
    """Nothing can listen on this address: taken, not ours, forbidden, or no address at all."""


class NotListenable(ValueError):
    """An address that nothing could listen on: which part of it is wrong, and the whole as it was given."""

    def __init__(self, kind: Literal["address", "empty", "ipv6", "port"], part: str, whole: str) -> None:
        super().__init__(f"`{whole}`: `{part}` is not {_EXPECTED[kind]}")
        self.kind = kind
        self.part = part
        self.whole = whole


_EXPECTED = {
    "address": "an address to listen on; expected HOST:PORT such as 127.0.0.1:8080 or [::1]:8080",
    "empty": "an address; expected HOST:PORT, HOST being 127.0.0.1 for this machine, 0.0.0.0 or [::] for all addresses",
    "ipv6": "an IPv6 address; expected something like [::1]:8080",
    "port": "a port; expected 0 (any free one) to 65535",
}


class Listen(msgspec.Struct, frozen=True):
    """An address to listen on: a name or an IP address without brackets, and a port (0: any free one)."""

    host: str
    port: int

    def __str__(self) -> str:
        """Returns `HOST:PORT`, as it stands in a URL."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_here(self) -> bool:
        """Whether it is reached from this machine only."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def parse_listen(text: str) -> Listen:
    """Reads `HOST:PORT`, with an IPv6 address in brackets (RFC 3986, 3.2.2); anything else is `NotListenable`."""
    host, colon, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        return Listen(_ipv6(host[1:-1], text), _port(port, text))
    if colon and not host:
        raise NotListenable("empty", host, text)
    if not colon or not host or ":" in host or any(character.isspace() or character in "[]/" for character in host):
        raise NotListenable("address", text, text)
    return Listen(host, _port(port, text))


def _ipv6(host: str, text: str) -> str:
    try:
        return str(ipaddress.IPv6Address(host))
    except ValueError:
        raise NotListenable("ipv6", host, text) from None


def _port(digits: str, text: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 5 and int(digits) <= 65535):
        raise NotListenable("port", digits, text)
    return int(digits)
