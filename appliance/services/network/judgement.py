"""Why the terminal cannot be reached, where it is the box's own network: one judgement from what is known.

It goes from the plug upwards, and ends at the first thing that is wrong: whoever stands before the box begins there,
too. Where the network looks right, nothing is said, and the link's own reason stands.
"""

import ipaddress
from collections.abc import Mapping
from typing import Final

from appliance.language.text import NOTHING, Text
from appliance.services.network.facts import Facts, Interface, Port

_REFUSED: Final[Mapping[str, str]] = {
    "wrong_key": "network.wrong_key",
    "wrong_name": "network.wrong_server",
    "untrusted": "network.untrusted_server",
    "not_yet_valid": "network.server_date",
    "expired": "network.server_date",
}


def judged(facts: Facts, terminal: str) -> Text:
    """Returns what is wrong with the box's network; nothing where it may be right. `terminal`: its address or name."""
    if not any(each.addresses for each in facts.interfaces):
        return _without_address(facts)
    if refused := _refused(facts):
        return refused
    if _is_beside(facts, terminal):
        return NOTHING
    return _beyond(facts, terminal)


def _without_address(facts: Facts) -> Text:
    wires = [each for each in facts.interfaces if not each.wireless]
    wifi = next((each for each in facts.interfaces if each.wireless and each.port.phase), None)
    if refused := _refused(facts):
        return refused
    if asking := next((each for each in facts.interfaces if each.carrier and each.port.phase == "asking"), None):
        return Text("network.asking", interface=asking.name)
    if up := next((each for each in facts.interfaces if each.carrier), None):
        return Text("network.no_address", interface=up.name)
    if wifi is not None:
        return Text("network.no_wifi")
    return Text("network.no_cable", interface=wires[0].name) if wires else Text("network.no_interface")


def _refused(facts: Facts) -> Text:
    return next((_why(each.port) for each in facts.interfaces if each.port.phase == "refused"), NOTHING)


def _why(port: Port) -> Text:
    key = _REFUSED.get(port.why)
    if key is not None:
        return Text(key, server=port.server)
    return Text("network.server_certificate", server=port.server) if port.server else Text("network.refused")


def _beyond(facts: Facts, terminal: str) -> Text:
    """What is wrong on the way to other networks, and to names."""
    if portal := next((each for each in facts.interfaces if each.portal), None):
        return Text("network.portal", address=portal.portal)
    dead = [gateway for gateway in facts.gateways if gateway.answers is False]
    if not facts.gateways and _is_address(terminal):
        return Text("network.no_gateway")
    if dead and len(dead) == len(facts.gateways):
        return Text("network.gateway_silent", address=str(dead[0].address))
    if facts.name_servers == () and not _is_address(terminal) and not terminal.endswith(".local"):
        return Text("network.no_name_server")
    return NOTHING


def _is_beside(facts: Facts, terminal: str) -> bool:
    """Whether the terminal is in a network that the box is in itself."""
    if not _is_address(terminal):
        return False
    address = ipaddress.ip_address(terminal.partition("%")[0])
    return address.is_link_local or any(address in own.network for own in _addresses(facts.interfaces))


def _addresses(
    interfaces: tuple[Interface, ...],
) -> list[ipaddress.IPv4Interface | ipaddress.IPv6Interface]:
    return [address for each in interfaces for address in each.addresses]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True
