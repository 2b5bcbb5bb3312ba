"""The joystick on a real pseudo-terminal, from bytes to actions and back."""

import math
from collections.abc import AsyncIterator
from contextlib import nullcontext

import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from drivers.errors import DeviceLost, DeviceMissing
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.camera.role import LOOK_AGAIN
from drivers.visca.config import SerialConfig
from drivers.visca.model.actions import Action, Drive, DriveTo, Home
from drivers.visca.model.profile import Position
from drivers.visca.virtual.fake import VirtualSerial
from tests.virtual_time import real, still_clock

LEFT = bytes.fromhex("81 01 06 01 18 14 01 03 FF")
STOP = bytes.fromhex("81 01 06 01 18 14 03 03 FF")
HOME = bytes.fromhex("81 01 06 04 FF")
FAR_LEFT = bytes.fromhex("81 01 06 02 18 14 0F 07 02 05 0F 0E 07 00 FF")
ACK, COMPLETION = bytes.fromhex("90 41 FF"), bytes.fromhex("90 51 FF")
DONE = ACK + COMPLETION
GOES_LEFT, STOPS = Drive(-1, 0, None, 1.0, 1.0), Drive(0, 0, None, 1.0, 1.0)


class Room:
    """A joystick, the camera it sees, and what the camera was asked to do."""

    def __init__(self, line: VirtualSerial) -> None:
        self.line = line
        self.position = Position(0.5, 0.25, 0.0)
        self.camera = ViscaCamera(SerialConfig(port=line.path), lambda: self.position)
        self._send, self._receive = trio.open_memory_channel[Action](100)

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        await self.camera.run(self._send.send_nowait, task_status=task_status)

    async def action(self) -> Action:
        with trio.fail_after(real(30)):
            return await self._receive.receive()

    def no_action(self) -> bool:
        return self._receive.statistics().current_buffer_used == 0

    async def hear(self, expected: bytes) -> None:
        """Reads what the camera answers until it is as long as expected."""
        heard = b""
        with trio.fail_after(real(30)):
            while len(heard) < len(expected):
                await trio.lowlevel.wait_readable(self.far_end)
                heard += self.line.read()
        assert heard == expected

    @property
    def far_end(self) -> int:
        assert self.line._ends
        return self.line._ends[0]


@pytest.fixture
async def room(line: VirtualSerial) -> AsyncIterator[Room]:
    room = Room(line)
    async with trio.open_nursery() as nursery:
        await nursery.start(room.run)
        yield room
        nursery.cancel_scope.cancel()


class ClosingPort:
    """A line that says one thing after the other, and is then gone."""

    def __init__(self, *reads: bytes) -> None:
        self._reads = list(reads)
        self.deadlines: list[float] = []

    async def receive(self, deadline: float) -> bytes:
        self.deadlines.append(deadline - trio.current_time())
        if not self._reads:
            raise DeviceLost("gone")
        return self._reads.pop(0)

    def send(self, data: bytes) -> bool:
        return True


async def test_it_looks_at_the_camera_only_while_a_move_is_under_way(autojump_clock: MockClock) -> None:
    port = ClosingPort(LEFT, FAR_LEFT)
    camera = ViscaCamera(
        SerialConfig(port="/dev/ttyUSB0"), lambda: Position(0.5, 0.25, 0.0), open_port=lambda _: nullcontext(port)
    )
    with pytest.raises(DeviceLost):
        await camera.run(lambda _: None)
    assert port.deadlines == [math.inf, math.inf, pytest.approx(LOOK_AGAIN)]


async def test_a_stick_pushed_and_let_go(room: Room, clock: MockClock) -> None:
    room.line.write(LEFT)
    assert await room.action() == GOES_LEFT
    await room.hear(DONE)
    room.line.write(STOP)
    assert await room.action() == STOPS
    await room.hear(DONE)


async def test_one_byte_at_a_time(room: Room, clock: MockClock) -> None:
    for byte in LEFT[:-1]:
        room.line.write(bytes([byte]))
        await trio.testing.wait_all_tasks_blocked(0.001)
    assert room.no_action()
    room.line.write(LEFT[-1:])
    assert await room.action() == GOES_LEFT
    await room.hear(DONE)


async def test_two_commands_in_one_segment(room: Room, clock: MockClock) -> None:
    room.line.write(LEFT + STOP + HOME)
    assert [await room.action() for _ in range(3)] == [GOES_LEFT, STOPS, Home()]
    await room.hear(DONE * 2 + ACK)  # home is done when the camera is there


