"""Controllers on real connections."""

import pytest
import trio

from drivers.errors import DeviceMissing
from drivers.visca.camera.tcp import MAX_CONNECTIONS, TcpCamera
from drivers.visca.config import NetworkConfig
from drivers.visca.model.actions import Drive, DriveTo
from drivers.visca.model.profile import Position
from tests.drivers.visca.network import HOST, Camera
from tests.virtual_time import real

LEFT, STOP = bytes.fromhex("81 01 06 01 18 14 01 03 FF"), bytes.fromhex("81 01 06 01 18 14 03 03 FF")
FAR_LEFT = bytes.fromhex("81 01 06 02 18 14 0F 07 02 05 0F 0E 07 00 FF")
POWER, IS_ON = bytes.fromhex("81 09 04 00 FF"), bytes.fromhex("90 50 02 FF")
ACK, COMPLETION = bytes.fromhex("90 41 FF"), bytes.fromhex("90 51 FF")
GOES_LEFT, STOPS = Drive(-1, 0, None, 1.0, 1.0), Drive(0, 0, None, 1.0, 1.0)


async def connect(camera: Camera, host: str = "127.0.0.1") -> trio.SocketStream:
    return await trio.open_tcp_stream(*camera.address, local_address=host)


async def hear(stream: trio.SocketStream, expected: bytes) -> None:
    heard = b""
    with trio.fail_after(real(5)):
        while len(heard) < len(expected) and (data := await stream.receive_some(100)):
            heard += bytes(data)
    assert heard == expected


async def ended(stream: trio.SocketStream) -> None:
    with trio.fail_after(real(5)):
        try:
            while await stream.receive_some(100):
                pass
        except trio.BrokenResourceError:
            return


async def test_frames_come_as_they_like() -> None:
    async with Camera("tcp").running() as camera, await connect(camera) as stream:
        await stream.send_all(LEFT + STOP[:4])
        assert await camera.action() == GOES_LEFT
        await hear(stream, ACK + COMPLETION)
        await stream.send_all(STOP[4:])
        assert await camera.action() == STOPS
        await hear(stream, ACK + COMPLETION)


async def test_a_move_is_completed_when_the_camera_is_there() -> None:
    async with Camera("tcp").running() as camera, await connect(camera) as stream:
        await stream.send_all(FAR_LEFT)
        assert await camera.action() == DriveTo(0.0, 0.0)
        await hear(stream, ACK)
        camera.position = Position(0.0, 0.0, 0.0)
        await hear(stream, COMPLETION)


@pytest.mark.parametrize("politely", [True, False])
async def test_a_controller_that_goes_leaves_nothing_moving(politely: bool) -> None:
    async with Camera("tcp").running() as camera, await connect(camera) as other:
        stream = await connect(camera)
        await stream.send_all(LEFT)
        assert await camera.action() == GOES_LEFT
        await hear(stream, ACK + COMPLETION)  # what is not read makes the kernel reset the connection
        if not politely:
            stream.setsockopt(trio.socket.SOL_SOCKET, trio.socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        await stream.aclose()
        assert await camera.action() == Drive(pan=0)
        await other.send_all(POWER)
        await hear(other, IS_ON)


async def test_a_controller_that_goes_does_not_stop_what_others_move() -> None:
    async with Camera("tcp").running() as camera, await connect(camera) as driver:
        async with await connect(camera) as other:
            await other.send_all(POWER)
            await hear(other, IS_ON)
            await driver.send_all(LEFT)
            assert await camera.action() == GOES_LEFT
        await driver.send_all(STOP)
        assert await camera.action() == STOPS


async def test_a_dead_connection_makes_room_for_a_new_one() -> None:
    async with Camera("tcp").running() as camera:
        streams = []
        for _ in range(MAX_CONNECTIONS - 1):
            streams.append(await connect(camera))
            await streams[-1].send_all(POWER)
            await hear(streams[-1], IS_ON)
        streams.append(await connect(camera))  # and never says anything
        await streams[1].send_all(POWER)
        await hear(streams[1], IS_ON)
        await streams[0].send_all(LEFT)  # the third has been silent for the longest time now
        assert await camera.action() == GOES_LEFT
        async with await connect(camera) as late:
            await late.send_all(POWER)
            await hear(late, IS_ON)
            await ended(streams[2])
            await streams[0].send_all(STOP)
            assert await camera.action() == STOPS
        for stream in streams:
            await stream.aclose()


async def test_strangers_are_shown_out_however_many_come() -> None:
    async with Camera("tcp").running() as camera:
        for _ in range(200):
            async with await connect(camera, "127.0.0.3") as stranger:
                await ended(stranger)
        async with await connect(camera) as known:
            await known.send_all(STOP)
            assert await camera.action() == STOPS
        assert camera.no_action()


async def test_a_controller_that_reads_nothing_is_disconnected() -> None:
    async with Camera("tcp").running() as camera, await connect(camera) as stream:
        await stream.send_all(LEFT)
        assert await camera.action() == GOES_LEFT
        with trio.fail_after(real(20)), pytest.raises(trio.BrokenResourceError):
            await stream.send_all(POWER * 5_000_000)
        assert await camera.action() == Drive(pan=0)


async def test_garbage_moves_nothing() -> None:
    async with Camera("tcp").running() as camera, await connect(camera) as stream:
        await stream.send_all(b"GET / HTTP/1.1\r\nHost: camera\r\n\r\n" + bytes(range(0x7F)) + b"\xff" + POWER)
        await hear(stream, IS_ON)
        assert camera.no_action()


async def test_it_listens_at_its_own_address_and_at_no_other() -> None:
    async with Camera("tcp").running() as camera:
        with pytest.raises(OSError, match="all attempts to connect"):
            await trio.open_tcp_stream("127.0.0.1", camera.port)


async def test_a_port_that_is_taken_is_missing() -> None:
    camera = Camera("tcp")
    config = NetworkConfig(transport="tcp", listen=f"{HOST}:{camera.port}", allow=("127.0.0.1",))
    async with camera.running():
        with pytest.raises(DeviceMissing, match="Address already in use"):
            await TcpCamera(config, Position).run(lambda _action: None)
