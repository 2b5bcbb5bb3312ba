"""The devices of the room: what the configuration names, and whether it is there and works."""

from collections.abc import Iterable, Mapping

import msgspec

from appliance.fleet.conditions import Known
from appliance.room.state import RoomState
from appliance.runtime.supervisor import Condition


class Named(msgspec.Struct, frozen=True):
    """A device that the configuration names, and the service that has it."""

    kind: str
    name: str
    service: str


class Device(msgspec.Struct, frozen=True):
    """A device.

    kind: The table of room.toml that it stands in.
    name: Its name there; that of the table where there is one only.
    found: Whether it is there and works.
    condition: Of the service that has it: `starting`, `ready` or `offline`.
    seconds: For how long it has been so.
    reason: Why it is offline; else empty.
    is_on: Of what is switched: on, off, or null where nobody knows; null for everything else.
    """

    kind: str
    name: str
    found: bool
    condition: Condition
    seconds: int
    reason: str
    is_on: bool | None = None


class Devices(msgspec.Struct, frozen=True):
    """All of them, in the order of the configuration."""

    devices: tuple[Device, ...]


def devices_of(named: Iterable[Named], known: Mapping[str, Known], state: RoomState, now: float) -> Devices:
    """Returns how devices are; `now` in monotonic seconds."""
    return Devices(tuple(_device(each, known.get(each.service), state, now) for each in named))


def _device(named: Named, known: Known | None, state: RoomState, now: float) -> Device:
    condition = Condition.STARTING if known is None else known.health.condition
    return Device(
        kind=named.kind,
        name=named.name,
        found=condition is Condition.READY,
        condition=condition,
        seconds=0 if known is None else max(0, int(now - known.since)),
        reason="" if known is None else known.health.reason,
        is_on=state.outputs.get(f"{named.kind.removesuffix('s')} {named.name}"),
    )