async def test_garbage_is_dropped_and_said_once(room: Room, clock: MockClock) -> None:
    with capture_logs() as logs:
        for _ in range(3):
            room.line.write(b"\x00\x01garbage\xff" + b"\x81" + bytes(40) + b"\xff" + STOP)
            assert await room.action() == STOPS
            await room.hear(DONE)
    assert [log["event"] for log in logs] == ["serial_line_garbage"]


async def test_what_is_not_understood_is_answered_and_said_once(room: Room, clock: MockClock) -> None:
    with capture_logs() as logs:
        for _ in range(3):
            room.line.write(bytes.fromhex("81 01 7E 01 18 02 FF"))
            await room.hear(bytes.fromhex("90 60 02 FF"))
    assert len(logs) == 1
    assert room.no_action()


async def test_a_move_is_completed_when_the_camera_is_there(room: Room, clock: MockClock) -> None:
    room.line.write(FAR_LEFT)
    assert await room.action() == DriveTo(0.0, 0.0)
    await room.hear(ACK)
    start = trio.current_time()
    room.position = Position(0.0, 0.0, 0.0)
    await room.hear(COMPLETION)
    assert trio.current_time() - start <= 0.1


async def test_a_move_that_leads_elsewhere_ends_in_time(room: Room, clock: MockClock) -> None:
    room.line.write(FAR_LEFT)
    await room.hear(ACK)
    start = trio.current_time()
    room.position = Position(0.4, 0.25, 0.0)
    await room.hear(COMPLETION)
    assert trio.current_time() - start == pytest.approx(2.0, abs=0.2)


async def test_a_camera_that_is_switched_on_says_so_once(line: VirtualSerial, clock: MockClock) -> None:
    camera = ViscaCamera(SerialConfig(port=line.path, address=3), Position, announces=True)
    for heard in (bytes.fromhex("B0 38 FF"), b""):
        async with trio.open_nursery() as nursery:
            await nursery.start(camera.run, lambda _action: None)
            assert line.read() == heard
            nursery.cancel_scope.cancel()


async def test_a_move_is_waited_for_while_the_stick_is_busy(room: Room, clock: MockClock) -> None:
    room.line.write(FAR_LEFT)
    await room.hear(ACK)
    room.position = Position(0.0, 0.0, 0.0)
    room.line.write(bytes.fromhex("81 09 04 00 FF"))
    await room.hear(bytes.fromhex("90 50 02 FF") + COMPLETION)


@pytest.fixture
def still() -> MockClock:
    return still_clock()


async def test_a_controller_that_never_reads_is_heard_all_the_same(room: Room, still: MockClock) -> None:
    for _ in range(2_000):  # far more replies than the line holds
        room.line.write(LEFT)
        assert await room.action() == GOES_LEFT
    room.line.write(STOP)
    start = trio.current_time()
    assert await room.action() == STOPS
    assert trio.current_time() == start


async def test_the_action_comes_before_the_answer(line: VirtualSerial, clock: MockClock) -> None:
    seen = []
    camera = ViscaCamera(SerialConfig(port=line.path), Position)
    async with trio.open_nursery() as nursery:

        def emit(_action: Action) -> None:
            seen.append(line.read())
            nursery.cancel_scope.cancel()

        await nursery.start(camera.run, emit)
        line.write(LEFT)
    assert seen == [b""]


async def test_a_line_that_is_pulled_while_moving_is_lost_and_comes_back(line: VirtualSerial, clock: MockClock) -> None:
    room = Room(line)
    with trio.fail_after(60):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(lost, room)
            await trio.testing.wait_all_tasks_blocked()
            line.write(bytes.fromhex("88 30 03 FF 83 01 06 01 18 14 01 03 FF"))
            assert await room.action() == GOES_LEFT
            line.unplug()
        with pytest.raises(DeviceMissing, match="no such device"):
            await room.run()
        line.plug()
        async with trio.open_nursery() as nursery:
            await nursery.start(room.run)
            line.write(bytes.fromhex("83 01 06 04 FF"))  # the address it was given before
            assert await room.action() == Home()
            await room.hear(bytes.fromhex("B0 41 FF"))
            nursery.cancel_scope.cancel()


async def lost(room: Room) -> None:
    with pytest.raises(DeviceLost):
        await room.run()


async def test_what_emit_raises_ends_the_run_and_closes_the_line(line: VirtualSerial, clock: MockClock) -> None:
    def emit(_action: Action) -> None:
        raise LookupError("full")

    with pytest.RaisesGroup(LookupError):
        async with trio.open_nursery() as nursery:
            await nursery.start(ViscaCamera(SerialConfig(port=line.path), Position).run, emit)
            line.write(HOME)
    room = Room(line)
    async with trio.open_nursery() as nursery:
        await nursery.start(room.run)  # not "in use"
        nursery.cancel_scope.cancel()
