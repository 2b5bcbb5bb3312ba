"""What is known of the box's networks, as lines from the plug upwards, for whoever looks for a fault."""

from collections.abc import Iterator

from appliance.services.network.facts import Facts, Interface, Port

Row = tuple[str, str, str]
_ANSWERS = {True: "answers", False: "does not answer", None: "nobody has tried"}
_PHASES = {"nobody": "not found", "starting": "waits to be asked", "asking": "is being asked", "open": "open"}


def tried(facts: Facts, terminal: str, own_address: str) -> Iterator[Row]:
    """Yields where, what, and how it is. `own_address`: of the interface by which the terminal is reached; or empty."""
    for interface in facts.interfaces:
        yield from _interface(interface)
    for gateway in facts.gateways:
        yield "gateway", str(gateway.address), f"by {gateway.interface}: {_ANSWERS[gateway.answers]}"
    yield "names", "name servers", ", ".join(facts.name_servers) or "none" if facts.name_servers is not None else "?"
    yield "time", "time server", {True: "has answered", False: "none has answered", None: "?"}[facts.time_known]
    by = next((each.name for each in facts.interfaces if own_address in map(_bare, each.addresses)), "")
    way = f"from {own_address}" + (f", by {by}" if by else "") if own_address else "no way there"
    yield "terminal", terminal, way


def _interface(interface: Interface) -> Iterator[Row]:
    yield interface.name, "radio link" if interface.wireless else "cable", "yes" if interface.carrier else "no"
    if interface.port.phase:
        yield interface.name, "Wi-Fi" if interface.wireless else "802.1X", _port(interface.port)
    yield interface.name, "address", ", ".join(map(str, interface.addresses)) or "none"
    if interface.portal:
        yield interface.name, "log in at", interface.portal


def _port(port: Port) -> str:
    if port.phase != "refused":
        return _PHASES.get(port.phase, port.phase)
    return " ".join(filter(None, ("refused:", port.why.replace("_", " "), port.server)))


def _bare(address: object) -> str:
    return str(address).partition("/")[0]
