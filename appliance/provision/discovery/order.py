"""In which order the places are asked that a network tells of.

1. What DHCP says in option 224: somebody set it for this network alone.
2. DNS-SD: `_offhook-prov._tcp` of each search domain (RFC 6763), its servers in the order of RFC 2782.
3. The host `offhook-provision` of each search domain; not where DNS-SD says that there is no such service.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from appliance.config.tables.fleet import is_folder

SERVICE = "_offhook-prov._tcp"
HOST = "offhook-provision"
OPTION = 224  # the first of those that RFC 3942 leaves to a site
MOST = 6  # places that are asked in one go
_HTTPS = 443


class Server(msgspec.Struct, frozen=True):
    """One SRV record; `target` without the last dot, empty where the service is decidedly not there (RFC 2782)."""

    priority: int
    weight: int
    port: int
    target: str


class Service(msgspec.Struct, frozen=True):
    """What DNS-SD says of a domain; `path`: the folder on each server, of the key `path` in its TXT record."""

    servers: tuple[Server, ...] = ()
    path: str = "/"


class Offer(msgspec.Struct, frozen=True):
    """An address, and who told it, for people."""

    url: str
    by: str


def offers(options: Iterable[str], services: Mapping[str, Service]) -> tuple[Offer, ...]:
    """The places to ask, each once, at most `MOST`; `services`: of each search domain, in their order.

    What is no address of a folder over https is left out.
    """
    found: dict[str, Offer] = {}
    for offer in (*_by_dhcp(options), *_by_service(services), *_by_name(services)):
        if is_folder(offer.url):
            found.setdefault(offer.url.rstrip("/"), offer)
    return tuple(found.values())[:MOST]


def _by_dhcp(options: Iterable[str]) -> Iterator[Offer]:
    for url in options:
        yield Offer(url, f"DHCP option {OPTION}")


def _by_service(services: Mapping[str, Service]) -> Iterator[Offer]:
    for domain, service in services.items():
        for server in sorted(service.servers, key=lambda server: (server.priority, -server.weight)):
            if server.target:
                port = "" if server.port == _HTTPS else f":{server.port}"
                yield Offer(f"https://{server.target}{port}{service.path}", f"{SERVICE}.{domain}")


def _by_name(services: Mapping[str, Service]) -> Iterator[Offer]:
    for domain, service in services.items():
        if not service.servers:
            yield Offer(f"https://{HOST}.{domain}/", f"the name {HOST}.{domain}")
