"""What `[panel]` in the configuration says, and the form of an address to listen on."""

import ipaddress

import msgspec


class Listen(msgspec.Struct, frozen=True):
    """An address to listen on: a name or an IP address without brackets, and a port (0: any free one)."""

    host: str
    port: int

    def __str__(self) -> str:
        """`HOST:PORT`, as it stands in a URL."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class PanelConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[panel]`: where the status page listens; without this table there is none.

    With `certificate` and `key`, which are files (PEM), it is served over HTTPS and in no other way. A file
    `credential:NAME` is the credential NAME of the service (systemd.exec(5), LoadCredential=).
    """

    listen: str
    certificate: str | None = None
    key: str | None = None

    def __post_init__(self) -> None:
        """Refuses an address that nothing could listen on, and one of two files that go together."""
        parse_listen(self.listen)
        for name, other in (("certificate", "key"), ("key", "certificate")):
            if getattr(self, name) == "":
                raise ValueError(f"`{name}` is empty; expected a file, or leave both out for plain HTTP")
            if getattr(self, name) is not None and getattr(self, other) is None:
                raise ValueError(f"`{name}` needs `{other}` beside it; leave both out for plain HTTP")


def parse_listen(text: str) -> Listen:
    """Reads `HOST:PORT`, with an IPv6 address in brackets (RFC 3986, 3.2.2); anything else is a `ValueError`."""
    host, colon, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        return Listen(_ipv6(host[1:-1], text), _port(port, text))
    if not colon or not host or ":" in host or any(character.isspace() or character in "[]/" for character in host):
        raise ValueError(
            f"`{text}` is no address to listen on; expected HOST:PORT such as 127.0.0.1:8080 or [::1]:8080"
        )
    return Listen(host, _port(port, text))


def _ipv6(host: str, text: str) -> str:
    try:
        return str(ipaddress.IPv6Address(host))
    except ValueError:
        raise ValueError(f"`{text}`: `{host}` is no IPv6 address; expected something like [::1]:8080") from None


def _port(digits: str, text: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 5 and int(digits) <= 65535):
        raise ValueError(f"`{text}`: `{digits}` is no port; expected 0 (any free one) to 65535")
    return int(digits)
