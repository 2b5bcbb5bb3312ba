"""Host and port in one string, and hosts that are no hosts."""


def address(host: str, port: int) -> str:
    """Returns `host:port` as in a URL (RFC 3986: an IPv6 address in brackets); the path of a socket as it is."""
    if is_path(host):
        return host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_path(host: str) -> bool:
    """Whether it is the path of a socket on this machine (unix(7)), where a running appliance shares its session."""
    return host.startswith("/")
