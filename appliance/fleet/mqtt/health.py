"""How the box is, for whoever looks after many: what is wrong, and what the machine says of itself.

What is wrong is said when it changes. Temperature, uptime and the like change all the time; they are said with it, and
otherwise every `EVERY` seconds.
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from appliance.room.parts.link import LinkPhase

EVERY: Final = 300.0  # seconds
LOOK: Final = 60.0  # seconds between looks at what changes without telling: heat, power, the disk
DISK_FULL: Final = 0.9  # of it


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """What the machine says of itself; None where it does not. `temperature`: °C, `uptime`: seconds, disk: bytes."""

    temperature: int | None = None
    throttled: bool | None = None
    under_voltage: bool | None = None
    clock_synchronised: bool | None = None
    uptime: int | None = None
    disk_size: int | None = None
    disk_free: int | None = None
    disk_read_only: bool | None = None


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What does not change as long as the process runs. `start_reason`: of the last start."""

    firmware: str
    started: str | None = None
    start_reason: str = "unknown"


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """How the room is. `services`: those that are offline, with the reason. `other_box`: has this room's name too."""

    link: LinkPhase
    reason: str = ""
    services: Mapping[str, str] = {}
    other_box: str = ""
    warnings: tuple[str, ...] = ()


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """All of it; `ok`: nothing of `wrong`. `dropped`: events that no broker got; `connections`: to one, so far."""

    ok: bool
    wrong: tuple[str, ...]
    known: Known
    room: Room
    machine: Machine
    dropped: int = 0
    connections: int = 0
    version: int = 1


def wrong(room: Room, machine: Machine) -> tuple[str, ...]:
    """Returns what somebody should look after, in fixed words for programs."""
    full = None
    if machine.disk_size and machine.disk_free is not None:
        full = 1 - machine.disk_free / machine.disk_size >= DISK_FULL
    found = {
        "link": room.link is not LinkPhase.UP,
        "services": bool(room.services),
        "two_boxes": bool(room.other_box),
        "warnings": bool(room.warnings),
        "throttled": machine.throttled,
        "under_voltage": machine.under_voltage,
        "clock": machine.clock_synchronised is False,
        "disk_full": full,
        "disk_read_only": machine.disk_read_only,
    }
    return tuple(name for name, is_so in found.items() if is_so)


def health(known: Known, room: Room, machine: Machine, *, dropped: int, connections: int) -> Health:
    """Returns all of it."""
    found = wrong(room, machine)
    return Health(
        ok=not found,
        wrong=found,
        known=known,
        room=room,
        machine=machine,
        dropped=dropped,
        connections=connections,
    )
