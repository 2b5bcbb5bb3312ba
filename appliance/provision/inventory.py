"""The inventory: what every room has, what those of a site, a building or a kind have, and what a room has of its own.

[all.config.terminal]              sites, buildings and kinds look like this one
pin = { secret = "pin" }           from the file of secrets

[buildings.north]
site = "riga"

[rooms.neptune]
building = "north"
kind = "huddle"
machine = "…"                      its box, as `offhook fleet identity` prints it there
without = ["lamps.busy"]           what it does not have, though a layer above says so
config.room.name = "Neptune"
"""

import re
from collections.abc import Iterator
from typing import Any, Literal, TypeVar

import msgspec

from appliance.config.toml import read
from appliance.provision.found import Found
from appliance.runtime.machine import LENGTH

T = TypeVar("T")

LARGEST = 4 * 2**20  # bytes: a thousand rooms have about a tenth of it
Path = tuple[str, ...]

_AS_PRINTED = "as `offhook fleet identity` prints it on the box"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,63}")
_MACHINE = re.compile(rf"[0-9a-f]{{{LENGTH}}}")


class Layer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is added to a room: tables as in `room.toml`; `without`: keys of earlier layers, with dots, left out."""

    config: dict[str, Any] = {}
    without: tuple[str, ...] = ()


class Building(Layer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[buildings.NAME]`: what its rooms have; `site`: where it stands."""

    site: str | None = None


class Room(Layer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[rooms.NAME]`; `machine`: the id of its box (`runtime.machine`), left out while it has none.

    `recipient`: the public key of its box (`age1…`), for which the file is encrypted.
    """

    site: str | None = None
    building: str | None = None
    kind: str | None = None
    machine: str | None = None
    recipient: str | None = None


class Inventory(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rooms by their names, and what they share."""

    format: Literal[1] = 1
    all: Layer = Layer()
    sites: dict[str, Layer] = {}
    buildings: dict[str, Building] = {}
    kinds: dict[str, Layer] = {}
    rooms: dict[str, Room] = {}

    def site_of(self, room: Room) -> str | None:
        """The site that a room is at: its own, or its building's."""
        building = self.buildings.get(room.building or "")
        return room.site or (building.site if building else None)

    def layers(self, name: str) -> Iterator[tuple[Path, Layer]]:
        """Yields what makes a room, the most general first, each with its place in the inventory."""
        room = self.rooms[name]
        yield ("all",), self.all
        for kind, named, among in (
            ("sites", self.site_of(room), self.sites),
            ("buildings", room.building, self.buildings),
            ("kinds", room.kind, self.kinds),
        ):
            if named is not None:
                yield (kind, named), among[named]
        yield ("rooms", name), room


def read_inventory(text: str) -> tuple[Inventory | None, tuple[Found, ...]]:
    """What a text says, or None and everything that is wrong with it, in the order of lines."""
    inventory, mistakes = read(Inventory, text)
    found = [Found(mistake.key, str(mistake.message), line=mistake.line) for mistake in mistakes]
    found += [] if inventory is None else _wrong_with(inventory)
    return (None if found else inventory), tuple(found)


def _wrong_with(inventory: Inventory) -> Iterator[Found]:
    for kind in ("sites", "buildings", "kinds", "rooms"):
        for name in getattr(inventory, kind):
            if not _NAME.fullmatch(name):
                yield Found(f"{kind}.{name}", "not a name; expected letters, digits, - and _, at most 63")
    for name, building in inventory.buildings.items():
        yield from _unknown(f"buildings.{name}", "site", building.site, inventory.sites)
    for name, room in inventory.rooms.items():
        yield from _wrong_with_room(f"rooms.{name}", room, inventory)
    yield from _twice(inventory)


def _wrong_with_room(place: str, room: Room, inventory: Inventory) -> Iterator[Found]:
    yield from _unknown(place, "site", room.site, inventory.sites)
    yield from _unknown(place, "building", room.building, inventory.buildings)
    yield from _unknown(place, "kind", room.kind, inventory.kinds)
    building = inventory.buildings.get(room.building or "")
    if building and room.site and building.site and room.site != building.site:
        yield Found(f"{place}.site", f"{room.site}, but its building is at {building.site}; expected one of them")
    if room.machine is not None and not _MACHINE.fullmatch(room.machine):
        yield Found(f"{place}.machine", f"no machine id; expected {LENGTH} digits 0 to f, {_AS_PRINTED}")
    if room.recipient is not None and not re.fullmatch("age1[0-9a-z]{58}", room.recipient):
        yield Found(f"{place}.recipient", f"no public key; expected age1…, {_AS_PRINTED}")


def _unknown(place: str, key: str, name: str | None, among: dict[str, T]) -> Iterator[Found]:
    if name is not None and name not in among:
        known = ", ".join(sorted(among)) or "none yet"
        yield Found(f"{place}.{key}", f"there is no [{key}s.{name}]; expected one of: {known}")


def _twice(inventory: Inventory) -> Iterator[Found]:
    """A box is in one room."""
    seen: dict[str, str] = {}
    for name, room in inventory.rooms.items():
        if room.machine is not None and (first := seen.setdefault(room.machine, name)) != name:
            yield Found(f"rooms.{name}.machine", f"the box of {first}; expected a box of its own")
