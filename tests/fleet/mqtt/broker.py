"""A broker that says exactly what a test wants, over a stream in memory: what real ones do seldom, or never."""

from collections.abc import Callable
from typing import Any, TypeVar

import mqtt5
import trio
from trio.testing import MemoryReceiveStream, MemorySendStream, memory_stream_pair

from appliance.fleet.mqtt.link.packets import Filter, LinkError, Publish, Will
from appliance.fleet.mqtt.link.settings import Settings

T = TypeVar("T")

Stream = trio.StapledStream[MemorySendStream, MemoryReceiveStream]


def settings(**fields: object) -> Settings:
    usual: dict[str, object] = {
        "hosts": ("broker",),
        "port": 1883,
        "client_id": "machine",
        "will": Will("room/availability", b"offline"),
        "birth": b"online",
        "filters": (Filter("room/action", kept=False),),
        "session_expiry": 300,
    }
    return Settings(**usual | fields)  # type: ignore[arg-type]  # whatever a test says


class Heard:
    """What a client tells whoever uses it."""

    def __init__(self, *, clean: bool = False) -> None:
        self.messages: list[Publish] = []
        self.connections: list[bool] = []
        self.reasons: list[str] = []
        self.acknowledged: list[str] = []
        self.clean = clean
        self.news = trio.lowlevel.ParkingLot()

    def message(self, message: Publish) -> None:
        self.messages.append(message)
        self.news.unpark_all()

    def connected(self, *, kept: bool) -> None:
        self.connections.append(kept)
        self.news.unpark_all()

    def lost(self, reason: str) -> None:
        self.reasons.append(reason)
        self.news.unpark_all()

    def arrived(self, topic: str) -> None:
        self.acknowledged.append(topic)
        self.news.unpark_all()

    def starts_clean(self) -> bool:
        return self.clean

    async def until(self, looks: Callable[[], object]) -> None:
        with trio.fail_after(600):
            while not looks():
                await self.news.park()


class Connection:
    """The broker's end of one connection."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.said: list[object] = []
        self._saying = trio.Lock()
        self._rest = bytearray()

    async def hear(self) -> object:
        """The next packet of the client, within ten minutes of the mock clock."""
        with trio.fail_after(600):
            return await self.hear_whatever()

    async def hear_whatever(self) -> object:
        """The next packet of the client, however long that takes."""
        while True:
            try:
                packet, length = mqtt5.read(memoryview(bytes(self._rest)))
            except IndexError:
                data = await self.stream.receive_some()
                assert data, "the client has closed the connection"
                self._rest += data
            else:
                del self._rest[:length]
                self.said.append(packet)
                return packet

    async def expect(self, kind: type[T]) -> T:
        packet = await self.hear()
        assert isinstance(packet, kind), packet
        return packet

    async def say(self, *packets: object) -> None:
        async with self._saying:
            await self.stream.send_all(b"".join(packet.write() for packet in packets))  # type: ignore[attr-defined]

    async def welcome(self, **connack: Any) -> mqtt5.ConnectPacket:
        """Takes the client, and hears its subscription and its birth; returns how it has asked."""
        asked = await self.expect(mqtt5.ConnectPacket)
        await self.say(mqtt5.ConnAckPacket(**connack))
        subscription = await self.expect(mqtt5.SubscribePacket)
        await self.say(mqtt5.SubAckPacket(subscription.packet_id, [mqtt5.SubAckReasonCode.GRANTED_QOS_AT_LEAST_ONCE]))
        return asked

    async def born(self, **connack: Any) -> mqtt5.ConnectPacket:
        """As `welcome`, and acknowledges the birth."""
        asked = await self.welcome(**connack)
        birth = await self.expect(mqtt5.PublishPacket)
        assert (birth.topic, birth.payload, birth.retain) == ("room/availability", b"online", True)
        await self.acknowledge(birth)
        return asked

    async def acknowledge(self, packet: mqtt5.PublishPacket) -> None:
        assert packet.packet_id is not None
        await self.say(mqtt5.PubAckPacket(packet.packet_id))

    async def end(self) -> None:
        await self.stream.aclose()


class Brokers:
    """Hosts, of which some are there. `open` is what a client connects with."""

    def __init__(self, *away: str) -> None:
        self.away = set(away)
        self.tried: list[tuple[float, str]] = []
        self._send, self._receive = trio.open_memory_channel[Connection](10)

    async def open(self, host: str) -> trio.abc.Stream:
        await trio.lowlevel.checkpoint()
        self.tried.append((trio.current_time(), host))
        if host in self.away:
            raise LinkError("connection refused")
        ours, theirs = memory_stream_pair()
        self._send.send_nowait(Connection(theirs))
        return ours

    async def connection(self) -> Connection:
        with trio.fail_after(600):
            return await self._receive.receive()
