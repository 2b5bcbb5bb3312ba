"""Controllers that others wrote, against our camera: over Sony's header, bare datagrams and a serial line."""

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
import trio
from pyvisca.visca import PTZ
from visca_over_ip import Camera as Controller
from visca_over_ip.exceptions import ViscaException

from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.config import SerialConfig
from drivers.visca.model.actions import Action, Drive, DriveTo, Home
from drivers.visca.model.profile import Position
from drivers.visca.virtual.fake import VirtualSerial
from tests.drivers.visca.network import HOST, Camera
from tests.virtual_time import real

NODE_MODULES = Path(sys.prefix) / "node/node_modules"
SCRIPT = Path(__file__).with_name("visca_over_ip.js")


def stops(action: Action) -> bool:
    return isinstance(action, Drive) and action.stops


async def test_visca_over_ip_moves_and_reads_the_camera() -> None:
    async with Camera("sony-udp").running() as camera:
        controller = await trio.to_thread.run_sync(lambda: Controller(HOST, camera.port))

        async def does(method: str, *arguments: object) -> object:
            return await trio.to_thread.run_sync(getattr(controller, method), *arguments)

        try:
            await does("pantilt", -24, -10)
            assert await camera.action() == Drive(-1, 1, None, 1.0, 0.5)
            await does("pantilt", 0, 0)
            assert stops(await camera.action())
            await does("zoom", 7)
            assert await camera.action() == Drive(zoom=1, zoom_speed=1.0)
            await does("zoom", 0)
            assert stops(await camera.action())
            await does("pantilt_home")
            assert await camera.action() == Home()
            await does("zoom_to", 1.0)
            assert await camera.action() == DriveTo(zoom=1.0)
            camera.position = Position(1.0, 0.0, 0.5)
            assert await does("get_pantilt_position") == (0x8DB, -0x190)
            assert await does("get_zoom_position") == 0x2000
            with pytest.raises(ViscaException):
                await does("set_focus_mode", "manual")
            assert camera.no_action()
        finally:
            controller.close_connection()


@pytest.mark.skipif(not shutil.which("node") or not NODE_MODULES.is_dir(), reason="node or its packages are not there")
async def test_visca_over_ip_of_node_is_answered_command_by_command() -> None:
    async with Camera("udp").running() as camera, trio.open_nursery() as nursery:
        run = partial(
            trio.run_process,
            ["node", str(SCRIPT), HOST, str(camera.port)],
            env=os.environ | {"NODE_PATH": str(NODE_MODULES)},
            capture_stdout=True,
        )
        send, receive = trio.open_memory_channel[str](1)

        async def told() -> None:
            with trio.fail_after(real(30)):
                process: subprocess.CompletedProcess[bytes] = await run()
            send.send_nowait(process.stdout.decode())

        nursery.start_soon(told)
        assert await camera.action() == Drive(-1, 1, None, 1.0, 0.5)
        assert stops(await camera.action())
        assert await camera.action() == Drive(zoom=1)
        assert stops(await camera.action())
        assert await camera.action() == Home()
        camera.position = Position(0.5, 0.5, 0.0)
        words = (await receive.receive()).split()
        assert words == ["ack", "complete"] * 5 + ["error"]
        assert camera.no_action()


@asynccontextmanager
async def joined(one: VirtualSerial, other: VirtualSerial) -> AsyncIterator[None]:
    """A cable between the far ends of two lines."""

    async def carry(source: VirtualSerial, target: VirtualSerial) -> None:
        while (end := source.far_end) is not None:
            await trio.lowlevel.wait_readable(end)
            target.write(source.read())

    async with trio.open_nursery() as nursery:
        nursery.start_soon(carry, one, other)
        nursery.start_soon(carry, other, one)
        yield
        nursery.cancel_scope.cancel()


async def test_pyvisca_moves_and_reads_the_camera_on_a_serial_line(line: VirtualSerial) -> None:
    position = Position(1.0, 0.0, 0.5)
    send, receive = trio.open_memory_channel[Action](100)
    role = ViscaCamera(SerialConfig(port=line.path), lambda: position)
    with VirtualSerial() as theirs:
        async with joined(line, theirs), trio.open_nursery() as nursery:
            await nursery.start(role.run, send.send_nowait)
            controller = await trio.to_thread.run_sync(PTZ, theirs.path)

            async def does(method: str, *arguments: object) -> object:
                return await trio.to_thread.run_sync(getattr(controller, method), *arguments)

            with trio.fail_after(real(30)):
                # asked first: it takes whatever comes next for the answer
                assert await does("get_power") == 1
                assert [await does("get_pan"), await does("get_tilt")] == [0x8DB, 0x10000 - 0x190]
                assert await does("get_zoom") == 0x2000
                await does("left", 24)
                assert await receive.receive() == Drive(-1, 0, None, 1.0, 1.0)
                await does("stop")
                assert stops(await receive.receive())
                await does("zoom_in", 7)
                assert await receive.receive() == Drive(zoom=1, zoom_speed=1.0)
                await does("zoom_stop")
                assert stops(await receive.receive())
                await does("home")
                assert await receive.receive() == Home()
                await does("set_zoom", 0x4000)
                assert await receive.receive() == DriveTo(zoom=1.0)
            await does("close")
            nursery.cancel_scope.cancel()
