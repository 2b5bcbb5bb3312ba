"""What may come in, as a file of nft(8): what a host on a network needs, and what the configuration opens."""

import ipaddress
from collections.abc import Iterator

from appliance.card.files import MADE, File, Files
from appliance.card.network.networkd import fixed
from appliance.card.nft import loadable
from appliance.config.network.network import Network
from appliance.config.schema import Config
from appliance.runtime.web.listen import Listen, parse_listen
from drivers.visca.config import endpoint
from drivers.visca.config import network as parse_network

PATH = "etc/nftables.conf"
_TABLE = """#!/usr/sbin/nft -f
{made}flush ruleset

table inet offhook {{
	chain input {{
		type filter hook input priority filter; policy drop;
		iif lo accept
		ct state vmap {{ established : accept, related : accept, invalid : drop }}
		icmp type echo-request limit rate 20/second accept
		icmp type {{ destination-unreachable, time-exceeded, parameter-problem }} accept
		icmpv6 type echo-request limit rate 20/second accept
		icmpv6 type {{ destination-unreachable, packet-too-big, time-exceeded, parameter-problem }} accept
		ip6 hoplimit 255 icmpv6 type {{ nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert, nd-redirect }} accept
		ip6 saddr fe80::/10 icmpv6 type {{ mld-listener-query, mld-listener-report, mld2-listener-report }} accept
		ip protocol igmp accept
		udp sport 67 udp dport 68 accept
		ip6 saddr fe80::/10 udp sport 547 udp dport 546 accept
		ip daddr 224.0.0.251 udp dport 5353 accept
		ip6 daddr ff02::fb udp dport 5353 accept
{rules}	}}
	chain forward {{
		type filter hook forward priority filter; policy drop;
	}}
}}
"""


def firewall(config: Config | None, *, ssh: bool, network: Network | None = None) -> Files:
    """The rules for a room (None: for none) and for SSH where somebody has a key.

    `network`: what listens on a fixed address of it is reached by that interface alone.
    """
    opened = (f"{_on(host, network)}{rule}" for host, rule in (_opened(config) if config else ()))
    rules = [*(_SSH if ssh else ()), *opened]
    return {PATH: File(loadable(_TABLE.format(made=MADE, rules="".join(f"\t\t{rule}\n" for rule in rules))))}


def closed() -> Files:
    """The rules of a room that nobody may reach, for where others cannot be had."""
    return {PATH: File(_TABLE.format(made=MADE, rules=""))}


_SSH = ("tcp dport 22 accept",)


def _opened(config: Config) -> Iterator[tuple[str, str]]:
    """Yields the host that is listened on, and the rule."""
    if config.panel is not None and (at := _reachable(config.panel.listen)):
        yield at.host, f"tcp dport {at.port} accept"
    if config.share is not None:
        for address in filter(None, (config.share.listen, config.share.listen_tls)):
            if at := _reachable(address):
                yield from ((at.host, _from(source, "tcp", at.port)) for source in config.share.allow)
    if config.metrics is not None and (at := _reachable(config.metrics.listen)):
        sources = config.metrics.allow
        yield from ((at.host, _from(source, "tcp", at.port)) for source in sources)
        yield from () if sources else ((at.host, f"tcp dport {at.port} accept"),)
    for entry in config.visca.values():
        protocol = "tcp" if entry.transport == "tcp" else "udp"
        host, port = endpoint(entry.listen)
        yield from ((str(host), _from(source, protocol, port)) for source in entry.allow if port)
        if entry.discovery:
            _, port = endpoint(entry.discovery)  # a broadcast address, of whichever network
            yield from (("", _from(source, "udp", port)) for source in entry.allow if port)


def _on(host: str, network: Network | None) -> str:
    """The match of the interface that has this address; nothing where that is any, or nobody knows.

    Linux takes a packet for an address of the box by every interface: without this, whoever is in one network could
    reach what listens in another.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    return next((f'iifname "{name}" ' for name, own in fixed(network) if own.ip == address), "")


def _from(source: str, protocol: str, port: int) -> str:
    network = parse_network(source)
    family = "ip6" if network.version == 6 else "ip"
    wanted = network.network_address if network.num_addresses == 1 else network
    return f"{family} saddr {wanted} {protocol} dport {port} accept"


def _reachable(listen: str) -> Listen | None:
    """An address that others can reach; None where nobody can, or where any free port is taken."""
    at = parse_listen(listen)
    return None if at.is_here or not at.port else at
