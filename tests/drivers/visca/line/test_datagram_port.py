"""Cameras on real datagram sockets that reply from and to odd ports, and count oddly."""

import socket
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import trio

from drivers.errors import DeviceLost
from drivers.visca.config import CameraConfig
from drivers.visca.line.address import NetworkAddress
from drivers.visca.line.datagram_port import DatagramPort, SonyPort
from drivers.visca.line.network_port import StreamPort, open_network
from drivers.visca.wire.sony_packet import Kind, Packet, pack, unpack
from tests.drivers.visca.network import HOST, deaf_port
from tests.virtual_time import real

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).parents[1].joinpath("field.toml").read_text())
HOME, ACK = bytes.fromhex("81 01 06 04 FF"), bytes.fromhex("90 41 FF")
CLEAR = bytes.fromhex("81 01 00 01 FF")


def cases(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", FIELD[kind], ids=[case["name"] for case in FIELD[kind]])


@asynccontextmanager
async def a_camera() -> AsyncIterator[tuple[trio.socket.SocketType, NetworkAddress]]:
    """A camera's socket, and where it is."""
    with trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as camera:
        await camera.bind((HOST, 0))
        yield camera, NetworkAddress("sony-udp", HOST, camera.getsockname()[1])


async def heard(camera: trio.socket.SocketType) -> tuple[Packet, tuple[str, int]]:
    with trio.fail_after(real(5)):
        datagram, source = await camera.recvfrom(100)
    packet = unpack(datagram)
    assert packet is not None
    return packet, source


@cases("replies")
async def test_a_reply_is_heard(case: dict[str, Any]) -> None:
    async with a_camera() as (camera, address), open_network(address) as port:
        assert (await heard(camera))[0].kind == Kind.CONTROL
        port.send(HOME)
        packet, source = await heard(camera)
        to = (source[0], 52381 if case["to_sonys_port"] else source[1])
        with trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            await other.bind((HOST, 0))
            await (other if case["from_another_port"] else camera).sendto(
                pack(Packet(Kind.REPLY, packet.sequence, ACK)), to
            )
            with trio.fail_after(real(5)):
                assert await port.receive() == ACK


async def test_a_stranger_is_not_taken_for_the_camera() -> None:
    async with a_camera() as (camera, address), open_network(address) as port:
        _, source = await heard(camera)
        with trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            await stranger.bind(("127.0.0.3", 0))
            await stranger.sendto(ACK, source)
            await camera.sendto(bytes.fromhex("90 51 FF"), source)
            with trio.fail_after(real(5)):
                assert await port.receive() == bytes.fromhex("90 51 FF")


async def test_two_cameras_on_one_machine_hear_their_own_replies() -> None:
    async with (
        a_camera() as (one, first),
        a_camera() as (other, second),
        open_network(first) as to_one,
        open_network(second) as to_other,
    ):
        for camera, reply in ((one, ACK), (other, bytes.fromhex("90 42 FF"))):
            _, source = await heard(camera)
            await camera.sendto(pack(Packet(Kind.REPLY, 1, reply)), (source[0], 52381))
        with trio.fail_after(real(5)):
            assert await to_one.receive() == ACK
            assert await to_other.receive() == bytes.fromhex("90 42 FF")


async def test_the_port_of_sony_need_not_be_free() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 52381))
        async with a_camera() as (camera, address), open_network(address) as port:
            _, source = await heard(camera)
            await camera.sendto(ACK, source)
            with trio.fail_after(real(5)):
                assert await port.receive() == ACK


async def test_if_clear_is_a_device_setting() -> None:
    async with a_camera() as (camera, address), open_network(address) as port:
        await heard(camera)
        port.send(CLEAR + HOME + bytes.fromhex("81 09 04 00 FF"))
        kinds = [(await heard(camera))[0].kind for _ in range(3)]
        assert kinds == [Kind.DEVICE_SETTING, Kind.COMMAND, Kind.INQUIRY]


@cases("numbers")
async def test_a_camera_that_obeys_only_some_numbers_is_drivable(case: dict[str, Any]) -> None:
    obeyed = 0
    async with a_camera() as (camera, address), open_network(address, case["sequence"]) as port:
        await heard(camera)
        for _ in range(40):
            port.send(HOME)
            packet, source = await heard(camera)
            if packet.sequence in case["obeys"]:
                obeyed += 1
                await camera.sendto(pack(Packet(Kind.REPLY, packet.sequence, ACK)), source)
                with trio.fail_after(real(5)):
                    assert await port.receive() == ACK
    assert obeyed >= 40 - (0 if case["sequence"] != "counting" else 8)


async def replies(camera: trio.socket.SocketType, port: StreamPort | DatagramPort, number: int | None = None) -> None:
    port.send(HOME)
    packet, source = await heard(camera)
    await camera.sendto(pack(Packet(Kind.REPLY, packet.sequence if number is None else number, ACK)), source)
    with trio.fail_after(real(5)):
        assert await port.receive() == ACK


@pytest.mark.parametrize("wrong", [None, 0])
async def test_a_camera_that_obeys_large_numbers_gets_them_after_a_silence_too(wrong: int | None) -> None:
    async with a_camera() as (camera, address), open_network(address) as port:
        await heard(camera)
        for _ in range(10):
            await replies(camera, port, wrong)
        numbers = []
        for _ in range(20):
            port.send(HOME)
            numbers.append((await heard(camera))[0].sequence)
    assert numbers == list(range(11, 31))


async def test_a_late_reply_to_a_small_number_says_nothing_of_large_ones() -> None:
    async with a_camera() as (camera, address), open_network(address) as port:
        await heard(camera)
        for _ in range(3):
            await replies(camera, port)
        port.send(HOME)
        _, source = await heard(camera)
        await camera.sendto(pack(Packet(Kind.REPLY, 3, bytes.fromhex("90 51 FF"))), source)
        with trio.fail_after(real(5)):
            await port.receive()
        numbers = []
        for _ in range(8):
            port.send(HOME)
            numbers.append((await heard(camera))[0].sequence)
    assert numbers[-1] <= 3


async def test_a_camera_that_is_gone_at_once_leaves_nothing_open() -> None:
    with deaf_port() as deaf, trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as main:
        await main.connect((HOST, deaf))
        await main.send(b"")  # refused: the next thing that is sent learns of it
        before = open_files()
        with pytest.raises(DeviceLost), SonyPort("camera", main):
            pytest.fail("nobody listens there")
        assert open_files() == before


def open_files() -> set[str]:
    return {each.name for each in Path("/proc/self/fd").iterdir()}


def test_the_key_is_for_sonys_cameras() -> None:
    assert CameraConfig(line="sony-udp://camera", number=2, sequence="small").sequence == "small"
    with pytest.raises(ValueError, match="`sequence` is for cameras on sony-udp"):
        CameraConfig(line="tcp://camera", number=2, sequence="small")
