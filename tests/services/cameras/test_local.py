"""A joystick on a line moves a camera on the network, each in its own units."""

import math
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from appliance.room.state import RoomState
from appliance.runtime.followed import Followed
from appliance.runtime.supervisor import Service, Supervisor
from appliance.services.cameras.controllers import ViscaControllerService
from appliance.services.cameras.local import TRY_AGAIN, LocalCameraService
from drivers.errors import DeviceError, DeviceLost
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.camera.tcp import TcpCamera
from drivers.visca.config import CameraConfig, NetworkConfig, SerialConfig
from drivers.visca.model.actions import Home, PassOn
from drivers.visca.model.profile import Position
from drivers.visca.model.stored_positions import Presets
from drivers.visca.virtual.emulator import FarEnd, Head
from drivers.visca.virtual.fake import VirtualSerial
from drivers.visca.wire.commands import COMMANDS
from drivers.visca.wire.framing import frames
from tests.drivers.visca.carried import CarriedSerial
from tests.drivers.visca.network import HOST, deaf_port, free_port
from tests.virtual_time import passes, real

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).parents[2].joinpath("drivers/visca/field.toml").read_text())
LEFT, STOP = bytes.fromhex("82 01 06 01 18 14 01 03 FF"), bytes.fromhex("82 01 06 01 18 14 03 03 FF")
STORE, RECALL = bytes.fromhex("82 01 04 3F 01 05 FF"), bytes.fromhex("82 01 04 3F 02 05 FF")


class World:
    def __init__(self, line: VirtualSerial) -> None:
        self.line = line
        self.head = Head(trio.current_time)
        self.said: list[object] = []  # to the room
        where = f"{HOST}:{free_port(trio.socket.SOCK_STREAM)}"
        network = NetworkConfig(transport="tcp", listen=where, allow=("127.0.0.1",), model="brc-300")
        self.camera = TcpCamera(network, self.head.position)
        config = CameraConfig(line=f"tcp://{where}", number=2, model="brc-300")
        self.driven = LocalCameraService(config, Presets())
        self.stick = ViscaControllerService(
            "stick",
            SerialConfig(port=line.path),
            Followed(RoomState()),
            self.said.append,
            others=[self.driven.chained],
        )

    async def run(self, nursery: trio.Nursery) -> None:
        await nursery.start(self.camera.run, self.head.act)
        await nursery.start(lambda task_status: self.driven.run(task_status=task_status))
        await nursery.start(lambda task_status: self.stick.run(task_status=task_status))
        await passes(3.0)
        assert self.line.read() == bytes.fromhex("90 38 FF")  # it has been switched on

    async def says(self, data: bytes, seconds: float = 0.1) -> bytes:
        self.line.write(data)
        await passes(seconds)
        return self.line.read()


@pytest.fixture
def clock() -> MockClock:
    return MockClock(autojump_threshold=real(0.06))


@pytest.fixture
async def world(clock: MockClock) -> AsyncIterator[World]:
    with CarriedSerial() as line:
        world = World(line)
        async with trio.open_nursery() as nursery:
            await world.run(nursery)
            yield world
            nursery.cancel_scope.cancel()


async def test_it_moves_for_as_long_as_the_stick_is_pushed(world: World, clock: MockClock) -> None:
    assert await world.says(LEFT, 1.5) == bytes.fromhex("A0 41 FF A0 51 FF")
    await world.says(STOP, 0.5)
    pan = world.head.position().pan
    assert pan == pytest.approx(0.5 - 1.5 * 0.25, abs=0.05)
    await passes(1.0)
    assert world.head.position().pan == pan
    assert world.said == []


async def test_where_it_looks_is_told_in_the_units_of_the_stick(world: World, clock: MockClock) -> None:
    await world.says(LEFT, 4.0)
    assert await world.says(bytes.fromhex("82 09 06 12 FF")) == bytes.fromhex("A0 50 0F 07 02 05 00 01 09 00 FF")


@pytest.mark.slow
async def test_a_move_is_completed_when_it_is_there_and_presets_are_kept(world: World, clock: MockClock) -> None:
    assert await world.says(STORE) == bytes.fromhex("A0 41 FF A0 51 FF")
    await world.says(bytes.fromhex("82 01 06 02 18 14 0F 0D 0C 09 00 01 09 00 FF"), 1.5)
    assert world.head.position().pan == pytest.approx(0.375, abs=0.01)
    assert await world.says(RECALL, 5.0) == bytes.fromhex("A0 41 FF A0 51 FF")
    assert world.head.position().pan == pytest.approx(0.5, abs=0.01)


