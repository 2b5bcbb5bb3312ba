"""As many events as can be taken: the terminal sends without a pause, and waits for whoever reads."""

import time

import trio
from trio_websocket import WebSocketConnection

from appliance.terminal.messages import decode
from tests.bench.far_end import FarEnd
from tests.bench.figures import Samples
from tests.bench.load import EVENTS, SETTLE
from tests.bench.patience import patience
from tests.bench.room import BenchRoom

SLOWEST = 20.0  # seconds for them; a second is enough for thousands
LEAST = 200  # events that must have been taken: a machine that stands still is not saturated


async def events(room: BenchRoom, far_end: FarEnd, seconds: float, samples: Samples) -> float:
    """Adds the time of an event in the whole room, as the mean of many; returns how many there were a second."""
    counters = room.appliance.parts.link.counters
    far_end.start_flood(EVENTS, period=0)
    await trio.sleep(SETTLE)
    began, before = time.perf_counter(), counters.events
    with trio.fail_after(patience(SLOWEST)):
        while counters.events < before + LEAST:  # noqa: ASYNC110  # who waits for an event would be measured as well
            await trio.sleep(seconds)
    took, taken = time.perf_counter() - began, counters.events - before
    await far_end.end_flood()
    await trio.sleep(SETTLE)
    samples.setdefault("event_taken", []).append(took / taken)
    return taken / took


async def bare_events(bare: WebSocketConnection, far_end: FarEnd, seconds: float, samples: Samples) -> None:
    """Adds the time of an event that trio-websocket receives and that is decoded, and nothing else."""
    taken = 0

    async def take() -> None:
        nonlocal taken
        while True:
            decode(await bare.get_message())
            taken += 1

    async with trio.open_nursery() as nursery:
        nursery.start_soon(take)
        far_end.start_flood(EVENTS, period=0, kind="quiet")
        await trio.sleep(SETTLE)
        began, before = time.perf_counter(), taken
        with trio.fail_after(patience(SLOWEST)):
            while taken < before + LEAST:  # noqa: ASYNC110  # see above
                await trio.sleep(seconds)
        samples.setdefault("bare_event_taken", []).append((time.perf_counter() - began) / (taken - before))
        await far_end.end_flood()
        await trio.sleep(SETTLE)
        nursery.cancel_scope.cancel()
