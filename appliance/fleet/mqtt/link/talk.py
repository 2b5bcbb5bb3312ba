"""One connection's conversation: hands are shaken, the birth is said, then whatever waits and whatever comes.

1. CONNECT: the will is left with the broker, and the session continued where there is one;
2. the *birth*: the will's topic says that we are here, whatever the broker has kept there;
3. SUBSCRIBE, on every connection anew: so the broker tells again what it has kept;
4. what waits (`session`), paced: after a burst of `BURST`, `RATE` messages a second, which no room needs that works.

The end is the opposite of the birth, and then DISCONNECT: that takes the will away from the broker, which would
otherwise be left with "online" for ever.
"""

import contextlib
import math
from typing import Final, Never

import structlog
import trio

from appliance.fleet.mqtt.link.packets import (
    REFUSALS,
    SUCCESS,
    Connack,
    Connect,
    Disconnect,
    LinkError,
    Packet,
    ProtocolError,
    Puback,
    Publish,
    Suback,
    Subscribe,
)
from appliance.fleet.mqtt.link.session import IN_FLIGHT, Message, Session
from appliance.fleet.mqtt.link.settings import Hears, Settings
from appliance.fleet.mqtt.link.wire import LARGEST, LinkLost, Wire

log = structlog.get_logger()

ANSWERED: Final = 10.0  # seconds that a broker may take to say whether it takes us
UNACKNOWLEDGED: Final = 20.0  # seconds after which a broker that acknowledges nothing counts as lost
LAST_WORDS: Final = 0.4  # seconds for the end; all services together have 1.6
RATE, BURST = 10.0, 40  # messages a second, and at once: all that a room has to say at first, three times over
NOT_US: Final = frozenset({132, 133, 134, 135, 138, 140})
"""Codes of a CONNACK that stay the same until somebody changes something (MQTT 5, 3.2.2.2)."""
_SUBSCRIPTION, _FAREWELL = 1, 2  # packet ids that `session` leaves free


class NotWanted(LinkError):
    """The broker is there and refuses us; `for_long`: until somebody changes something."""

    def __init__(self, words: str, *, for_long: bool) -> None:
        super().__init__(words)
        self.for_long = for_long


class Talk:
    """A conversation. `work` is for whoever has something to say: it ends the wait for that."""

    def __init__(self, stream: trio.abc.Stream, settings: Settings, session: Session, hears: Hears) -> None:
        self._wire = Wire(stream, settings.keepalive)
        self._settings = settings
        self._session = session
        self._hears = hears
        self._answered = trio.Event()
        self._sent = trio.lowlevel.ParkingLot()
        self._acknowledged_at = -math.inf  # last; a broker that is slow with a full flight is not gone
        self._may = float(BURST)  # messages that may be sent now
        self._at = trio.current_time()  # as of when
        self.work = trio.lowlevel.ParkingLot()

    @property
    def is_open(self) -> bool:
        """Whether the broker has taken us."""
        return self._answered.is_set()

    async def run(self, *, clean: bool) -> Never:
        """Talks until the connection is lost. Raises `LinkError`, in groups."""
        self._wire.put(self._connect(clean=clean))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._speak)
            await self._wire.run(self._take)
        raise AssertionError("reading has no end")  # for mypy

    async def take_leave(self) -> None:
        """Says that we are gone, and ends the session with the broker, in bounded time and whatever happens."""
        if not self.is_open:
            return
        will = self._settings.will
        with trio.move_on_after(LAST_WORDS, shield=True), contextlib.suppress(LinkError):
            if will is not None:
                self._wire.put(Publish(will.topic, will.payload, 1, will.retain, _FAREWELL))
            self._wire.put(Disconnect())
            await self._wire.flush()

    def _connect(self, *, clean: bool) -> Connect:
        given = self._settings
        return Connect(
            client_id=given.client_id,
            clean_start=clean,
            keepalive=given.keepalive,
            session_expiry=given.session_expiry,
            user=given.user,
            password=given.password,
            will=given.will,
            receive_maximum=IN_FLIGHT,
            packet_maximum=LARGEST,
        )

    async def _speak(self) -> Never:
        with trio.move_on_after(ANSWERED):
            await self._answered.wait()
        if not self._answered.is_set():
            raise LinkLost(f"no answer to CONNECT within {ANSWERED:g} s")
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._watch_acknowledgements)
            while True:
                await self._wire.until_room()
                packet = self._session.next(trio.current_time())
                if packet is None:
                    await self.work.park()
                    continue
                self._send(packet)
                await self._pace()

    def _send(self, packet: Publish) -> None:
        try:
            self._wire.put(packet)
        except ValueError as error:  # a response topic that somebody else has made up
            self._session.acknowledged(packet.packet_id or 0)
            log.warning("mqtt_not_said", topic=packet.topic, reason=str(error))
        self._sent.unpark_all()

    async def _pace(self) -> None:
        now = trio.current_time()
        self._may = min(float(BURST), self._may + (now - self._at) * RATE) - 1
        self._at = now
        if self._may < 0:
            await trio.sleep(-self._may / RATE)

    async def _watch_acknowledgements(self) -> Never:
        """Looks when something may be due, and not at each message: what is due only ever gets later."""
        while True:
            due = max(self._session.oldest, self._acknowledged_at) + UNACKNOWLEDGED
            if trio.current_time() >= due:
                raise LinkLost(f"the broker has acknowledged nothing for {UNACKNOWLEDGED:g} s")
            if math.isfinite(due):
                await trio.sleep_until(due)
            else:
                await self._sent.park()

    def _take(self, packet: Packet) -> None:
        match packet:
            case Connack() if not self.is_open:
                self._begin(packet)
            case _ if not self.is_open:
                raise ProtocolError(f"{type(packet).__name__} before CONNACK")
            case Publish():
                self._hear(packet)
            case Puback():
                self._acknowledged(packet)
            case Suback():
                self._subscribed(packet)
            case Disconnect():
                raise LinkLost(f"the broker has ended the connection: {packet.reason}")
            case Connack():
                raise ProtocolError("a second CONNACK")

    def _begin(self, connack: Connack) -> None:
        if connack.code != SUCCESS:
            raise NotWanted(f"the broker refuses: {connack.reason}", for_long=connack.code in NOT_US)
        if connack.keepalive:
            self._wire.keep_alive(float(connack.keepalive))
        self._session.begin(connack, trio.current_time())
        if (will := self._settings.will) is not None:
            self._session.say_first(Message(will.topic, self._settings.birth, trio.current_time(), retain=will.retain))
        if self._settings.filters:
            self._wire.put(Subscribe(_SUBSCRIPTION, self._settings.filters))
        self._answered.set()
        self._hears.connected(kept=connack.session_present)

    def _hear(self, packet: Publish) -> None:
        if packet.alias is not None or not packet.topic:
            raise ProtocolError("a topic alias, which nobody offered")
        self._hears.message(packet)
        if packet.packet_id is not None:
            self._wire.put(Puback(packet.packet_id))

    def _acknowledged(self, packet: Puback) -> None:
        topic = self._session.acknowledged(packet.packet_id)
        self._acknowledged_at = trio.current_time() if topic else self._acknowledged_at
        if topic and packet.code in REFUSALS:
            log.warning("mqtt_refused", topic=topic, reason=packet.reason)
        if topic:
            self._hears.arrived(topic)
        if self._session.has_more:
            self.work.unpark_all()

    def _subscribed(self, packet: Suback) -> None:
        for wanted, code in zip(self._settings.filters, packet.codes, strict=False):
            if code > 1:
                log.warning("mqtt_not_subscribed", topic=wanted.pattern, code=code)
