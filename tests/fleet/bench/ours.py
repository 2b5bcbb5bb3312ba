"""A process with rooms of the real client."""

import random
import sys
import time

import trio

from appliance.fleet.mqtt.link.client import Client
from appliance.fleet.mqtt.link.packets import Filter, Publish, Will
from appliance.fleet.mqtt.link.settings import Settings
from appliance.fleet.mqtt.link.stream import open_stream
from appliance.fleet.mqtt.topics import ACTION, ANSWER, AVAILABILITY, IDENTITY, OFFLINE, ONLINE, Names
from tests.fleet.bench import reports
from tests.fleet.bench.place import SITE, Place
from tests.fleet.bench.reports import PAYLOAD, SAID, STATE


class Room:
    """A room: says what a room says, and answers."""

    def __init__(self, number: int, place: Place) -> None:
        self.seen = reports.Room()
        self.news = trio.lowlevel.ParkingLot()
        self._place = place
        self._names = names = Names(SITE, f"room{number}")
        self._secure = place.secure
        self._all = {names.of(topic) for topic in (AVAILABILITY, *STATE)}
        self._missing = set(self._all)
        settings = Settings(
            hosts=(place.host,),
            port=place.port,
            client_id=f"machine{number}",
            will=Will(names.of(AVAILABILITY), OFFLINE, delay=10),
            birth=ONLINE,
            filters=(Filter(names.of(ACTION), kept=False), Filter(names.of(IDENTITY))),
            session_expiry=300,
            rooms=place.shared_by,
        )
        self.client = Client(settings, self, rng=random.Random(number), open_stream=self._open)
        for topic in STATE:
            self.client.say(names.of(topic), PAYLOAD, retain=True)

    async def _open(self, host: str) -> trio.abc.Stream:
        self.seen.turn = time.monotonic()
        return await open_stream(host, self._place.port, self._secure)

    async def say(self, seconds: int, phase: float) -> None:
        """Says one part each second, beginning somewhere in the first."""
        await trio.sleep(phase)
        for _ in range(seconds):
            self.client.say(self._names.of(SAID), b"%.6f" % time.monotonic(), retain=True)
            await trio.sleep(1)

    def forget(self) -> None:
        """Is not ready any more."""
        self.seen.ready, self._missing = 0.0, set(self._all)

    def message(self, message: Publish) -> None:
        """Answers an action."""
        if message.topic == self._names.of(ACTION):
            self.seen.heard = time.monotonic()
            self.client.say(self._names.of(ANSWER), b"{}", lives=10)

    def connected(self, *, kept: bool) -> None:
        """Nothing: what is to be said is said."""

    def lost(self, reason: str) -> None:
        """Tells what should not be."""
        if self.seen.ready:
            sys.stderr.write(f"{reason}\n")

    def arrived(self, topic: str) -> None:
        """Notes when all is with the broker."""
        self._missing.discard(topic)
        if not self._missing and not self.seen.ready:
            self.seen.ready = time.monotonic()
            self.news.unpark_all()

    def starts_clean(self) -> bool:
        """Returns False."""
        return False


async def run(task: reports.Task) -> None:
    """Runs rooms, and does what is asked, until standard input ends."""
    said = reports.Reports()
    rooms = [Room(task.first + number, task.place) for number in range(task.count)]
    async with trio.open_nursery() as nursery:
        for room in rooms:
            nursery.start_soon(room.client.run)
        while words := (await trio.to_thread.run_sync(sys.stdin.readline)).split():
            await _do(words, rooms)
            said.say([room.seen for room in rooms])
        nursery.cancel_scope.cancel()


async def _do(words: list[str], rooms: list[Room]) -> None:
    match words:
        case ["ready"]:
            for room in rooms:
                while not room.seen.ready:
                    await room.news.park()
        case ["lost"]:
            for room in rooms:
                room.forget()
        case ["say", seconds]:
            async with trio.open_nursery() as nursery:
                for number, room in enumerate(rooms):
                    nursery.start_soon(room.say, int(seconds), number / len(rooms))


if __name__ == "__main__":
    trio.run(run, reports.task())
