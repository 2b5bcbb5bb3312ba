"""VISCA controllers on the network, and a camera beside the terminal's, in a whole room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from appliance.room.people.who import same_peer
from appliance.room.state import Phase
from appliance.services.cameras.controllers import part
from appliance.simulator.option_types import Generation
from drivers.visca.camera.tcp import TcpCamera
from drivers.visca.config import NetworkConfig
from drivers.visca.virtual.emulator import Head
from drivers.visca.wire.sony_packet import Kind, Packet, pack, unpack
from tests.drivers.visca.network import HOST, free_port
from tests.e2e.world import JOHN, World, a_room
from tests.virtual_time import passes, real

LEFT, STOP = bytes.fromhex("81 01 06 01 05 05 01 03 FF"), bytes.fromhex("81 01 06 01 05 05 03 03 FF")
STORE, RECALL = bytes.fromhex("81 01 04 3F 01 02 FF"), bytes.fromhex("81 01 04 3F 02 02 FF")
FAR_LEFT = bytes.fromhex("81 01 06 02 18 14 0F 07 02 05 0F 0E 07 00 FF")
WHERE = bytes.fromhex("81 09 06 12 FF")


def listening(transport: str, port: int) -> str:
    return f'[visca.desk]\ntransport = "{transport}"\nlisten = "{HOST}:{port}"\nallow = ["127.0.0.1"]'


async def test_a_program_moves_the_picture_and_its_end_stops_it(clock: object) -> None:
    port = free_port(trio.socket.SOCK_STREAM)
    async with a_room(terminal=listening("tcp", port)) as world:
        async with await trio.open_tcp_stream(HOST, port) as program:
            await program.send_all(LEFT)
            await world.until_sent("ptzLeft")
            await world.until(lambda state: state.camera is not None and state.camera.pan.current_value < -3)
        await world.until_sent("ptzStop")
        assert world.asked() == ["ptzLeft", "ptzStop"]


OLDER = ["setPanPos", "setTiltPos", "setZoomPos"]


ADD, APPLY = "addPresetFromCurrentVideoCapturer", "applyVideoCapturerPreset"
STORED = {Generation.OLD: [], Generation.BOTH: [{"name": "VISCA 2"}], Generation.NEW: [{"name": "VISCA 2"}, {}]}
"""With which parameters a terminal is asked to store a preset, until it does."""


@pytest.mark.generations(*Generation)
async def test_a_program_stores_where_the_camera_looks_and_goes_back_there(
    clock: object, generation: Generation
) -> None:
    port = free_port(trio.socket.SOCK_DGRAM)
    async with a_room(terminal=listening("sony-udp", port)) as world:
        if generation is not Generation.OLD:
            await world.until(lambda state: state.presets is not None)
        with trio.socket.socket(trio.socket.AF_INET, trio.socket.SOCK_DGRAM) as program:
            await program.connect((HOST, port))

            async def ask(number: int, frame: bytes, answers: int) -> list[str]:
                await program.send(pack(Packet(Kind.COMMAND, number, frame)))
                with trio.fail_after(real(30)):
                    heard = [unpack(await program.recv(100)) for _ in range(answers)]
                assert [packet.sequence for packet in heard if packet] == [number] * answers
                return [packet.payload.hex(" ").upper() for packet in heard if packet]

            assert await ask(1, WHERE, 1) == ["90 50 00 00 00 00 00 00 00 00 FF"]
            assert await ask(2, STORE, 2) == ["90 41 FF", "90 51 FF"]
            assert await ask(3, FAR_LEFT, 2) == ["90 41 FF", "90 51 FF"]
            asked = [command for command in world.sent() if command["method"] == ADD]
            assert [{name: command[name] for name in ("name",) if name in command} for command in asked] == (
                STORED[generation]
            )
            await passes(1)  # it is done a hundredth of the way before it rests
            assert await ask(4, WHERE, 1) == ["90 50 0F 07 02 05 0F 0E 07 00 FF"]
            world.forget_sent()
            assert await ask(5, RECALL, 2) == ["90 41 FF", "90 51 FF"]
            assert world.asked() == (OLDER if generation is Generation.OLD else [APPLY])
            await passes(1)
            assert await ask(6, WHERE, 1) == ["90 50 00 00 00 00 00 00 00 00 FF"]
            world.forget_sent()
            assert await ask(7, STORE, 2) == ["90 41 FF", "90 51 FF"]
            await passes(1)
            again = [] if generation is Generation.OLD else ["updatePresetFromCurrentVideoCapturer"]
            assert world.asked() == again  # the same one, not one more
            assert world.state.notice is None


@asynccontextmanager
async def a_room_with_a_camera(room: str = "", more: str = "") -> AsyncIterator[tuple[World, Head]]:
    """A room with the camera `back` beside the terminal's."""
    where = f"{HOST}:{free_port(trio.socket.SOCK_STREAM)}"
    head = Head(trio.current_time)
    network = NetworkConfig(transport="tcp", listen=where, allow=("127.0.0.1",), model="brc-h700")
    camera = TcpCamera(network, head.position)
    table = f'[cameras.back]\nline = "tcp://{where}"\nnumber = 2\nmodel = "brc-h700"\n{more}'
    async with trio.open_nursery() as nursery:
        await nursery.start(camera.run, head.act)
        async with a_room(room=room, terminal=table) as world:
            yield world, head
        nursery.cancel_scope.cancel()


