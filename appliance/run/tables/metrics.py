"""`[metrics]` of a room that is built: what a scrape finds comes from the room's parts."""

import importlib.metadata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import trio

from appliance.config.schema import Config
from appliance.config.tables.metrics import MetricsConfig
from appliance.fleet.box import start_reason
from appliance.fleet.metrics import readings
from appliance.fleet.metrics.counts import Counts
from appliance.fleet.metrics.readings import About, Value
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.state_files import state_directory
from appliance.terminal.config import place

if TYPE_CHECKING:
    from appliance.services.programs.metrics import MetricsService


def metrics(parts: Parts, bound: Callable[[int], None] = lambda _port: None) -> Iterator[Service]:
    """Yields what serves `/metrics`, where there is `[metrics]`; `bound` is told its port."""
    config, counts = parts.config.metrics, parts.counts
    if config is not None and counts is not None:
        yield Service("metrics", metrics_service(parts, counts, config, bound).run)


def metrics_service(
    parts: Parts, counts: Counts, config: MetricsConfig, bound: Callable[[int], None] = lambda _port: None
) -> "MetricsService":
    """Returns what writes the page, and can serve it."""
    from appliance.services.programs.metrics import MetricsService  # noqa: PLC0415  # who has no metrics need not wait for its libraries

    folder = state_directory()
    read = _Reading(parts, counts, start_reason(folder)).read
    return MetricsService(config, read, folder=folder, certificates=_certificates(parts.config), bound=bound)


class _Reading:
    """Reads the room's parts."""

    def __init__(self, parts: Parts, counts: Counts, reason: str) -> None:
        self._parts = parts
        self._counts = counts
        self._reason = reason
        self._shown = _shown(parts.config)
        self._about: About | None = None

    def read(self) -> tuple[list[Value], tuple[tuple[str, float], ...], float]:
        """Returns what is so now."""
        now, counts, about = trio.current_time(), self._counts, self._known()
        received = msgspec.structs.asdict(self._parts.link.counters)
        values = [
            *readings.of_firmware(about, now),
            *readings.of_room(self._parts.store.state, about, now),
            *readings.of_counts(counts, about, now),
            *readings.of_terminal(received),
            *readings.of_services(self._parts.conditions.known, now),
        ]
        return values, counts.wire.buckets(), counts.wire.sum

    def _known(self) -> About:
        """Returns what stays as it is; there is no clock before the room runs."""
        if self._about is None:
            since = min((known.since for known in self._parts.conditions.known.values()), default=trio.current_time())
            version = importlib.metadata.version("offhook")
            self._about = About(version=version, reason=self._reason, started=since, shown=self._shown)
        return self._about


def _shown(config: Config) -> tuple[str, ...]:
    lights = [light.shows for light in config.lights.values()]
    bars = [bar.shows for bar in config.bars.values()]
    return (*config.shown_by_lamps().values(), *lights, *bars)


def _certificates(config: Config) -> dict[str, Path]:
    tables = {"panel": config.panel, "share": config.share, "metrics": config.metrics, "mqtt": config.mqtt}
    return {
        name: place(table.certificate)
        for name, table in tables.items()
        if table is not None and table.certificate is not None
    }
