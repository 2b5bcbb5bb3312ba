"""A whole room whose metrics are scraped: terminal, hardware, room and page are real, or as real as in `tests/e2e`."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from types import MappingProxyType
from typing import Any

import h11
import trio
from prometheus_client.parser import text_string_to_metric_families

from appliance.fleet.metrics import page  # noqa: F401  # imported before the clock runs, which would run ahead of it
from appliance.fleet.metrics.scraped import FRESH
from appliance.run.tables.every import ROOM as TABLES
from appliance.run.tables.every import Table
from appliance.run.tables.metrics import metrics
from tests.e2e.world import ROOM, World, a_room
from tests.runtime.web.client import read_answer
from tests.virtual_time import passes

Labels = frozenset[tuple[str, str]]

METRICS = """
[metrics]
listen = "127.0.0.1:0"
"""


class Answer:
    """What a scrape was answered."""

    def __init__(self, status: int, headers: Mapping[str, str], text: str) -> None:
        self.status = status
        self.headers = headers
        self.text = text

    def values(self) -> dict[tuple[str, Labels], float]:
        """Every sample of the page, by its name and labels."""
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(self.text)
            for sample in family.samples
        }

    def value(self, name: str, **labels: str) -> float | None:
        return self.values().get((name, frozenset(labels.items())))


class Scraped:
    """A room, and how its page is read."""

    def __init__(self, world: World, port: int) -> None:
        self.world = world
        self.port = port

    async def scrape(self, **headers: str) -> Answer:
        """Returns the page as it is now: what was kept of it is too old."""
        await passes(FRESH)
        return await scrape(self.port, **headers)

    async def value(self, name: str, **labels: str) -> float | None:
        return (await self.scrape()).value(name, **labels)


@asynccontextmanager
async def a_scraped_room(
    more: str = "",
    *,
    metrics_table: str = METRICS,
    options: Mapping[str, Any] = MappingProxyType({}),
    **given: Any,
) -> AsyncIterator[Scraped]:
    """A room as `a_room`'s with `[metrics]`; `more`: further tables of its configuration."""
    ports: list[int] = []
    bound = trio.Event()

    def note(port: int) -> None:
        ports.append(port)
        bound.set()

    tables: tuple[Table, ...] = (*TABLES, partial(metrics, bound=note))
    template = ROOM + metrics_table + more.replace("{", "{{").replace("}", "}}")
    async with a_room(template=template, tables=tables, options=options, **given) as world:
        await bound.wait()  # no limit, as for `scrape`: the library is imported in a thread
        yield Scraped(world, ports[-1])


async def scrape(port: int, target: str = "/metrics", **headers: str) -> Answer:
    """One request to this machine. It has no limit of its own: the clock of a test may run ahead of a thread."""
    connection = h11.Connection(h11.CLIENT)
    names = {"Host": f"127.0.0.1:{port}", "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    sent = h11.Request(method="GET", target=target, headers=list(names.items()))
    async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
        await stream.send_all((connection.send(sent) or b"") + (connection.send(h11.EndOfMessage()) or b""))
        given = await read_answer(connection, stream)
    return Answer(given.status, given.headers, given.body.decode())
