"""A dashboard: hears topics of all rooms, notes when, and asks all of them for something."""

import math
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final

import trio

from appliance.fleet.mqtt.link.client import Client
from appliance.fleet.mqtt.link.packets import Filter, Publish
from appliance.fleet.mqtt.link.settings import Settings
from tests.fleet.bench.place import Place

PATIENCE: Final = 300.0  # seconds for whatever it waits for, on a busy machine


class Dashboard:
    """What it has heard: `messages` so far, `late`: the seconds that those took which say when they were said."""

    def __init__(self) -> None:
        self.messages = 0
        self.late: list[float] = []
        self.began = self.last = 0.0
        self.news = trio.lowlevel.ParkingLot()

    async def until(self, messages: int) -> None:
        """Returns when it has heard so many. Raises `trio.TooSlowError`."""
        with trio.fail_after(PATIENCE):
            while self.messages < messages:
                await self.news.park()

    def message(self, message: Publish) -> None:
        """Counts."""
        self.last = time.monotonic()
        self.messages += 1
        if message.payload[:1].isdigit() and not message.retain:
            self.late.append(self.last - float(message.payload))
        self.news.unpark_all()

    def connected(self, *, kept: bool) -> None:
        """Notes when it was."""
        self.began = time.monotonic()
        self.news.unpark_all()

    def lost(self, reason: str) -> None:
        """Is the end: a broker that drops the dashboard is not to be measured."""
        raise AssertionError(reason)

    def arrived(self, topic: str) -> None:
        """Nothing."""

    def starts_clean(self) -> bool:
        """Returns True."""
        return True


@asynccontextmanager
async def a_dashboard(place: Place, pattern: str, *, kept: bool = False) -> AsyncIterator[tuple[Dashboard, Client]]:
    """A dashboard that is there; `kept`: it wants what the broker keeps of these topics."""
    heard = Dashboard()
    settings = Settings(
        hosts=(place.host,),
        port=place.port,
        client_id=f"dashboard-{time.monotonic_ns()}",
        will=None,
        filters=(Filter(pattern, qos=0, kept=kept),),
        secure=place.secure,
        rooms=1,
    )
    client = Client(settings, heard)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(client.run)
        with trio.fail_after(PATIENCE):
            while not heard.began:
                await heard.news.park()
        yield heard, client
        nursery.cancel_scope.cancel()


def ask(client: Client, topics: Iterable[str]) -> float:
    """Says something on all of these topics, past the client's pace, as a dashboard of another kind would."""
    talk = client._talk
    assert talk is not None
    began = time.monotonic()
    for topic in topics:
        talk._wire.put(Publish(topic, b"{}"))
    return began


def part(values: list[float], share: float) -> float:
    """Returns the value below which this share of them is; not a number where there are none."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else math.nan
