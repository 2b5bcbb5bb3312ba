"""The rooms of an inventory as Prometheus reads them from a file (file_sd): where each is scraped, and which it is.

A room is in it if its `[metrics]` can be reached from elsewhere. Which site, building and kind of room it is, says the
inventory and not the box, so that figures of a room that moves are those of its new place from then on.
"""

import json
from collections.abc import Iterable, Iterator

from appliance.config.schema import Config
from appliance.config.tables.metrics import MetricsConfig
from appliance.provision.found import Found
from appliance.provision.inventory import Inventory
from appliance.provision.render import Rendered, in_words
from appliance.runtime.web.listen import Listen, parse_listen

HEAD = "# Made by `offhook fleet render`. Prometheus takes changes of this file at once.\n"
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  # what an address is compared with


def scraped(inventory: Inventory, rooms: Iterable[Rendered], host: str | None) -> tuple[str, tuple[Found, ...]]:
    """Returns the file, and the rooms of which nobody knows where they are.

    `host`: the name of a box, with `${room}` and so on; None: its own fixed address.
    """
    lines, found = [HEAD], []
    for room in rooms:
        metrics = room.config.metrics if room.config else None
        if room.config is None or metrics is None or parse_listen(metrics.listen).is_here:
            continue
        where = _where(inventory, room.config, metrics, room.name, host)
        if isinstance(where, Found):
            found.append(where)
        else:
            lines += _lines(where, dict(_labels(inventory, room.name, metrics)))
    return "".join(lines), tuple(found)


def _where(inventory: Inventory, config: Config, metrics: MetricsConfig, name: str, host: str | None) -> Listen | Found:
    listen = parse_listen(metrics.listen)
    if listen.host not in _EVERYWHERE:
        return listen
    if host is not None:
        said, wrong = in_words(host, inventory, name)
        return Found(f"rooms.{name}", f"--host: {wrong}") if wrong else Listen(said, listen.port)
    for addressing in (config.network, config.network.wifi if config.network else None):
        if addressing is not None and (own := addressing.own()) is not None:
            return Listen(str(own.ip), listen.port)
    words = "nobody knows where it is; expected an `address` in its [network], or --host such as ${room}.example.com"
    return Found(f"rooms.{name}", words)


def _labels(inventory: Inventory, name: str, metrics: MetricsConfig) -> Iterator[tuple[str, str]]:
    room = inventory.rooms[name]
    known = {"site": inventory.site_of(room), "building": room.building, "kind": room.kind, "room": name}
    yield from ((label, value) for label, value in known.items() if value is not None)
    if metrics.certificate is not None:
        yield "__scheme__", "https"


def _lines(where: Listen, labels: dict[str, str]) -> list[str]:
    """What is JSON is YAML as well, and nothing in it is taken for a number or a date."""
    return [f"- targets: [{json.dumps(str(where))}]\n", f"  labels: {json.dumps(labels)}\n"]
