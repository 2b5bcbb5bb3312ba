"""A process with rooms of paho, each with a thread of its own: the floor."""

import random
import sys
import threading
import time
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from appliance.fleet.mqtt.topics import ACTION, ANSWER, AVAILABILITY, IDENTITY, OFFLINE, ONLINE, Names
from tests.fleet.bench import reports
from tests.fleet.bench.place import SITE, Place
from tests.fleet.bench.reports import PAYLOAD, SAID, STATE

_PROPERTIES: Any = Properties  # paho types most of itself, and not this
STACK = 256 * 1024  # bytes of a thread; the usual 8 MiB are address space alone, and count all the same with 250


class Room:
    """A room as in `ours`."""

    def __init__(self, number: int, place: Place) -> None:
        self.seen = reports.Room()
        self.is_ready = threading.Event()
        self._place = place
        self._random = random.Random(number)
        self._names = names = Names(SITE, f"room{number}")
        self._left: set[int] = set()
        self._over = False
        self.client = client = paho.Client(
            CallbackAPIVersion.VERSION2,
            client_id=f"machine{number}",
            protocol=paho.MQTTv5,
            reconnect_on_failure=False,  # it would come back at once, and all others with it
        )
        later = _PROPERTIES(PacketTypes.WILLMESSAGE)
        later.WillDelayInterval = 10
        client.will_set(names.of(AVAILABILITY), OFFLINE, 1, True, later)
        if (secure := place.secure) is not None:
            client.tls_set(str(secure.ca), str(secure.certificate), str(secure.key))
        client.on_connect, client.on_publish, client.on_message = self._connected, self._published, self._message
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begins to connect."""
        self._thread.start()

    def end(self) -> None:
        """Leaves."""
        self._over = True
        self.client.disconnect()

    def forget(self) -> None:
        """Is not ready any more."""
        self.is_ready.clear()
        self.seen.ready = 0.0

    def say(self, payload: bytes) -> None:
        """Says one part."""
        self.client.publish(self._names.of(SAID), payload, 1, True)

    def _run(self) -> None:
        session = _PROPERTIES(PacketTypes.CONNECT)
        session.SessionExpiryInterval = 300
        while not self._over:
            time.sleep(self._random.uniform(0, self._place.spread))
            self.seen.turn = time.monotonic()
            try:
                self.client.connect(self._place.host, self._place.port, 60, properties=session, clean_start=False)
                self.client.loop_forever()
            except OSError:
                continue

    def _connected(self, client: paho.Client, *_: object) -> None:
        names = self._names
        client.subscribe([(names.of(ACTION), 1), (names.of(IDENTITY), 1)])
        said = [(AVAILABILITY, ONLINE), *((topic, PAYLOAD) for topic in STATE)]
        self._left = {client.publish(names.of(topic), payload, 1, True).mid for topic, payload in said}

    def _published(self, _client: object, _data: object, mid: int, *_: object) -> None:
        self._left.discard(mid)
        if not self._left and not self.is_ready.is_set():
            self.seen.ready = time.monotonic()
            self.is_ready.set()

    def _message(self, client: paho.Client, _data: object, message: paho.MQTTMessage) -> None:
        if message.topic == self._names.of(ACTION):
            self.seen.heard = time.monotonic()
            client.publish(self._names.of(ANSWER), b"{}", 1)


def run(task: reports.Task) -> None:
    """Runs rooms, and does what is asked, until standard input ends."""
    said = reports.Reports()
    threading.stack_size(STACK)
    rooms = [Room(task.first + number, task.place) for number in range(task.count)]
    for room in rooms:
        room.start()
    while words := sys.stdin.readline().split():
        _do(words, rooms)
        said.say([room.seen for room in rooms])
    for room in rooms:
        room.end()


def _do(words: list[str], rooms: list[Room]) -> None:
    match words:
        case ["ready"]:
            for room in rooms:
                room.is_ready.wait()
        case ["lost"]:
            for room in rooms:
                room.forget()
        case ["say", seconds]:
            began = time.monotonic()
            for turn in range(int(seconds) * len(rooms)):
                time.sleep(max(0.0, began + turn / len(rooms) - time.monotonic()))
                rooms[turn % len(rooms)].say(b"%.6f" % time.monotonic())


if __name__ == "__main__":
    run(reports.task())
