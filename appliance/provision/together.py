"""What is wrong between rooms, each of which is right by itself."""

from collections.abc import Iterable, Iterator

from appliance.config.schema import Config
from appliance.provision.found import Found
from appliance.provision.render import Rendered


def conflicts(rooms: Iterable[Rendered]) -> tuple[Found, ...]:
    """Two boxes with one terminal, which takes the session from one for the other; with one address; with one name.

    The name is that at the broker: two boxes that have it take no actions.
    """
    first: dict[tuple[str, str], str] = {}
    found = []
    for room in rooms:
        for what, value in _of_its_own(room.config) if room.config else ():
            before = first.setdefault((what, value), room.name)
            if before != room.name:
                words = f"{what} {value} is that of {before} as well; expected one of its own"
                found.append(Found(f"rooms.{room.name}", words))
    return tuple(found)


def _of_its_own(config: Config) -> Iterator[tuple[str, str]]:
    """Yields what no other room may have."""
    yield "terminal", f"{config.terminal.host}:{config.terminal.ws_port}"
    if config.mqtt is not None:
        yield "name at the broker", f"{config.mqtt.site}/{config.mqtt.room}"
    network = config.network
    for addressing in (network, network.wifi if network else None):
        if addressing is not None and addressing.address is not None:
            yield "address", str(addressing.own())
