"""Layers of configuration, one over the other: tables join, anything else is replaced. Each key knows whose it is."""

import copy
from collections.abc import Iterator
from typing import Any

import msgspec

from appliance.provision.found import Found
from appliance.provision.inventory import Inventory, Path


class Laid(msgspec.Struct):
    """What came of the layers; `origins`: where in the inventory each key is said, by its path in `room.toml`."""

    document: dict[str, Any]
    origins: dict[Path, Path]
    found: list[Found]

    def origin(self, path: Path) -> Path:
        """The place of a key, or of the nearest table around it that a layer names."""
        while path and path not in self.origins:
            path = path[:-1]
        return self.origins.get(path, ())


def lay(inventory: Inventory, room: str) -> Laid:
    """The configuration of a room, with whatever is not what a layer expects it to be."""
    laid = Laid({}, {}, [])
    for place, layer in inventory.layers(room):
        for dotted in layer.without:
            if not _take_out(laid, tuple(dotted.split("."))):
                words = f"{dotted} is said by no layer above; expected a key that this room would have"
                laid.found.append(Found(".".join((*place, "without")), words, room=room))
        _join(laid, laid.document, copy.deepcopy(layer.config), (), (*place, "config"))
    return laid


def _take_out(laid: Laid, path: Path) -> bool:
    table: Any = laid.document
    for key in path[:-1]:
        table = table.get(key) if isinstance(table, dict) else None
    if not isinstance(table, dict) or path[-1] not in table:
        return False
    del table[path[-1]]
    for known in [known for known in laid.origins if known[: len(path)] == path]:
        del laid.origins[known]
    return True


def _join(laid: Laid, below: dict[str, Any], above: dict[str, Any], path: Path, place: Path) -> None:
    for key, value in above.items():
        here, there = (*path, key), (*place, key)
        if isinstance(value, dict) and isinstance(below.get(key), dict) and not is_secret(value):
            _join(laid, below[key], value, here, there)
            continue
        for known in [known for known in laid.origins if known[: len(here)] == here]:
            del laid.origins[known]
        below[key] = value
        laid.origins[here] = there
        laid.origins.update((*_inside(value, here, there),))


def _inside(value: object, path: Path, place: Path) -> Iterator[tuple[Path, Path]]:
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield (*path, key), (*place, key)
        yield from _inside(inner, (*path, key), (*place, key))


def is_secret(value: object) -> bool:
    """Whether a value stands for one in the file of secrets: `{ secret = "NAME" }`."""
    return isinstance(value, dict) and value.keys() == {"secret"}
