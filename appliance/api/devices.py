"""The devices of the room: what the configuration names, whether it is there and works, and what else there is."""

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


class Hardware(msgspec.Struct, frozen=True):
    """Hardware that the box has, as `offhook devices` finds it there, configured or not.

    kind: `gpio`, `i2c`, `spi`, `keypad`, `speakerphone` or `serial`.
    path: The file of the system.
    name: What it calls itself; empty where it has no name.
    use: What it could be used for, in words.
    trouble: What stands in the way of using it; else empty.
    product: `VENDOR:PRODUCT` of USB, which room.toml may name it by; else empty.
    port: The USB port, which room.toml may name it by; else empty.
    used_by: The keys of room.toml that use it, such as `keypads.keypad`; none: nothing does.
    """

    kind: str
    path: str
    name: str
    use: str
    trouble: str
    product: str
    port: str
    used_by: tuple[str, ...]


class Devices(msgspec.Struct, frozen=True):
    """All of them.

    devices: What room.toml names, in its order.
    hardware: What was found on the box, whether room.toml names it or not; nothing where hardware is virtual.
    """

    devices: tuple[Device, ...]
    hardware: tuple[Hardware, ...] = ()


def devices_of(
    named: Iterable[Named],
    known: Mapping[str, Known],
    state: RoomState,
    now: float,
    hardware: tuple[Hardware, ...] = (),
) -> Devices:
    """Returns how devices are; `now` in monotonic seconds."""
    return Devices(tuple(_device(each, known.get(each.service), state, now) for each in named), hardware)


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