async def test_a_camera_beside_the_terminals_is_moved_by_the_same_joystick(clock: object) -> None:
    async with a_room_with_a_camera() as (world, head):
        world.joystick("82 01 06 01 18 14 02 03 FF")
        await passes(0.5)
        world.joystick("82 01 06 01 18 14 03 03 FF")
        await passes(0.5)
        assert head.position().pan == pytest.approx(0.625, abs=0.05)
        assert world.asked() == []
        world.joystick("81 01 06 01 18 14 02 03 FF")
        await world.until_sent("ptzRight")


async def test_a_virtual_camera_beside_the_terminals_moves_and_tells_where_it_looks(clock: object) -> None:
    table = '[cameras.back]\nline = "virtual"\nnumber = 2\nmodel = "evi-d70"'
    async with a_room(terminal=table) as world:
        await passes(3.0)
        world.joystick("82 01 06 01 18 14 02 03 FF")
        await passes(1.0)
        world.joystick("82 01 06 01 18 14 03 03 FF")
        await passes(1.0)
        pan = world.hardware.describe()["cameras"]["back"]["pan"]
        assert pan == pytest.approx(0.75, abs=0.051)  # a step of the camera is 0.05
        assert world.appliance.store.state.offline == frozenset()
        world.hardware.serials["joystick"].read()
        world.joystick("82 09 06 12 FF")
        await passes(0.5)
        assert world.hardware.serials["joystick"].read().startswith(bytes.fromhex("A0 50"))


async def test_a_button_moves_the_rooms_camera_while_it_is_down_and_needs_no_terminal(clock: object) -> None:
    async with a_room_with_a_camera('camera = "back"') as (world, head):
        await passes(3.0)
        world.simulator.stall(60.0)
        world.hardware.gpio.press("left")
        await passes(1.5)
        world.hardware.gpio.release("left")
        await passes(0.5)
        pan = head.position().pan
        assert pan == pytest.approx(0.5 - 1.5 * 0.25 / 2, abs=0.1)
        await passes(2.0)
        assert head.position().pan == pan
        assert world.asked() == []


async def test_the_rooms_camera_goes_where_the_other_side_turned_the_terminals(clock: object) -> None:
    async with a_room_with_a_camera('camera = "back"', '[far_end]\nrequests = "allow"') as (world, head):
        await passes(3.0)
        world.simulator.peer(JOHN).call()
        await world.until_phase(Phase.RINGING)
        await world.press("call")
        await world.until_phase(Phase.IN_CALL)
        world.simulator.peer(JOHN).ask_for_camera()
        await world.until(lambda state: any(same_peer(who, JOHN) for who in state.camera_lent))
        world.simulator.peer(JOHN).drive_camera("pan", 1)
        await passes(2.5)
        world.simulator.peer(JOHN).drive_camera("pan", 0)
        await passes(6.0)
        camera = world.state.camera
        assert camera is not None
        assert head.position().pan == pytest.approx(part(camera.pan), abs=0.01)
        assert head.position().pan != pytest.approx(0.5, abs=0.01)
