"""Many rooms on one broker of this machine: `make fleet-bench`, or `python -m tests.fleet.bench --rooms 1000`.

The rooms are the real client, several hundred to a process, with all that a room says at first; the broker is
mosquitto. Measured are a storm of connections as after a power cut, an action to every room, and what a new dashboard
waits for. Times are of one clock, which Linux gives to all processes. Broker and rooms share the machine's cores.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trio

from appliance.fleet.mqtt.link.client import Client
from appliance.fleet.mqtt.link.packets import Filter, Publish, Will
from appliance.fleet.mqtt.link.settings import Settings
from appliance.fleet.mqtt.topics import ACTION, ANSWER, AVAILABILITY, HEALTH, IDENTITY, PARTS, Names
from tests.fleet.mqtt.mosquitto import Broker, a_broker

EACH = 250  # rooms of a process
PAYLOAD = b'{"version":1,"padding":"' + b"x" * 170 + b'"}'  # as long as the parts of a room are in the mean
STATE = (IDENTITY, HEALTH, *PARTS)
PATIENCE = 120.0  # seconds for each measurement


class Room:
    """A room: says what a room says, and answers."""

    def __init__(self, number: int, port: int, rooms: int) -> None:
        self.names = names = Names("hq", f"room{number}")
        self.turn = self.ready = self.heard = 0.0
        self._missing = {names.of(topic) for topic in (AVAILABILITY, *STATE)}
        settings = Settings(
            hosts=("127.0.0.1",),
            port=port,
            client_id=f"machine{number}",
            will=Will(names.of(AVAILABILITY), b"offline", delay=10),
            birth=b"online",
            filters=(Filter(names.of(ACTION), kept=False), Filter(names.of(IDENTITY))),
            session_expiry=300,
            rooms=rooms,
        )
        self.client = Client(settings, self, rng=random.Random(number), open_stream=self._open)
        self._port = port

    async def _open(self, host: str) -> trio.abc.Stream:
        self.turn = self.turn or time.monotonic()
        return await trio.open_tcp_stream(host, self._port)

    def message(self, message: Publish) -> None:
        """Answers an action."""
        if message.topic == self.names.of(ACTION):
            self.heard = time.monotonic()
            self.client.say(self.names.of(ANSWER), b"{}", lives=10)

    def connected(self, *, kept: bool) -> None:
        """Nothing: everything is said anyway."""

    def lost(self, reason: str) -> None:
        """Tells, since it should not be."""
        sys.stderr.write(f"{reason}\n")

    def arrived(self, topic: str) -> None:
        """Notes when all is with the broker."""
        self._missing.discard(topic)
        if not self._missing and not self.ready:
            self.ready = time.monotonic()

    def starts_clean(self) -> bool:
        """Returns False."""
        return False


async def some_rooms(first: int, count: int, port: int, rooms: int) -> None:
    """Runs rooms until standard input ends, and then prints what they have measured."""
    each = [Room(first + number, port, rooms) for number in range(count)]
    async with trio.open_nursery() as nursery:
        for room in each:
            for topic in STATE:
                room.client.say(room.names.of(topic), PAYLOAD, retain=True)
            nursery.start_soon(room.client.run)
        await trio.to_thread.run_sync(sys.stdin.read)
        nursery.cancel_scope.cancel()
    memory = rss(os.getpid())
    sys.stdout.write(json.dumps({"rooms": [(room.turn, room.ready, room.heard) for room in each], "memory": memory}))


class Dashboard:
    """Hears everything of everybody, and asks everybody for something."""

    def __init__(self, port: int, pattern: str, wanted: int) -> None:
        self.there, self.done = trio.Event(), trio.Event()
        self.began = self.at = 0.0
        self._wanted = wanted
        will = Will("dashboard/availability", b"", retain=False)
        settings = Settings(
            hosts=("127.0.0.1",),
            port=port,
            client_id=f"dashboard-{time.monotonic_ns()}",
            will=will,
            birth=b"",
            filters=(Filter(pattern, qos=0),),
            rooms=1,
        )
        self.client = Client(settings, self)

    def message(self, message: Publish) -> None:
        """Counts."""
        self._wanted -= message.topic.startswith("offhook/")
        if self._wanted == 0:
            self.at = time.monotonic()
            self.done.set()

    def connected(self, *, kept: bool) -> None:
        """Notes when it was."""
        self.began = time.monotonic()
        self.there.set()

    def lost(self, reason: str) -> None:
        """Tells."""
        sys.stderr.write(f"{reason}\n")

    def arrived(self, topic: str) -> None:
        """Nothing."""

    def starts_clean(self) -> bool:
        """Returns True."""
        return True


async def measured(port: int, pattern: str, wanted: int, ask: Iterator[str] | None = None) -> tuple[float, float]:
    """Returns when it was connected, or began to ask, and when it had heard all that it waits for."""
    dashboard = Dashboard(port, pattern, wanted)
    with trio.fail_after(PATIENCE):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(dashboard.client.run)
            await dashboard.there.wait()
            began = dashboard.began
            if ask is not None:
                await trio.sleep(0.2)
                talk = dashboard.client._talk
                assert talk is not None
                began = time.monotonic()
                for topic in ask:
                    talk._wire.put(Publish(topic, b"{}"))  # past the pace, as a dashboard of another kind would
            await dashboard.done.wait()
            nursery.cancel_scope.cancel()
    return began, dashboard.at


def rss(pid: int) -> int:
    """Returns the memory of a process in KiB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4


