"""Host and port in one string."""


def address(host: str, port: int) -> str:
    """Returns `host:port` as in a URL (RFC 3986: an IPv6 address in brackets)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
