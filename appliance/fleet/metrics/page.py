"""The page that Prometheus scrapes, written by Prometheus' own library. Writing it blocks: call it in a thread.

Importing this module takes a fifth of a second, so only a room with `[metrics]` does. The library starts no thread, its
registry that everybody shares is left alone, and there are no `_created` lines, which would double the counters.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric as Family

from appliance.fleet.metrics.declared import ALL, WIRE, Metric
from appliance.fleet.metrics.readings import Value

TEXT: Final = "text/plain"
OPEN: Final = "application/openmetrics-text"
_CHOSEN: Final = {TEXT: f"{TEXT};version=0.0.4", OPEN: f"{OPEN};version=1.0.0"}
"""What the library is told that was asked for: it would put any version that a client makes up into its answer."""


class Page:
    """Writes values as a page."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._values: Sequence[Value] = ()
        self._buckets: Sequence[tuple[str, float]] = ()
        self._sum = 0.0
        self._registry.register(self)
        ProcessCollector(namespace="offhook", registry=self._registry)

    def write(
        self, values: Sequence[Value], buckets: Sequence[tuple[str, float]], total: float, form: str
    ) -> tuple[bytes, str]:
        """Returns the page and its type. `buckets` and `total`: of the one histogram; `form`: `TEXT` or `OPEN`."""
        self._values, self._buckets, self._sum = values, buckets, total
        encode, content_type = choose_encoder(_CHOSEN[form])
        return encode(self._registry), content_type

    def collect(self) -> Iterator[Family]:
        """Yields each metric that has values."""
        found: dict[Metric, list[Value]] = {metric: [] for metric in ALL}
        for value in self._values:
            found[value.metric].append(value)
        for metric, values in found.items():
            if metric is WIRE and self._buckets:
                yield HistogramMetricFamily(metric.name, metric.help, buckets=self._buckets, sum_value=self._sum)
            elif values:
                yield _family(metric, values)

    def describe(self) -> Iterable[Family]:
        """Names nothing in advance: there is one collector of these names."""
        return ()


def wanted(accept: str) -> str:
    """Returns the form for what a client accepts; who does not say gets plain text."""
    kinds = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    return OPEN if OPEN in kinds else TEXT


def _family(metric: Metric, values: Sequence[Value]) -> Family:
    if metric.kind == "info":
        info = InfoMetricFamily(metric.name, metric.help)
        for value in values:
            info.add_metric((), dict(zip(metric.labels, value.labels, strict=True)))
        return info
    kind = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
    family = kind(metric.name, metric.help, labels=metric.labels)
    for value in values:
        family.add_metric(value.labels, float(value.value))
    return family