async def test_a_stick_that_is_pulled_leaves_it_at_rest(clock: MockClock) -> None:
    with CarriedSerial() as line:
        world = World(line)
        async with trio.open_nursery() as nursery:
            with pytest.RaisesGroup(DeviceLost, flatten_subgroups=True):
                async with trio.open_nursery() as sticks:
                    await nursery.start(world.camera.run, world.head.act)
                    await nursery.start(lambda task_status: world.driven.run(task_status=task_status))
                    await sticks.start(lambda task_status: world.stick.run(task_status=task_status))
                    await passes(3.0)
                    await world.says(LEFT, 0.5)
                    line.unplug()
            await passes(0.5)
            pan = world.head.position().pan
            await passes(0.5)
            assert world.head.position().pan == pan != 0.0
            nursery.cancel_scope.cancel()


async def test_both_are_found_on_the_line(world: World, clock: MockClock) -> None:
    assert await world.says(bytes.fromhex("88 30 01 FF")) == bytes.fromhex("88 30 03 FF")


async def test_a_camera_that_is_switched_off_looks_nowhere_until_it_is_back(clock: MockClock) -> None:
    head = Head(trio.current_time)
    with CarriedSerial() as line:
        driven = LocalCameraService(CameraConfig(line=line.path, number=2, model="evi-d70"), Presets())

        @asynccontextmanager
        async def switched_on(address: int) -> AsyncIterator[None]:
            config = SerialConfig(port=line.path, address=address)
            camera = ViscaCamera(config, head.position, open_port=lambda _config: nullcontext(FarEnd(line)))
            async with trio.open_nursery() as nursery:
                await nursery.start(camera.run, head.act)
                yield
                nursery.cancel_scope.cancel()

        async with trio.open_nursery() as nursery:
            async with switched_on(address=1):
                await nursery.start(lambda task_status: driven.run(task_status=task_status))
                await passes(2.5)
                place = driven.chained.position()
                assert (place.pan, place.tilt, place.zoom) == (pytest.approx(0.5, abs=0.01), 0.5, 0.0)
            await passes(10.0)
            assert driven.chained.position() == Position()
            line.read()
            async with switched_on(address=5):  # as cameras are that wait for an address
                await passes(TRY_AGAIN + 5)
                assert driven.chained.position().tilt == 0.5
            nursery.cancel_scope.cancel()


class LateCamera:
    """A camera on a line that notes what it hears, and answers as it is told."""

    def __init__(self, line: VirtualSerial) -> None:
        self._end = FarEnd(line)
        self.heard: list[bytes] = []
        self.late: dict[bytes, float] = {}  # seconds until it acknowledges

    async def run(self) -> None:
        async with trio.open_nursery() as nursery:
            while True:
                for frame in frames(await self._end.receive(math.inf)):
                    self.heard.append(frame)
                    nursery.start_soon(self._answer, frame)

    async def _answer(self, frame: bytes) -> None:
        await trio.sleep(self.late.get(frame, 0.0))
        if frame[0] == 0x88:
            self._end.send(bytes.fromhex("88 30 02 FF") if frame[1] == 0x30 else frame)
        elif frame[1] == 0x09:
            length = 8 if frame[2] == 0x06 else 4
            self._end.send(b"\x90\x50" + bytes(length) + b"\xff")
        else:
            self._end.send(bytes.fromhex("90 41 FF 90 51 FF"))


@pytest.mark.parametrize("case", FIELD["late"], ids=[case["name"] for case in FIELD["late"]])
async def test_a_camera_that_acknowledges_late_is_left_in_peace(clock: MockClock, case: dict[str, Any]) -> None:
    move = bytes.fromhex(case["move"])
    with CarriedSerial() as line:
        camera = LateCamera(line)
        camera.late[move] = case["acknowledged_after"]
        driven = LocalCameraService(CameraConfig(line=line.path, number=2, model="evi-d70"), Presets())
        async with trio.open_nursery() as nursery:
            nursery.start_soon(camera.run)
            await nursery.start(lambda task_status: driven.run(task_status=task_status))
            await passes(3.0)
            command = COMMANDS.decode(move[1:-1])
            assert command is not None
            driven.ask(Home() if case["move"] == "81 01 06 04 FF" else PassOn(command))
            await passes(0.2)
            camera.heard = [frame for frame in camera.heard if frame == move]
            await passes(2.5)
            assert camera.heard == [move]
            await passes(5.0)
            assert camera.heard.count(move) == 1
            assert not any(frame[1:4] in {b"\x01\x06\x01", b"\x01\x00\x01"} for frame in camera.heard)
            nursery.cancel_scope.cancel()


async def test_a_camera_that_flaps_is_logged_once(clock: MockClock) -> None:
    with deaf_port() as port, capture_logs() as logs:
        driven = LocalCameraService(CameraConfig(line=f"udp://{HOST}:{port}", number=2), Presets())
        supervisor = Supervisor([Service("camera", driven.run)], expected=(DeviceError,))
        async with trio.open_nursery() as nursery:
            await nursery.start(lambda task_status: supervisor.run(task_status=task_status))
            await passes(120.0)
            supervisor.stop()
    assert [log["event"] for log in logs] == ["service_failed"]
