"""Controllers on real datagram sockets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from drivers.errors import DeviceMissing
from drivers.visca.camera.udp import GONE_AFTER, MAX_PEERS, UdpCamera
from drivers.visca.config import NetworkConfig
from drivers.visca.model.actions import Drive
from drivers.visca.model.profile import Position
from drivers.visca.wire.sony_packet import Kind, Packet, pack
from tests.drivers.visca.network import Camera, free_port
from tests.virtual_time import passes, real

LEFT, STOP = bytes.fromhex("81 01 06 01 18 14 01 03 FF"), bytes.fromhex("81 01 06 01 18 14 03 03 FF")
FAR_LEFT = bytes.fromhex("81 01 06 02 18 14 0F 07 02 05 0F 0E 07 00 FF")
POWER = bytes.fromhex("81 09 04 00 FF")
ACK, COMPLETION = bytes.fromhex("90 41 FF"), bytes.fromhex("90 51 FF")
GOES_LEFT, STOPS = Drive(-1, 0, None, 1.0, 1.0), Drive(0, 0, None, 1.0, 1.0)


@asynccontextmanager
async def peer(camera: Camera, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[trio.socket.SocketType]:
    with trio.socket.socket(trio.socket.AF_INET, trio.socket.SOCK_DGRAM) as socket:
        await socket.bind((host, port))
        await socket.connect(camera.address)
        yield socket


async def heard(socket: trio.socket.SocketType, count: int) -> list[bytes]:
    with trio.fail_after(real(5)):
        return [await socket.recv(100) for _ in range(count)]


async def test_bare_frames_are_answered_a_datagram_each() -> None:
    async with Camera("udp").running() as camera, peer(camera) as socket:
        await socket.send(LEFT + STOP)
        assert [await camera.action(), await camera.action()] == [GOES_LEFT, STOPS]
        assert await heard(socket, 4) == [ACK, COMPLETION, ACK, COMPLETION]


async def test_a_header_where_none_is_expected_is_answered_bare() -> None:
    async with Camera("udp").running() as camera, peer(camera) as socket:
        await socket.send(pack(Packet(Kind.COMMAND, 5, LEFT)))
        assert await heard(socket, 2) == [ACK, COMPLETION]


async def test_a_bare_frame_on_the_port_of_sony_is_answered_bare() -> None:
    async with Camera("sony-udp").running() as camera, peer(camera) as socket:
        await socket.send(LEFT)
        assert await heard(socket, 2) == [ACK, COMPLETION]


async def test_a_move_is_completed_when_the_camera_is_there() -> None:
    async with Camera("sony-udp").running() as camera, peer(camera) as socket:
        await socket.send(pack(Packet(Kind.COMMAND, 5, FAR_LEFT)))
        assert await heard(socket, 1) == [pack(Packet(Kind.REPLY, 5, ACK))]
        camera.position = Position(0.0, 0.0, 0.0)
        assert await heard(socket, 1) == [pack(Packet(Kind.REPLY, 5, COMPLETION))]


async def test_each_controller_counts_for_itself() -> None:
    async with Camera("sony-udp").running() as camera, peer(camera) as one, peer(camera) as other:
        for socket in (one, other):
            await socket.send(pack(Packet(Kind.COMMAND, 1, LEFT)))
            assert await camera.action() == GOES_LEFT
            assert len(await heard(socket, 2)) == 2


async def test_two_hosts_that_send_from_the_same_port_are_two_controllers() -> None:
    async with (
        Camera("sony-udp", allow=("127.0.0.1", "127.0.0.33")).running() as camera,
        peer(camera) as one,
        peer(camera, "127.0.0.33", one.getsockname()[1]) as other,
    ):
        for socket in (one, other):
            await socket.send(pack(Packet(Kind.COMMAND, 1, LEFT)))
            assert await camera.action() == GOES_LEFT


async def test_strangers_move_nothing_get_no_answer_and_are_named_once() -> None:
    with capture_logs() as logs:
        async with (
            Camera("udp", allow=("127.0.0.1", "127.0.0.32/30")).running() as camera,
            peer(camera, "127.0.0.3") as stranger,
            peer(camera, "127.0.0.33") as known,
        ):
            for _ in range(500):
                await stranger.send(LEFT)
            await known.send(STOP)
            assert await camera.action() == STOPS
            assert await heard(known, 2) == [ACK, COMPLETION]
            await known.send(LEFT)
            assert await camera.action() == GOES_LEFT
            assert not stranger.is_readable()
    assert [log["host"] for log in logs if "stranger" in log["event"]] == ["127.0.0.3"]


async def test_who_holds_a_stick_is_not_forgotten_over_others() -> None:
    async with Camera("sony-udp").running() as camera, peer(camera) as first:
        await first.send(pack(Packet(Kind.COMMAND, 7, LEFT)))
        assert await camera.action() == GOES_LEFT
        assert len(await heard(first, 2)) == 2
        for _ in range(MAX_PEERS * 2):
            async with peer(camera) as socket:
                await socket.send(POWER)
                await heard(socket, 1)
        assert camera.no_action()
        await first.send(pack(Packet(Kind.COMMAND, 7, LEFT)))  # repeated: whoever is known is told so
        assert await heard(first, 1) == [bytes.fromhex("02 01 00 02 00 00 00 07 0F 01")]
        await first.send(pack(Packet(Kind.COMMAND, 8, STOP)))
        assert await camera.action() == STOPS


async def test_who_is_silent_for_long_leaves_nothing_moving(clock: MockClock) -> None:
    async with Camera("udp").running() as camera, peer(camera) as first, peer(camera) as other:
        await first.send(LEFT)
        assert await camera.action() == GOES_LEFT
        for _ in range(4):
            await passes(GONE_AFTER / 5)
            await other.send(POWER)
            await heard(other, 1)
        assert camera.no_action()
        await passes(GONE_AFTER / 5 + 1)
        assert camera.no_action() is False
        assert await camera.action() == Drive(pan=0)
        await passes(GONE_AFTER * 3)
        assert camera.no_action()


async def test_who_is_heard_from_time_to_time_may_move_it_for_long(clock: MockClock) -> None:
    async with Camera("udp").running() as camera, peer(camera) as first:
        await first.send(LEFT)
        assert await camera.action() == GOES_LEFT
        for _ in range(5):
            await passes(GONE_AFTER * 0.9)
            await first.send(POWER)
        assert camera.no_action()


async def test_an_address_that_is_not_ours_is_missing() -> None:
    config = NetworkConfig(transport="udp", listen="192.0.2.1:1259", allow=("192.0.2.2",))
    with pytest.raises(DeviceMissing, match=r"192\.0\.2\.1:1259: this machine does not have that address"):
        await UdpCamera(config, Position).run(lambda _action: None)


async def test_the_port_is_free_again_afterwards() -> None:
    camera = Camera("udp")
    for _ in range(2):
        async with camera.running(), peer(camera) as socket:
            await socket.send(STOP)
            assert await camera.action() == STOPS
    assert free_port(trio.socket.SOCK_DGRAM)
