"""Host and port as one word."""


def address(host: str, port: int) -> str:
    """`host:port` as HTTP writes it (RFC 3986: an IPv6 address in brackets)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
