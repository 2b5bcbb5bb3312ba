"""Which hosts are reached without the proxy."""

import ipaddress
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def is_direct(host: str, no_proxy: Iterable[str]) -> bool:
    """Whether a host is reached without the proxy: this machine and its links always.

    `no_proxy`: names, each with all below it, addresses, and networks such as 10.0.0.0/8.
    """
    name = host.strip("[]").removesuffix(".").lower()
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        here = name == "localhost" or name.endswith(".localhost")
        return here or any(name == entry or name.endswith(f".{entry}") for entry in map(_bare, no_proxy))
    if address.is_loopback or address.is_link_local:
        return True
    return any(network.version == address.version and address in network for network in networks(no_proxy))


def networks(no_proxy: Iterable[str]) -> list[Network]:
    """Those entries that are addresses and networks."""
    return [network for entry in no_proxy if (network := _network(entry)) is not None]


def _network(entry: str) -> Network | None:
    try:
        return ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return None


def _bare(name: str) -> str:
    return name.lower().removeprefix("*").removeprefix(".").removesuffix(".")
