"""Addresses of the card's own sections, parsed: what is written into a file of the system is `str` of these.

A scope (fe80::1%eth0) is refused. Python takes any characters after the %, a line feed too, and none of the files that
these go into has a use for one: each belongs to one interface, or means all.
"""

import ipaddress

from appliance.language.text import Text, Unusable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Interface = ipaddress.IPv4Interface | ipaddress.IPv6Interface


def address(key: str, text: str) -> Address:
    """Returns the address of a host that can be reached. Raises `Unusable`, which names the key."""
    _refuse_scope(key, text)
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        raise Unusable(Text("mistake.address", key=key, address=text), key=key) from None
    if not _is_of_a_host(parsed):
        raise Unusable(Text("mistake.address", key=key, address=text), key=key)
    return parsed


def with_prefix(key: str, text: str) -> Interface:
    """Returns the address with the prefix of its network, such as 192.168.1.30/24. Raises `Unusable` as `address`."""
    _refuse_scope(key, text)
    try:
        parsed = ipaddress.ip_interface(text if "/" in text else "")
    except ValueError:
        raise Unusable(Text("mistake.address_with_prefix", address=text), key=key) from None
    if not _is_of_a_host(parsed.ip) or parsed.is_loopback or parsed.network.prefixlen == 0:
        raise Unusable(Text("mistake.address_with_prefix", address=text), key=key)
    return parsed


def _is_of_a_host(parsed: Address) -> bool:
    """Whether one host can have it; 0.0.0.0 as an own address would let networkd choose any network."""
    return not (parsed.is_unspecified or parsed.is_multicast)


def _refuse_scope(key: str, text: str) -> None:
    _, percent, scope = text.partition("/")[0].partition("%")
    if percent:
        raise Unusable(Text("mistake.scope", key=key, address=text, scope=f"%{scope}"), key=key)
