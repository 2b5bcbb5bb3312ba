"""VISCA: frames a second through the codec, and how soon a stop is on a line that is busy with drives."""

import multiprocessing
import random
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, cast

import click
import trio

from drivers.visca.camera.chain import ChainedCamera
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.config import SerialConfig
from drivers.visca.controller.driven import DrivenCamera, open_serial
from drivers.visca.model.actions import Drive
from drivers.visca.model.models import EVI_D70
from drivers.visca.model.profile import Position
from drivers.visca.virtual.fake import VirtualSerial
from drivers.visca.wire import commands as visca
from drivers.visca.wire.commands import COMMANDS
from drivers.visca.wire.framing import Framer, encode_frame, frames
from drivers.visca.wire.layout import Message, encode
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.paced_line import ACK, BYTE, COMPLETION, Carried, serve
from tests.bench.patience import patience
from tests.bench.size import Size

RATE = 28  # drive commands a second
FRAMES = 5_000  # of a pass
PASSES = 20  # where 300 reactions are taken
SLOWEST = 10.0  # seconds
PAN_TILT_BYTES = 9
HALT = Drive(pan=0, tilt=0)

RATIOS: tuple[Ratio, ...] = ()
LIMITS = (
    Limit("o   codec: bytes to a command (100,000/s)", "visca_decode", 10),
    Limit("o   codec: a command to bytes (100,000/s)", "visca_encode", 10),
    Limit("q   joystick's drive until the camera's line has it", "visca_to_camera", 2000),
    Limit(
        "p   stop waits for the line (one frame)", "visca_stop_wait", round(PAN_TILT_BYTES * BYTE * 1e6), always=True
    ),
)


