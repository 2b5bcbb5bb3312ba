"""From a controller's bytes to what the room hears, over a real line and a real network."""

import pytest
import trio

from appliance.room import inputs
from appliance.room.inputs import Input, SourceGone
from appliance.room.parts.camera import Camera
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed
from appliance.services.cameras.controllers import ViscaControllerService, part
from appliance.terminal.messages.devices import Axis
from drivers.visca.config import NetworkConfig, SerialConfig
from tests.drivers.visca.carried import CarriedSerial
from tests.drivers.visca.network import HOST, free_port
from tests.virtual_time import real

LEFT = bytes.fromhex("81 01 06 01 18 14 01 03 FF")
WHERE = bytes.fromhex("81 09 06 12 FF")


def axis(low: float, high: float, now: float) -> Axis:
    return Axis(support=True, min_value=low, max_value=high, current_value=now)


ROOM = RoomState(link=Link(LinkPhase.UP), camera=Camera(pan=axis(-100, 100, 100), tilt=axis(0, 10, 0), zoom=Axis()))


class Room:
    def __init__(self) -> None:
        self.state = Followed(ROOM)
        self.put, self._heard = trio.open_memory_channel[Input](100)

    async def hears(self) -> Input:
        with trio.fail_after(real(5)):
            return await self._heard.receive()


async def test_a_joystick_on_a_line_moves_the_room() -> None:
    room = Room()
    with CarriedSerial() as line:
        service = ViscaControllerService("stick", SerialConfig(port=line.path), room.state, room.put.send_nowait)
        async with trio.open_nursery() as nursery:
            await nursery.start(lambda task_status: service.run(task_status=task_status))
            line.write(LEFT)
            assert await room.hears() == inputs.Drive(-1, 0, None)
            nursery.cancel_scope.cancel()
    assert await room.hears() == SourceGone("stick")


async def test_a_program_on_the_network_moves_the_room_and_is_told_where_the_camera_looks() -> None:
    room = Room()
    listen = (HOST, free_port(trio.socket.SOCK_STREAM))
    config = NetworkConfig(transport="tcp", listen=f"{listen[0]}:{listen[1]}", allow=("127.0.0.0/8",), model="brc-h700")
    service = ViscaControllerService("desk", config, room.state, room.put.send_nowait)
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        async with await trio.open_tcp_stream(*listen) as stream:
            await stream.send_all(LEFT)
            assert await room.hears() == inputs.Drive(-1, 0, None)
            await stream.send_all(WHERE)
            answers = b""
            with trio.fail_after(real(5)):
                while answers.count(b"\xff") < 3:
                    answers += bytes(await stream.receive_some(100))
            assert answers.split(b"\xff")[2] == bytes.fromhex("90 50 0F 07 05 0A 08 0E 07 09 06")
        assert await room.hears() == inputs.Drive(pan=0)
        nursery.cancel_scope.cancel()
    assert await room.hears() == SourceGone("desk")


@pytest.mark.parametrize(
    ("low", "high", "current", "where"),
    [
        (-10, 10, 0, 0.5),
        (-10, 10, 99, 1.0),
        (-10, 10, -99, 0.0),
        (0, 0, 0, None),
        (-1e308, 1e308, 1e308, None),
        (0, float("inf"), float("inf"), None),
        (0, 1, float("nan"), None),
    ],
)
def test_where_a_camera_looks_is_a_part_of_its_range_or_not_known(
    low: float, high: float, current: float, where: float | None
) -> None:
    assert part(Axis(support=True, min_value=low, max_value=high, current_value=current)) == where
