"""What is to be said to a broker, in which sequence, and what it has not acknowledged. No I/O, no clock.

- **State** (`retain`): of each topic the latest. It waits for nothing and is never too old. When the broker knows
  nothing of us (no session), all of it is said again.
- **What happened, and answers**: in a row of `MOST`, each until it is older than it may live. It is dropped then, never
  said late. What the row has no place for drops the oldest.
- **In flight**: what was sent with QoS 1 and not acknowledged, as many as the broker allows. On the same connection
  nothing is sent twice (MQTT 5, 4.4). After a reconnect with a kept session it is sent again, marked as a duplicate,
  unless it is too old by then; without one, what is not too old is said anew.
"""

import math
from collections import deque
from collections.abc import Iterator
from typing import Final

import msgspec

from appliance.fleet.mqtt.link.packets import Connack, Publish

MOST: Final = 64  # things that happened while the broker was away
IN_FLIGHT: Final = 16  # beyond this nothing gets faster (measured with 15)
_IDS: Final = range(3, 65536)  # of packets; those below are for `talk`


class Message(msgspec.Struct, frozen=True):
    """Something to be said. `made`: when (monotonic seconds). `lives`: seconds from then; None: for ever."""

    topic: str
    payload: bytes
    made: float
    qos: int = 1
    retain: bool = False
    lives: float | None = None
    correlation: bytes | None = None

    def over_at(self) -> float:
        """When it is worth nothing any more (monotonic seconds)."""
        return math.inf if self.lives is None else self.made + self.lives


class _Sent(msgspec.Struct, frozen=True):
    message: Message
    packet: Publish
    at: float


class Session:
    """Everything that has to last longer than a connection."""

    def __init__(self) -> None:
        self.dropped = 0  # of what happened: too old, too many, or too large
        self._kept: dict[str, Message] = {}  # state by topic, as it was said last
        self._state: dict[str, Message] = {}  # of this, what the broker has not been told
        self._row: deque[Message] = deque()
        self._flight: dict[int, _Sent] = {}
        self._again: deque[Publish] = deque()
        self._id = _IDS[-1]
        self._most = IN_FLIGHT
        self._largest = math.inf
        self._qos = 1

    def say(self, message: Message) -> None:
        """Takes a message. State that is empty clears its topic, and is forgotten once that has arrived."""
        if message.retain:
            self._kept[message.topic] = self._state[message.topic] = message
            return
        if len(self._row) >= MOST:
            self._row.popleft()
            self.dropped += 1
        self._row.append(message)

    def say_first(self, message: Message) -> None:
        """Takes state that is said before all other."""
        self._kept[message.topic] = message
        self._state.pop(message.topic, None)
        self._state = {message.topic: message} | self._state

    def begin(self, connack: Connack, now: float) -> None:
        """A connection is there, and the broker has said how it is to be treated."""
        self._most = min(IN_FLIGHT, connack.receive_maximum)
        self._largest = math.inf if connack.packet_maximum is None else connack.packet_maximum
        self._qos = min(1, connack.qos_maximum)
        fresh = [sent for sent in self._flight.values() if sent.message.over_at() > now]
        self._again.clear()
        self._flight.clear()
        if connack.session_present:
            for sent in fresh:
                packet = msgspec.structs.replace(sent.packet, duplicate=True)
                self._flight[packet.packet_id or 0] = _Sent(sent.message, packet, now)
                self._again.append(packet)
            return
        self._row.extendleft(sent.message for sent in reversed(fresh) if not sent.message.retain)
        self.say_all_again()

    def say_all_again(self) -> None:
        """Has all state said again: the broker may have lost it."""
        self._state = self._kept | self._state

    def next(self, now: float) -> Publish | None:
        """Returns what is to be sent now; None where there is nothing, or too much is in flight."""
        if self._again:
            return self._again.popleft()
        while len(self._flight) < self._most:
            message = self._first(now)
            if message is None:
                return None
            if len(message.topic) + len(message.payload) + _OVERHEAD > self._largest:
                self.dropped += 1
                continue
            return self._packet(message, now)
        return None

    def acknowledged(self, packet_id: int) -> str:
        """A message has arrived, or was refused; returns its topic, empty for one that was never sent."""
        sent = self._flight.pop(packet_id, None)
        if sent is None:
            return ""
        self._forget_cleared(sent.message)
        return sent.message.topic

    @property
    def oldest(self) -> float:
        """When that was sent which has waited longest for its acknowledgement; infinite where nothing waits."""
        return min((sent.at for sent in self._flight.values()), default=math.inf)

    @property
    def has_more(self) -> bool:
        """Whether something waits to be sent."""
        return bool(self._again or self._row or self._state)

    @property
    def waiting(self) -> int:
        """How many messages wait to be sent or acknowledged."""
        return len(self._row) + len(self._state) + len(self._flight)

    def topics(self) -> Iterator[str]:
        """Yields the topics whose state a broker keeps, or will, because of us."""
        yield from (topic for topic, message in self._kept.items() if message.payload)

    def _first(self, now: float) -> Message | None:
        while self._row:
            message = self._row.popleft()
            if message.over_at() > now:
                return message
            self.dropped += 1
        if not self._state:
            return None
        return self._state.pop(next(iter(self._state)))

    def _packet(self, message: Message, now: float) -> Publish:
        qos = min(message.qos, self._qos)
        left = message.over_at() - now
        packet = Publish(
            message.topic,
            message.payload,
            qos,
            message.retain,
            self._free_id() if qos else None,
            expires=None if math.isinf(left) else max(1, math.ceil(left)),
            correlation=message.correlation,
        )
        if packet.packet_id is None:
            self._forget_cleared(message)
        else:
            self._flight[packet.packet_id] = _Sent(message, packet, now)
        return packet

    def _forget_cleared(self, message: Message) -> None:
        """Forgets state that the broker keeps no longer, unless there is newer."""
        if not message.payload and self._kept.get(message.topic) is message:
            del self._kept[message.topic]

    def _free_id(self) -> int:
        """Returns the next number of a packet that nothing in flight has; there are far more than may be in flight."""
        while True:
            self._id = self._id + 1 if self._id < _IDS[-1] else _IDS[0]
            if self._id not in self._flight:
                return self._id


_OVERHEAD: Final = 64  # bytes: fixed header, lengths, packet id, and the properties that we use
