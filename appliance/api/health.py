"""How the room is, for whoever looks after it: the link, and every service with since when and why."""

from collections.abc import Mapping

import msgspec

from appliance.fleet.conditions import Known
from appliance.language.catalogue import Language
from appliance.maintain.health import Row, rows
from appliance.room import pin
from appliance.room.parts.link import LinkPhase
from appliance.room.state import RoomState
from appliance.room.texts import PIN_WILL_CHANGE
from appliance.room.update import Update, UpdatePhase
from appliance.runtime.supervisor import Condition


class ServiceHealth(msgspec.Struct, frozen=True):
    """How one of the services does.

    name: As the log calls it: its kind, and its name in room.toml where that is another.
    condition: `starting`, `ready` or `offline`.
    seconds: For how long it has been so.
    reason: Why it is offline; else empty.
    do: What to do about it; else empty.
    failures: How often it went offline since the firmware started.
    """

    name: str
    condition: Condition
    seconds: int
    reason: str
    do: str
    failures: int


class Version(msgspec.Struct, frozen=True):
    """Which version the box has, and which it is to have.

    installed: Empty where nothing renews the box.
    wanted: The one that is offered, or on its way.
    phase: How far that is.
    result: What became of the last update.
    """

    installed: str
    wanted: str
    phase: UpdatePhase
    result: str


class Health(msgspec.Struct, frozen=True):
    """How the room is.

    ok: The link is up and every service works.
    link: The link to the terminal.
    reason: Why it is not up; else empty.
    services: First those that do not work, then the others in the order of their start.
    warnings: What will stop the room later.
    update: The box's own version.
    """

    ok: bool
    link: LinkPhase
    reason: str
    services: tuple[ServiceHealth, ...]
    warnings: tuple[str, ...]
    update: Version


def health_of(state: RoomState, known: Mapping[str, Known], now: float, language: Language) -> Health:
    """Returns how a room is; `now` in monotonic seconds."""
    services = tuple(_service(row, known[row.name], now, language) for row in rows(known))
    return Health(
        ok=state.link.phase is LinkPhase.UP and all(each.ready for each in known.values()),
        link=state.link.phase,
        reason=language.say(state.link.reason),
        services=services,
        warnings=(language.say(PIN_WILL_CHANGE),) if pin.will_change(state) else (),
        update=version_told(state.update, language),
    )


def _service(row: Row, known: Known, now: float, language: Language) -> ServiceHealth:
    seconds, reason = max(0, int(now - row.since)), known.health.reason
    return ServiceHealth(row.name, row.condition, seconds, reason, language.say(row.do), row.failures)


def version_told(update: Update, language: Language) -> Version:
    """Returns what programs are told of the box's version."""
    return Version(update.installed, update.wanted, update.phase, language.say(update.told))
