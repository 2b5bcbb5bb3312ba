"""All rooms of a broker at a glance: from what it keeps of each to one row a room, with what is wrong. No I/O.

What a room said last stands until it says something else, so of a room that is offline only that is shown: its link and
its call are not known any more. A payload that cannot be read, or is of another version, is itself something wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from appliance.fleet.mqtt.health import Health
from appliance.fleet.mqtt.identity import Identity
from appliance.fleet.mqtt.parts import VERSION, CallPart
from appliance.fleet.mqtt.topics import AVAILABILITY, CALL, HEALTH, IDENTITY, OFFLINE, ONLINE, ROOT

WANTED: Final = (AVAILABILITY, IDENTITY, HEALTH, CALL)
MOST: Final = 20_000  # rooms; a site of a larger fleet is asked for by itself
LONGEST: Final = 160  # characters of a text of somebody else
_TYPES: Final = {IDENTITY.name: Identity, HEALTH.name: Health, CALL.name: CallPart}
_NAMES: Final = {topic.name for topic in WANTED}
_WORDS: Final = {
    "throttled": "slowed down for heat or want of power",
    "under_voltage": "the power supply is too weak",
    "clock": "the time of day is not known",
    "disk_full": "the disk is nearly full",
    "disk_read_only": "the disk cannot be written",
}

Name = tuple[str, str]
"""A room's site and its name."""


class Expected(msgspec.Struct, frozen=True):
    """A room of the inventory: what it is called there, and the id of its box, empty where none is named."""

    called: str
    machine: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One room; what is not known is empty. `wrong`: sentences for people, none where all is well."""

    site: str
    room: str
    availability: str = ""
    call: str = ""
    link: str = ""
    version: str = ""
    machine: str = ""
    wrong: tuple[str, ...] = ()


class Overview:
    """Hears topics, and shows the rooms. `overflow`: there are more rooms than `MOST`, and some were left out."""

    def __init__(self) -> None:
        self.overflow = False
        self._said: dict[Name, dict[str, object]] = {}

    def hear(self, topic: str, payload: bytes) -> bool:
        """Takes what is said on a topic; returns whether the rooms look different now. Empty: it is said no longer."""
        root, _, rest = topic.partition("/")
        site, _, rest = rest.partition("/")
        room, _, name = rest.partition("/")
        if root != ROOT or name not in _NAMES:
            return False
        return self._take((site, room), name, payload)

    def forget(self) -> None:
        """Begins anew: the broker is about to tell all of it again."""
        self._said.clear()
        self.overflow = False

    def rows(self, expected: Mapping[Name, Expected] | None = None) -> list[Row]:
        """Returns the rooms by site and name; those of `expected` also if nobody spoke, and with their own box."""
        wanted = expected or {}
        silent = {name: room for name, room in wanted.items() if name not in self._said}
        rows = [_compared(_row(name, said), wanted.get(name)) for name, said in self._said.items()]
        return sorted([*rows, *_missing(silent)], key=lambda row: (row.site, row.room))

    def _take(self, name: Name, topic: str, payload: bytes) -> bool:
        if not payload:
            return self._clear(name, topic)
        if name not in self._said and len(self._said) >= MOST:
            self.overflow = True
            return False
        said, read = self._said.setdefault(name, {}), _read(topic, payload)
        is_new = topic not in said or said[topic] != read
        said[topic] = read
        return is_new

    def _clear(self, name: Name, topic: str) -> bool:
        said = self._said.get(name, {})
        was_there = said.pop(topic, _NOTHING) is not _NOTHING
        if not said:
            self._said.pop(name, None)
        return was_there


_NOTHING: Final = object()


def _read(topic: str, payload: bytes) -> object:
    """Returns what a payload says; None where it cannot be read."""
    if topic == AVAILABILITY.name:
        return payload.decode() if payload in {ONLINE, OFFLINE} else None
    try:
        read = msgspec.json.decode(payload, type=_TYPES[topic])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return read if read.version == VERSION else None


def _missing(silent: Mapping[Name, Expected]) -> Iterator[Row]:
    for (site, room), of in silent.items():
        yield Row(site=site, room=room, wrong=(f"the broker does not know it ({of.called} of the inventory)",))


def _compared(row: Row, wanted: Expected | None) -> Row:
    """Returns a room with whether its box is the one that the inventory names, where both are known."""
    if wanted is None or not row.machine or wanted.machine in {"", row.machine}:
        return row
    words = f"its box is {row.machine}; expected {wanted.machine}, as {wanted.called} of the inventory has it"
    return msgspec.structs.replace(row, wrong=(*row.wrong, words))


def _row(name: Name, said: Mapping[str, object]) -> Row:
    site, room = map(plain, name)
    identity, health, call = said.get(IDENTITY.name), said.get(HEALTH.name), said.get(CALL.name)
    machine = plain(identity.machine) if isinstance(identity, Identity) else ""
    row = Row(
        site=site,
        room=room,
        availability=str(said.get(AVAILABILITY.name) or ""),
        machine=machine,
        version=plain(health.known.firmware) if isinstance(health, Health) else "",
    )
    if row.availability == OFFLINE.decode():
        return msgspec.structs.replace(row, wrong=("offline",))
    return msgspec.structs.replace(
        row,
        call=_call(call) if isinstance(call, CallPart) else "",
        link=str(health.room.link) if isinstance(health, Health) else "",
        wrong=(*_unread(said), *(_of(health, machine) if isinstance(health, Health) else ())),
    )


def _call(call: CallPart) -> str:
    return f"{call.phase}, on hold" if call.on_hold else str(call.phase)


def _unread(said: Mapping[str, object]) -> Iterator[str]:
    """What a room that is online should have said."""
    for topic in WANTED:
        if topic.name not in said:
            yield f"has not said its {topic.name}"
        elif said[topic.name] is None:
            yield f"its {topic.name} cannot be read; expected version {VERSION}"


def _of(health: Health, machine: str) -> Iterator[str]:
    """What a room says is wrong, in the sequence in which it does."""
    room = health.room
    for word in health.wrong:
        match word:
            case "link":
                yield f"no terminal: {plain(room.reason) or room.link}"
            case "services":
                yield from (f"{plain(name)}: {plain(reason)}" for name, reason in room.services.items())
            case "two_boxes":
                yield f"two boxes have its name: {machine or 'one'} and {plain(room.other_box)}"
            case "warnings":
                yield from map(plain, room.warnings)
            case _:
                yield _WORDS.get(word, plain(word))


def plain(text: str) -> str:
    """Returns a text of somebody else as one short line that cannot control the reader's terminal."""
    return "".join(each if each.isprintable() else "?" for each in text[:LONGEST])


def cells(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    """Yields the rows of the table for people, the heading first."""
    yield ("SITE", "ROOM", "AVAILABILITY", "CALL", "LINK", "VERSION", "WRONG")
    for row in rows:
        known = (row.availability, row.call, row.link, row.version, "; ".join(row.wrong))
        yield (row.site, row.room, *(cell or "-" for cell in known))
