"""One kind of client on one kind of broker, measured: figures by name, in the order of the table."""

import math
import time

import trio

from appliance.fleet.mqtt.topics import ACTION, ANSWER, Names
from tests.fleet.bench.dashboard import a_dashboard, ask, part
from tests.fleet.bench.place import SITE, Place
from tests.fleet.bench.reports import KEPT, SAID, Report, Rooms, memory, processor
from tests.fleet.mqtt.mosquitto import Broker

PAUSE = 1.0  # seconds in which what went before comes to its end
Figures = dict[str, float]


async def measured(kind: str, place: Place, broker: Broker, count: int, seconds: int) -> Figures:
    """Returns all figures: times in milliseconds unless they say otherwise, memory in KiB a room."""
    rooms = Rooms(kind, place, count)
    figures: Figures = {}
    try:
        figures |= await _storm(rooms, broker, count)
        figures |= await _kept(place, count)
        figures |= await _steady(rooms, place, broker, count, seconds)
        figures |= await _asked(rooms, place, count)
        figures |= await _killed(rooms, broker)
    finally:
        await trio.to_thread.run_sync(rooms.close)
    return figures


async def _storm(rooms: Rooms, broker: Broker, count: int) -> Figures:
    empty, busy, began = memory(broker.pid), processor(broker.pid), time.monotonic()
    reports = await _ask(rooms, "ready")
    turns = [room.turn for each in reports for room in each.rooms]
    return {
        "storm: one room ready from its turn, p50": part(_waits(reports), 0.5),
        "storm: the same, p99": part(_waits(reports), 0.99),
        "storm: ready within 0.5 s of its turn (share of rooms)": _share(_waits(reports), 500),
        "storm: turns spread over (s)": max(turns) - min(turns),
        "storm: all ready after (s), processes started among it": time.monotonic() - began,
        "storm: broker's processor time (s)": processor(broker.pid) - busy,
        "memory of the broker (KiB a room)": (memory(broker.pid) - empty) / 1024 / count,
        "memory of the rooms (KiB a room), without Python": sum(each.memory - each.empty for each in reports)
        / 1024
        / count,
    }


async def _kept(place: Place, count: int) -> Figures:
    async with a_dashboard(place, f"offhook/{SITE}/#", kept=True) as (heard, _):
        await heard.until(count * KEPT)
        return {"what is kept of all rooms, to a new dashboard": 1000 * (heard.last - heard.began)}


async def _steady(rooms: Rooms, place: Place, broker: Broker, count: int, seconds: int) -> Figures:
    async with a_dashboard(place, f"offhook/{SITE}/+/{SAID.name}") as (heard, _):
        busy, began = processor(broker.pid), time.monotonic()
        before = await _ask(rooms, "heard")
        after = await _ask(rooms, f"say {seconds}")
        took = time.monotonic() - began
        spent = sum(each.processor for each in after) - sum(each.processor for each in before)
        busy = processor(broker.pid) - busy
        await trio.sleep(PAUSE)
        late = [1000 * each for each in heard.late]
        return {
            "one part a second of each: messages a second": heard.messages / took,
            "one part a second of each: lost (share of messages)": 1 - heard.messages / (count * seconds),
            "one part a second of each: said until heard, p50": part(late, 0.5),
            "one part a second of each: the same, p99": part(late, 0.99),
            "one part a second of each: broker's processor time for one (µs)": 1e6 * busy / heard.messages,
            "one part a second of each: a room's processor time for one (µs)": 1e6 * spent / (count * seconds),
        }


async def _asked(rooms: Rooms, place: Place, count: int) -> Figures:
    async with a_dashboard(place, f"offhook/{SITE}/+/{ANSWER.name}") as (heard, client):
        began = ask(client, (Names(SITE, f"room{number}").of(ACTION) for number in range(count)))
        await heard.until(count)
        answered = heard.last
    reports = await _ask(rooms, "heard")
    times = [1000 * (room.heard - began) for each in reports for room in each.rooms]
    return {
        "an action to all: at a room, p50": part(times, 0.5),
        "an action to all: the same, p99": part(times, 0.99),
        "an action to all: at the last": max(times),
        "an action to all: the last answer": 1000 * (answered - began),
    }


async def _killed(rooms: Rooms, broker: Broker) -> Figures:
    await _ask(rooms, "lost")
    await trio.to_thread.run_sync(broker.kill)
    began = time.monotonic()
    await trio.to_thread.run_sync(broker.start)
    reports = await _ask(rooms, "ready")
    return {
        "broker killed: one room ready from its turn, p50": part(_waits(reports), 0.5),
        "broker killed: the same, p99": part(_waits(reports), 0.99),
        "broker killed: ready within 0.5 s of its turn (share of rooms)": _share(_waits(reports), 500),
        "broker killed: all ready after (s)": time.monotonic() - began,
    }


async def _ask(rooms: Rooms, words: str) -> list[Report]:
    return await trio.to_thread.run_sync(rooms.ask, words)


def _waits(reports: list[Report]) -> list[float]:
    return [1000 * (room.ready - room.turn) for each in reports for room in each.rooms]


def _share(values: list[float], limit: float) -> float:
    return sum(value <= limit for value in values) / len(values) if values else math.nan