def measure(size: Size, samples: Samples, notes: list[str]) -> None:
    """Adds samples of everything."""
    passes = max(1, size.rounds * PASSES // 300)
    click.echo(f"visca: {passes} times through the codec, {size.drive:g} s of driving", err=True)
    code_all(passes, samples)
    notes.append(drive(size.drive, samples))
    trio.run(through, max(5, size.rounds), samples)


def code_all(passes: int, samples: Samples) -> None:
    """A joystick's commands, both ways; a sample is the time of a frame, the mean of a pass. The first is no sample."""
    messages = joystick_commands()
    line = b"".join(encode_frame(encode(message), sender=0, receiver=1) for message in messages)
    if decode(line) != messages:
        raise RuntimeError("what was encoded is not what is decoded")
    ways: dict[str, Callable[[], object]] = {
        "visca_decode": lambda: decode(line),
        "visca_encode": lambda: [encode_frame(encode(message), sender=0, receiver=1) for message in messages],
    }
    for number in range(passes + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if number:
                samples.setdefault(name, []).append((time.perf_counter() - began) / len(messages))


def decode(line: bytes) -> list[Message | None]:
    """Bytes as they come from a line, eight at a time, as commands."""
    framer = Framer()
    found: list[Message | None] = []
    for start in range(0, len(line), 8):
        found += [COMMANDS.decode(whole[1:-1]) for whole in framer.feed(line[start : start + 8])]
    return found


def joystick_commands() -> list[Message]:
    """Mostly drives at all speeds, zoom, now and then a place; the same in every run."""
    chance = random.Random(1)
    kinds: list[Callable[[], Message]] = [
        *3 * [lambda: visca.PanTiltDrive(chance.randint(1, 24), chance.randint(1, 20), visca.Pan.LEFT, visca.Tilt.UP)],
        lambda: visca.PanTiltDrive(1, 1, visca.Pan.STOP, visca.Tilt.STOP),
        lambda: visca.ZoomTeleVariable(chance.randint(0, 7)),
        visca.ZoomStop,
        lambda: visca.PanTiltAbsolute(10, 10, chance.randint(-2000, 2000), chance.randint(-300, 1200)),
    ]
    return [chance.choice(kinds)() for _ in range(FRAMES)]


def drive(seconds: float, samples: Samples) -> str:
    """Drives a camera over a line of 9600 baud; adds how long each stop waited, tells how many drives arrived."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()  # else it would not be the end of the pipe when the process fails, and we should wait for ever
    try:
        asked, stopped = trio.run(drive_and_stop, received(ours), seconds)
        carried = told(ours)
        process.join(patience(SLOWEST))
    finally:
        process.kill()
    samples.setdefault("visca_stop_wait", []).extend(began - at for at, began in matched(stopped, carried))
    drives = sum(moves(one.frame) and not stops(one.frame) for one in carried)
    return f"driven for {seconds:g} s at {RATE} a second: {drives} of {asked} drives on the line, {len(stopped)} stops"


async def drive_and_stop(port: str, seconds: float) -> tuple[int, list[float]]:
    """28 drives a second, a stop at any moment after every eighth; how many drives, and when each stop was asked."""
    camera = DrivenCamera(partial(open_serial, SerialConfig(port=port)), EVI_D70, chained=True)
    asked, stopped = 0, []
    async with trio.open_nursery() as nursery:
        await nursery.start(camera.run)
        await trio.sleep(0.5)  # the line is set up
        began = trio.current_time()
        while trio.current_time() < began + seconds:
            camera.drive(Drive(pan=1, tilt=-1, pan_speed=0.1 + asked % 9 / 10, tilt_speed=0.5))
            asked += 1
            if asked % 8 == 0:
                await trio.sleep(random.uniform(0, 0.9 / RATE))
                stopped.append(time.perf_counter())
                camera.drive(HALT)
            await trio.sleep_until(began + asked / RATE)
        await trio.sleep(0.2)  # the last stop is on the line
        nursery.cancel_scope.cancel()
    return asked, stopped


async def through(rounds: int, samples: Samples) -> None:
    """A joystick's drive on one line until the camera's line has it: camera role, chained camera, controller role."""
    with VirtualSerial() as stick, VirtualSerial() as line:
        driven = DrivenCamera(partial(open_serial, SerialConfig(port=line.path)), EVI_D70)
        camera = ChainedCamera(2, Position, lambda action: driven.drive(cast("Drive", action)), SharedState())
        role = ViscaCamera(SerialConfig(port=stick.path), Position, chained_cameras=[camera])
        async with trio.open_nursery() as nursery:
            await nursery.start(driven.run)
            await nursery.start(role.run, lambda _action: None)
            for number in range(rounds):
                await _quiet(line)
                speed = number % 20 + 1
                began = time.perf_counter()
                stick.write(bytes((0x82, 1, 6, 1, speed, speed, 1, 3, 0xFF)))
                while not any(moves(frame) and not stops(frame) for frame in frames(await _said(line))):
                    pass
                samples.setdefault("visca_to_camera", []).append(time.perf_counter() - began)
            nursery.cancel_scope.cancel()


async def _said(line: VirtualSerial) -> bytes:
    """What the camera's line carries, as soon as anything comes; it is acknowledged."""
    with trio.fail_after(patience(SLOWEST)):
        await trio.lowlevel.wait_readable(cast("int", line.far_end))
    said = line.read()
    line.write((ACK + COMPLETION) * said.count(0xFF))
    return said


async def _quiet(line: VirtualSerial) -> None:
    """Waits until nothing is left to be said."""
    with trio.fail_after(patience(SLOWEST)):
        while True:
            with trio.move_on_after(0.02) as waiting:
                await _said(line)
            if waiting.cancelled_caught:
                return


def told(pipe: Connection) -> list[Carried]:
    """What the line carried, from the process that ends now."""
    pipe.send(None)
    carried: list[Carried] = received(pipe)
    return carried


def received(pipe: Connection) -> Any:  # what the other end sends
    """What comes through the pipe, in time."""
    if not pipe.poll(patience(SLOWEST)):
        raise RuntimeError("the line says nothing")
    return pipe.recv()


def matched(stopped: list[float], carried: list[Carried]) -> list[tuple[float, float]]:
    """When each stop was asked for, and when the first bit of the next stop was on the line."""
    halts = [one.began for one in carried if stops(one.frame)]
    return [(at, next(began for began in halts if began >= at)) for at in stopped]


def moves(whole: bytes) -> bool:
    """Whether it is a pan-tilt drive."""
    return len(whole) == PAN_TILT_BYTES and whole[1:4] == bytes.fromhex("01 06 01")


def stops(whole: bytes) -> bool:
    """Whether it is one that stops."""
    return moves(whole) and whole[6:8] == bytes.fromhex("03 03")