def part(values: list[float], share: float) -> float:
    """Returns the value below which this share of them is."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def run(rooms: int, broker: Broker) -> Iterator[str]:
    """Yields a line for each measurement."""
    assert broker._process is not None
    pid = broker._process.pid
    empty = rss(pid)
    began = time.monotonic()
    processes = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.fleet.bench", "--first", str(first)),
                *("--count", str(min(EACH, rooms - first)), "--port", str(broker.port), "--rooms", str(rooms)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first in range(0, rooms, EACH)
    ]
    _until_all_are_there(broker.port, rooms)
    full = rss(pid)
    kept = trio.run(measured, broker.port, "offhook/#", rooms * (len(STATE) + 1))
    asks = (Names("hq", f"room{number}").of(ACTION) for number in range(rooms))
    asked = trio.run(measured, broker.port, f"offhook/+/+/{ANSWER.name}", rooms, asks)
    found: list[Any] = [json.loads(process.communicate("")[0]) for process in processes]
    each = [room for process in found for room in process["rooms"]]
    waits = [1000 * (ready - turn) for turn, ready, _ in each]
    yield f"all ready after {max(ready for _, ready, _ in each) - began:.1f} s, processes started among it"
    yield f"one room ready, from its turn: p50 {part(waits, 0.5):.0f} ms, p99 {part(waits, 0.99):.0f} ms"
    heard = [1000 * (heard - asked[0]) for _, _, heard in each]
    answered = 1000 * (asked[1] - asked[0])
    yield f"an action to all: p50 {part(heard, 0.5):.0f} ms, last {max(heard):.0f} ms, answered {answered:.0f} ms"
    yield f"{rooms * (len(STATE) + 1)} retained messages to a new dashboard: {1000 * (kept[1] - kept[0]):.0f} ms"
    memory = sum(process["memory"] for process in found) / rooms
    yield f"broker: {(full - empty) / rooms:.1f} KiB a room; rooms: {memory:.0f} KiB each, with Python among {EACH}"


def _until_all_are_there(port: int, rooms: int) -> None:
    """Returns when the broker has heard of the last part of every room."""
    trio.run(measured, port, f"offhook/+/+/{PARTS[-1].name}", rooms)


def main() -> None:
    """Measures, or is one of the processes with rooms."""
    parser = argparse.ArgumentParser()
    for name, value in (("rooms", 1000), ("first", 0), ("count", 0), ("port", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    given = parser.parse_args()
    if given.count:
        trio.run(some_rooms, given.first, given.count, given.port, given.rooms)
        return
    with tempfile.TemporaryDirectory() as folder, a_broker(Path(folder), "max_queued_messages 0\n") as broker:
        sys.stdout.write(f"{given.rooms} rooms, plain, on one mosquitto of this machine\n")
        for line in run(given.rooms, broker):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
