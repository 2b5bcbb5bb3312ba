"""What a scrape finds: the state of the room and everything beside it at one moment, as values of the metrics.

No I/O, and quick: this runs in the event loop, since what it reads changes there. Writing the page takes longer, and is
done elsewhere.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

from appliance.fleet.box import Box
from appliance.fleet.conditions import Known
from appliance.fleet.metrics import declared
from appliance.fleet.metrics.counts import Counts
from appliance.fleet.metrics.declared import Metric
from appliance.room.parts.link import LinkPhase
from appliance.room.show.indicators import Pattern
from appliance.room.show.signals import signal
from appliance.room.state import GOING_ON, RoomState

_REPORTS: Final = {"garbage": "garbage", "odd_reply": "odd_replies", "odd_value": "odd_values"}
FAILURES: Final = ("refused", "no_answer", "link_lost", "busy")
DEVICES: Final = ("keypad", "reader", "speakerphone", "joystick", "camera", "screen", "display", "button", "presence")
"""Kinds of devices that are a service each: what the service is called, by itself or in front of the device's name."""


class Value(NamedTuple):
    """A value of a metric, with the values of its labels."""

    metric: Metric
    labels: tuple[str, ...]
    value: float


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What stays as it is while the firmware runs. `started`: monotonic seconds. `shown`: what lamps, lights show."""

    version: str
    reason: str
    started: float
    shown: tuple[str, ...] = ()


def of_room(state: RoomState, about: About, now: float) -> Iterator[Value]:
    """Yields what the room itself tells; `now` in monotonic seconds."""
    up = state.link.phase is LinkPhase.UP
    yield Value(declared.IN_CALL, (), state.phase in GOING_ON)
    yield Value(declared.LINK_UP, (), up)
    yield from (Value(declared.LINK_STATE, (phase,), phase is state.link.phase) for phase in LinkPhase)
    yield Value(declared.SURPRISES, (), state.surprises)
    if up:
        yield Value(declared.TERMINAL, (state.generation.value,), 1)
    if up and state.sleeping is not None:
        yield Value(declared.SLEEPING, (), state.sleeping)
    for output, on in state.outputs.items():
        if on is not None:
            yield Value(declared.OUTPUT, (output,), on)
    if state.calendar is not None:
        yield Value(declared.CALENDAR, (), state.calendar.at)
    yield Value(declared.OUTPUTS_UNKNOWN, (), sum(on is None for on in state.outputs.values()))
    unknown = [shows for shows in about.shown if signal(shows, state, now).what.pattern is Pattern.UNKNOWN]
    yield Value(declared.LAMPS, (), len(about.shown))
    yield Value(declared.LAMPS_UNKNOWN, (), len(unknown))


def of_firmware(about: About, now: float) -> Iterator[Value]:
    """Yields what is known of the firmware."""
    yield Value(declared.BUILD, (about.version,), 1)
    yield Value(declared.START, (about.reason,), 1)
    yield Value(declared.UPTIME, (), now - about.started)


def of_counts(counts: Counts, about: About, now: float) -> Iterator[Value]:
    """Yields what has been counted; what can only be one of a few things is there from the start, as 0."""
    yield from (Value(declared.PRESSES, (kind,), count) for kind, count in counts.presses.items())
    failed = dict.fromkeys(FAILURES, 0) | counts.failed
    yield from (Value(declared.FAILED, (reason,), count) for reason, count in failed.items())
    overflows = {"commands": 0} | counts.overflows
    yield from (Value(declared.OVERFLOWS, (queue,), count) for queue, count in overflows.items())
    yield from (Value(declared.CALLS, call, count) for call, count in counts.calls.over.items())
    yield Value(declared.CONNECTS, (), counts.connects)
    yield from (Value(declared.LOSSES, (cause,), count) for cause, count in counts.losses.items())
    yield Value(declared.LINK_AGE, (), now - (about.started if counts.link_since is None else counts.link_since))


def of_terminal(received: Mapping[str, object]) -> Iterator[Value]:
    """Yields what has come from the terminal, by the names of its counters (`terminal.session.Counters`)."""
    for kind, name in (("reply", "replies"), ("event", "events")):
        yield Value(declared.RECEIVED, (kind,), _number(received.get(name)))
    for reason, name in _REPORTS.items():
        yield Value(declared.DROPPED, (reason,), _number(received.get(name)))
    cut = received.get("too_many")
    yield Value(declared.CUT, (), sum(map(_number, cut.values())) if isinstance(cut, Mapping) else 0)


def of_services(services: Mapping[str, Known], now: float) -> Iterator[Value]:
    """Yields how the services do, and how many devices of each kind are there."""
    for name, known in services.items():
        yield Value(declared.SERVICE_READY, (name,), known.ready)
        yield Value(declared.SERVICE_AGE, (name,), now - known.since)
        yield Value(declared.SERVICE_FAILURES, (name,), known.failures)
    for kind in DEVICES:
        ready = [known.ready for name, known in services.items() if _is_of(kind, name)]
        if ready:
            yield Value(declared.DEVICES, (kind,), len(ready))
            yield Value(declared.PRESENT, (kind,), sum(ready))


def of_box(box: Box) -> Iterator[Value]:
    """Yields what the machine tells."""
    told: dict[Metric, float | None] = {
        declared.HOST_UPTIME: box.uptime,
        declared.TEMPERATURE: box.temperature,
        declared.THROTTLED: box.throttled,
        declared.UNDER_VOLTAGE: box.under_voltage,
        declared.CLOCK: box.synchronised,
    }
    if box.disk is not None:
        told[declared.DISK_SIZE] = box.disk.size
        told[declared.DISK_FREE] = box.disk.free
        told[declared.DISK_READ_ONLY] = box.disk.read_only
    yield from (Value(metric, (), value) for metric, value in told.items() if value is not None)


def of_certificates(expiries: Mapping[str, float]) -> Iterator[Value]:
    """Yields when certificates end (Unix seconds), by the table of the configuration."""
    yield from (Value(declared.CERTIFICATE, (table,), expiry) for table, expiry in expiries.items())


def _is_of(kind: str, service: str) -> bool:
    """Whether a service has a device of this kind; `camera pictures` has none."""
    return service == kind or (service.startswith(f"{kind} ") and service != "camera pictures")


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0
