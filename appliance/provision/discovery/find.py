"""Finds the servers that may have this box's file: what the network told, and what its name servers say."""

from pathlib import Path

import trio

from appliance.provision.discovery.ask import Address, addresses, service
from appliance.provision.discovery.order import Offer, Service, offers
from appliance.provision.discovery.told import told

WITHIN = 20.0  # seconds for all domains, which are asked at once: two rounds of five servers' patience


async def find(root: Path, servers: tuple[Address, ...] | None = None) -> tuple[Offer, ...]:
    """The places to ask, the best first; `servers`: of names, in place of those in resolv.conf."""
    heard = await trio.to_thread.run_sync(told, root)
    if servers is None:
        servers = addresses(heard.servers)
    services = {domain: Service() for domain in heard.domains}

    async def look(domain: str) -> None:
        services[domain] = await service(domain, servers)

    with trio.move_on_after(WITHIN):
        async with trio.open_nursery() as nursery:
            for domain in heard.domains:
                nursery.start_soon(look, domain)
    return offers(heard.options, services)
