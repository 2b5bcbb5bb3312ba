"""What the network has told this machine: the leases of systemd-networkd, and resolv.conf."""

import binascii
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from appliance.provision.discovery.order import OPTION
from appliance.runtime.files import read_file

LEASES = "run/systemd/netif/leases"  # a file for each interface, named by its number; see sd-dhcp-lease of systemd
RESOLV = "etc/resolv.conf"
_LARGEST = 64 * 1024  # bytes of a file
_INTERFACES, _DOMAINS, _SERVERS = 16, 6, 3  # at most; the last two as in resolv.conf(5)
_DOMAIN = re.compile(r"(?!.{240})[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")


class Told(msgspec.Struct, frozen=True):
    """`options`: addresses in DHCP's option 224; `domains`: that names are looked for in; `servers`: of names."""

    options: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()


def told(root: Path) -> Told:
    """What the machine below `root` was told. Blocks for a moment; what cannot be read has not been told."""
    leases = [dict(_pairs(lease)) for lease in _leases(root / LEASES)]
    resolv = [line.split() for line in _lines(root / RESOLV)]
    domains = [domain for lease in leases for domain in _of_lease(lease)]
    domains += [domain for words in resolv if words[:1] in (["search"], ["domain"]) for domain in words[1:]]
    return Told(
        options=tuple(url for lease in leases if (url := _url(lease.get(f"OPTION_{OPTION}", "")))),
        domains=tuple(dict.fromkeys(_named(domains)))[:_DOMAINS],
        servers=tuple(words[1] for words in resolv if words[:1] == ["nameserver"] and len(words) > 1)[:_SERVERS],
    )


def _of_lease(lease: dict[str, str]) -> list[str]:
    return [*lease.get("DOMAINNAME", "").split(), *lease.get("DOMAIN_SEARCH_LIST", "").split()]


def _named(domains: Iterable[str]) -> Iterator[str]:
    for domain in domains:
        name = domain.removesuffix(".").lower()
        if _DOMAIN.fullmatch(name):
            yield name


def _url(digits: str) -> str:
    """What an option says, which the lease has in hexadecimal; some servers end it with a zero."""
    try:
        return binascii.unhexlify(digits).rstrip(b"\0").decode("ascii")
    except (binascii.Error, ValueError):
        return ""


def _leases(folder: Path) -> Iterator[list[str]]:
    try:
        names = sorted((path.name for path in folder.iterdir()), key=lambda name: (len(name), name))
    except OSError:
        return
    for name in names[:_INTERFACES]:
        yield _lines(folder / name)


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        key, _, value = line.partition("=")
        yield key, value


def _lines(path: Path) -> list[str]:
    try:
        return read_file(path, _LARGEST, follow=True).decode("ascii", "replace").splitlines()
    except OSError:
        return []
