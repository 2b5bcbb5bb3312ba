"""What may come in, as a file of nft(8): what a host on a network needs, and what the configuration opens."""

from collections.abc import Iterator

from appliance.card.files import MADE, File, Files
from appliance.card.nft import loadable
from appliance.config.schema import Config
from appliance.runtime.web.listen import parse_listen
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


def firewall(config: Config | None, *, ssh: bool) -> Files:
    """The rules for a room (None: for none) and for SSH where somebody has a key."""
    rules = [*(_SSH if ssh else ()), *(_opened(config) if config else ())]
    return {PATH: File(loadable(_TABLE.format(made=MADE, rules="".join(f"\t\t{rule}\n" for rule in rules))))}


def closed() -> Files:
    """The rules of a room that nobody may reach, for where others cannot be had."""
    return {PATH: File(_TABLE.format(made=MADE, rules=""))}


_SSH = ("tcp dport 22 accept",)


def _opened(config: Config) -> Iterator[str]:
    if config.panel is not None and (port := _reachable(config.panel.listen)):
        yield f"tcp dport {port} accept"
    if config.share is not None:
        for address in filter(None, (config.share.listen, config.share.listen_tls)):
            port = _reachable(address)
            yield from (_from(source, "tcp", port) for source in config.share.allow if port)
    if config.metrics is not None and (port := _reachable(config.metrics.listen)):
        sources = config.metrics.allow
        yield from (_from(source, "tcp", port) for source in sources)
        yield from () if sources else (f"tcp dport {port} accept",)
    for entry in config.visca.values():
        protocol = "tcp" if entry.transport == "tcp" else "udp"
        _, port = endpoint(entry.listen)
        yield from (_from(source, protocol, port) for source in entry.allow if port)
        if entry.discovery:
            _, port = endpoint(entry.discovery)
            yield from (_from(source, "udp", port) for source in entry.allow if port)


def _from(source: str, protocol: str, port: int) -> str:
    network = parse_network(source)
    family = "ip6" if network.version == 6 else "ip"
    wanted = network.network_address if network.num_addresses == 1 else network
    return f"{family} saddr {wanted} {protocol} dport {port} accept"


def _reachable(listen: str) -> int:
    """The port of an address that others can reach; 0 where nobody can, or where any free port is taken."""
    at = parse_listen(listen)
    return 0 if at.is_here else at.port
