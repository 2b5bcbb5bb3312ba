"""A VISCA joystick and camera buttons against the terminal's own camera, over a real pseudo-terminal."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trio

from appliance.room.parts.link import LinkPhase
from tests.e2e.world import PATIENCE, World, a_room
from tests.virtual_time import passes

SWITCHED_ON = bytes.fromhex("90 38 FF")
STOP = "81 01 06 01 05 05 03 03 FF"


async def replies(world: World, count: int) -> bytes:
    """What the joystick hears, as soon as that many frames have come; without that the camera has been switched on."""
    heard = b""
    with trio.fail_after(PATIENCE):
        while heard.count(0xFF) < count:
            heard = (heard + world.hardware.serials["joystick"].read()).removeprefix(SWITCHED_ON)
            await passes(0.01)
    return heard


@pytest.mark.parametrize(
    ("frame", "method"),
    [
        ("81 01 06 01 05 05 01 03 FF", "ptzLeft"),
        ("81 01 06 01 18 14 02 03 FF", "ptzRight"),
        ("81 01 06 01 05 05 03 01 FF", "ptzUp"),
        ("81 01 06 01 05 05 03 02 FF", "ptzDown"),
        ("81 01 06 01 00 00 01 03 FF", "ptzLeft"),  # speed 0, as some controllers send it
        ("81 01 04 07 02 FF", "ptzZoomInc"),
        ("81 01 04 07 37 FF", "ptzZoomDec"),
        ("81 01 06 04 FF", "setPtzDefaults"),
    ],
)
async def test_a_joystick_frame_becomes_a_command(clock: object, frame: str, method: str) -> None:
    async with a_room() as world:
        world.joystick(frame)
        await world.until_sent(method)
        assert await replies(world, 2) == bytes.fromhex("90 41 FF 90 51 FF")
        assert world.asked() == [method]


async def test_letting_go_stops_the_picture(clock: object) -> None:
    async with a_room() as world:
        world.joystick("81 01 06 01 05 05 02 03 FF")
        await world.until_sent("ptzRight")
        await world.until(lambda state: state.camera is not None and state.camera.pan.current_value > 3)
        world.joystick(STOP)
        await world.until_sent("ptzStop")
        await passes(0.5)
        assert world.state.camera is not None
        rest = world.state.camera.pan.current_value
        await passes(3)
        assert world.state.camera.pan.current_value == rest


async def test_a_turn_stops_first_and_a_diagonal_moves_both_axes(clock: object) -> None:
    async with a_room() as world:
        world.joystick("81 01 06 01 05 05 01 01 FF")
        await world.until_sent("ptzUp")
        assert world.asked() == ["ptzLeft", "ptzUp"]
        world.forget_sent()
        world.joystick("81 01 06 01 05 05 02 01 FF")
        await world.until_sent("ptzUp")
        assert world.asked() == ["ptzStop", "ptzRight", "ptzUp"]


async def test_absolute_positions_are_in_the_terminals_units_and_read_back(clock: object) -> None:
    async with a_room() as world:
        world.joystick("81 01 06 02 18 14 00 08 0D 0B 00 04 0B 00 FF")  # the EVI-D70's right and upper ends
        await world.until_sent("setPanPos", pos=170)
        await world.until_sent("setTiltPos", pos=90)
        world.joystick("81 01 04 47 04 00 00 00 FF")
        await world.until_sent("setZoomPos", pos=12)
        await replies(world, 4)
        await world.until(lambda state: state.camera is not None and state.camera.zoom.current_value == 12)
        await world.until(lambda state: state.camera is not None and state.camera.tilt.current_value == 90)
        await world.until(lambda state: state.camera is not None and state.camera.pan.current_value == 170)
        world.joystick("81 09 06 12 FF")
        assert await replies(world, 1) == bytes.fromhex("90 50 00 08 0D 0B 00 04 0B 00 FF")
        world.joystick("81 09 04 47 FF")
        assert await replies(world, 1) == bytes.fromhex("90 50 04 00 00 00 FF")


async def test_setting_up_the_line_and_what_nobody_understands(clock: object) -> None:
    async with a_room() as world:
        world.joystick("88 30 01 FF")
        assert await replies(world, 1) == bytes.fromhex("88 30 02 FF")
        world.joystick("88 01 00 01 FF")
        assert await replies(world, 1) == bytes.fromhex("88 01 00 01 FF")
        world.joystick("81 0A 0B 0C FF")
        assert await replies(world, 1) == bytes.fromhex("90 60 02 FF")
        world.joystick("00 12 34 56 78 FF 81 09 04 00 FF")
        assert await replies(world, 1) == bytes.fromhex("90 50 02 FF")
        assert world.asked() == []


STICK = """
import os, tty
far, near = os.openpty()
tty.setraw(near)
print(os.ttyname(near), flush=True)
input()
os.write(far, bytes.fromhex("81 01 06 01 05 05 01 03 FF"))
print("pushed", flush=True)
input()
"""


# the clock of the test does not wait for other processes, so that the test itself does


def said(stick: subprocess.Popen[bytes]) -> str:
    assert stick.stdout is not None
    return stick.stdout.readline().decode().strip()


def push(stick: subprocess.Popen[bytes]) -> None:
    assert stick.stdin is not None
    stick.stdin.write(b"\n")
    stick.stdin.flush()
    assert said(stick) == "pushed"


def kill(stick: subprocess.Popen[bytes], path: str) -> None:
    Path(path).unlink()  # the kernel may give the name of its line to somebody else
    stick.kill()
    stick.wait()


def plug_in(path: str, line: str) -> None:
    Path(path).symlink_to(line)


@pytest.fixture
def stick() -> Iterator[subprocess.Popen[bytes]]:
    """A process with a serial line, which it names; after a line from us it pushes left, and then does nothing."""
    with subprocess.Popen([sys.executable, "-c", STICK], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


async def test_a_process_that_is_killed_while_it_moves_the_camera_lets_go(
    stick: subprocess.Popen[bytes], clock: object
) -> None:
    line = said(stick)
    async with a_room() as world:
        world.hardware.serials["joystick"].unplug()
        await world.until(lambda state: "joystick" in state.offline)
        plug_in(world.hardware.serials["joystick"].path, line)
        await world.until(lambda state: "joystick" not in state.offline)
        push(stick)
        await world.until_sent("ptzLeft")
        kill(stick, world.hardware.serials["joystick"].path)
        await world.until_sent("ptzStop")
        assert world.asked() == ["ptzLeft", "ptzStop"]


async def test_a_joystick_that_is_unplugged_while_it_moves_stops_the_camera_and_comes_back(clock: object) -> None:
    async with a_room() as world:
        world.joystick("81 01 06 01 05 05 01 03 FF")
        await world.until_sent("ptzLeft")
        world.hardware.serials["joystick"].unplug()
        await world.until_sent("ptzStop")
        await world.until(lambda state: "joystick" in state.offline)
        world.hardware.serials["joystick"].plug()
        await world.until(lambda state: "joystick" not in state.offline)
        world.forget_sent()
        world.joystick("81 01 06 01 05 05 02 03 FF")
        await world.until_sent("ptzRight")


async def test_a_button_moves_the_camera_for_as_long_as_it_is_down(clock: object) -> None:
    async with a_room() as world:
        world.hardware.gpio.press("left")
        await world.until_sent("ptzLeft")
        await passes(1)
        assert world.asked() == ["ptzLeft"]
        world.hardware.gpio.release("left")
        await world.until_sent("ptzStop")


async def test_a_joystick_faster_than_the_terminal_leaves_no_old_movement_behind(clock: object) -> None:
    async with a_room() as world:
        world.simulator.stall(2)
        for direction in ("01 03", "02 03", "03 01", "03 02") * 10:
            world.joystick(f"81 01 06 01 05 05 {direction} FF")
            await passes(0.01)
        world.joystick(STOP)
        await passes(5)
        assert world.asked() == ["ptzLeft", "ptzStop"]  # turns that the terminal does not take are not kept for it
        rest = world.simulator.terminal.camera.describe()
        await passes(2)
        assert world.simulator.terminal.camera.describe() == rest


async def test_a_joystick_that_says_stop_all_the_time_does_not_crowd_out_anybody(clock: object) -> None:
    async with a_room() as world:
        world.simulator.stall(2)
        world.joystick("81 01 06 01 05 05 01 03 FF")
        await passes(0.1)
        for _ in range(100):
            world.joystick(STOP)
            await passes(0.01)
        await world.press("mute")
        await world.until_sent("setMicMute")
        assert world.asked()[:2] == ["ptzLeft", "ptzStop"]
        assert world.asked().count("ptzStop") <= 3
        await passes(3)
        world.joystick(STOP)
        await passes(1)
        assert world.asked()[-1] == "ptzStop"


async def test_the_end_of_the_appliance_is_the_end_of_the_movement(clock: object) -> None:
    async with a_room() as world:
        world.joystick("81 01 06 01 05 05 01 03 FF")
        await world.until_sent("ptzLeft")
        world.appliance.stop()
        await world.until_sent("ptzStop")


async def test_after_a_lost_link_the_same_movement_can_be_asked_for_again(clock: object) -> None:
    async with a_room() as world:
        world.joystick("81 01 06 01 05 05 01 03 FF")
        await world.until_sent("ptzLeft")
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        await world.until(lambda state: state.link.phase is LinkPhase.UP)
        await passes(2)
        world.forget_sent()
        world.joystick("81 01 06 01 05 05 01 03 FF")
        await world.until_sent("ptzLeft")
        world.joystick(STOP)
        await world.until_sent("ptzStop")


async def test_while_the_terminal_is_away_the_last_position_is_told_and_nothing_is_said_to_have_moved(
    clock: object,
) -> None:
    async with a_room() as world:
        world.joystick("81 01 06 02 18 14 00 08 0D 0B 00 04 0B 00 FF")
        assert await replies(world, 2) == bytes.fromhex("90 41 FF 90 51 FF")
        await passes(2)
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is not LinkPhase.UP)
        world.joystick("81 09 06 12 FF")
        assert await replies(world, 1) == bytes.fromhex("90 50 00 08 0D 0B 00 04 0B 00 FF")
        for command in ("81 01 06 01 05 05 01 03 FF", STOP, "81 01 06 04 FF", "81 01 04 47 04 00 00 00 FF"):
            world.joystick(command)
            assert await replies(world, 1) == bytes.fromhex("90 61 41 FF"), command
        await world.until(lambda state: state.link.phase is LinkPhase.UP and state.camera is not None)
        world.joystick("81 01 06 01 05 05 01 03 FF")
        assert await replies(world, 2) == bytes.fromhex("90 41 FF 90 51 FF")
