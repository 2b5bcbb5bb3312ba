"""What a broker says to a room: whatever it is, the room goes on, and does only what it was told to do over MQTT.

An input is how many bytes the room reads at once (0: all), and then everything that the broker says on the first
connection before it ends it. On the next one the broker is as it should be, and hears the room again.
"""

from collections.abc import Iterator

import mqtt5
import msgspec
import structlog
import trio
from trio.testing import MockClock

from appliance.fleet.mqtt.identity import Identity
from appliance.fleet.mqtt.topics import ONLINE
from appliance.room.actions import words_of
from appliance.room.inputs import Remote
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.link import Link, LinkPhase
from tests.fleet.mqtt.broker import Connection
from tests.services.mqtt.test_service import NOON, PREFIX, Room, running

PATIENCE = 1000.0  # seconds of the mock clock; a broker that refuses is tried again after a minute at most
TALK = 60.0  # seconds for what the room has to say to what it hears
ALLOWED = "mute"  # by the configuration of `running`
ACTION = msgspec.json.encode({"id": "1", "do": "mute on", "within": 5, "at": NOON.timestamp()})
OTHER = msgspec.json.encode(Identity(machine="theirs"))


def one_input(data: bytes) -> None:
    """Lets a broker say it, and then looks whether the room is there as before."""
    with structlog.testing.capture_logs():  # a million inputs are a million lines otherwise
        trio.run(_meet, data, clock=MockClock(autojump_threshold=0))


async def _meet(data: bytes) -> None:
    room = Room()
    room.store.apply(LinkChanged(Link(LinkPhase.UP)))
    with trio.fail_after(PATIENCE):
        async with running(room):
            await _say(await room.brokers.connection(), data)
            await _is_there(await room.brokers.connection())
    for each in room.asked:
        assert isinstance(each, Remote), each
        assert words_of(each.action).split()[0] == ALLOWED, each


async def _say(connection: Connection, data: bytes) -> None:
    """Says it, and ends the connection unless the room does; what the room answers is read, or it would stand still."""
    size = (data[0] if data else 0) or len(data) or 1
    with trio.move_on_after(TALK):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_read, connection.stream, nursery.cancel_scope)
            for at in range(1, len(data), size):
                await connection.stream.send_all(data[at : at + size])
            await trio.sleep_forever()
    await connection.end()


async def _read(stream: trio.abc.ReceiveStream, talk: trio.CancelScope) -> None:
    while await stream.receive_some():
        pass
    talk.cancel()


async def _is_there(connection: Connection) -> None:
    """The room says that it is online; an answer of a moment ago may come first."""
    await connection.welcome()
    while True:
        packet = await connection.expect(mqtt5.PublishPacket)
        await connection.acknowledge(packet)
        if (packet.topic, bytes(packet.payload)) == (f"{PREFIX}availability", ONLINE):
            return


def _published(name: str, payload: bytes, *, retain: bool = False, expires: int | None = None) -> bytes:
    packet = mqtt5.PublishPacket(
        PREFIX + name, payload, retain=retain, qos=_QOS, packet_id=9, message_expiry_interval=expires
    )
    return bytes(packet.write())


_QOS = mqtt5.QoS.AT_LEAST_ONCE
CONNACK = bytes(mqtt5.ConnAckPacket().write())
SUBACK = bytes(mqtt5.SubAckPacket(1, [mqtt5.SubAckReasonCode.GRANTED_QOS_AT_LEAST_ONCE] * 2).write())
PUBACKS = b"".join(bytes(mqtt5.PubAckPacket(number).write()) for number in range(3, 20))
LIMITED = bytes(mqtt5.ConnAckPacket(receive_max=1, max_packet_size=64, server_keep_alive=1).write())
REFUSED = bytes(mqtt5.ConnAckPacket(reason_code=mqtt5.ConnAckReasonCode.NOT_AUTHORIZED).write())
GONE = bytes(mqtt5.DisconnectPacket().write())
WORDS = (
    *(CONNACK, SUBACK, PUBACKS[:4], LIMITED, REFUSED, GONE, bytes(mqtt5.PingRespPacket().write())),
    *(
        PREFIX.encode(),
        b"action",
        b"identity",
        b"mute on",
        b"hang_up",
        b"\x00\x00",
        b"\xff\xff\xff\xff",
        b"\x32",
        b"\x33",
    ),
    *(
        b'"within":1e999',
        b'"at":-1',
        b'"id":""',
        b"[[[[[[[[",
        b"\xc3\x28",
        b"\x00\x06action",
        b"null",
        b"\x02\x00\x00\x00\x05",
    ),
)


def seeds() -> Iterator[bytes]:
    """Brokers as they are, and some as they should not be."""
    asks = _published("action", ACTION, expires=5)
    yield b"\x00"
    yield b"\x00" + CONNACK + SUBACK + PUBACKS
    yield b"\x00" + CONNACK + SUBACK + PUBACKS + asks
    unlisted = ACTION.replace(b"mute on", b"hang_up").replace(b'"1"', b'"2"')
    yield b"\x03" + CONNACK + SUBACK + asks + _published("action", unlisted)
    yield b"\x01" + CONNACK + _published("action", ACTION, retain=True) + _published("identity", OTHER, retain=True)
    yield b"\x00" + CONNACK + _published("identity", OTHER) + _published("action", ACTION) + GONE
    yield b"\x00" + LIMITED + SUBACK + PUBACKS + asks
    yield b"\x00" + REFUSED
    yield b"\x00" + asks + CONNACK
