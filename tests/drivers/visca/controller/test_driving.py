"""Our controller drives our camera: every way in which real cameras are awkward, then every kind of line."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from typing import Any

import pytest
import trio
from trio.testing import MockClock

from drivers.errors import DeviceLost, DeviceMissing
from drivers.visca.camera.camera import Camera
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.config import SerialConfig
from drivers.visca.controller.controller import Controller
from drivers.visca.controller.driven import DrivenCamera, OpenLine, open_serial
from drivers.visca.controller.exchange import Heard, Outcome
from drivers.visca.line.address import NetworkAddress
from drivers.visca.line.network_port import open_network
from drivers.visca.model.actions import Drive, DriveTo
from drivers.visca.model.models import EVI_D70
from drivers.visca.virtual.emulator import FarEnd, Head
from drivers.visca.virtual.fake import VirtualSerial
from drivers.visca.wire.inquiries import PanTiltInquiry
from tests.drivers.visca.carried import CarriedSerial
from tests.drivers.visca.network import HOST
from tests.drivers.visca.network import Camera as NetworkCamera
from tests.some import some
from tests.virtual_time import passes, real

GO_LEFT, HALT = Drive(pan=-1, tilt=0, pan_speed=1.0), Drive(pan=0, tilt=0)
NETWORK_CHANGE = bytes.fromhex("90 38 FF")

Quirk = Callable[[bytes, int], bytes]  # a frame that the camera sends, and its number → what arrives


def kind(reply: bytes) -> int:
    return reply[1] >> 4 if reply[0] & 0x80 and reply[0] != 0x88 else 0


def without(which: int) -> Quirk:
    return lambda reply, _number: b"" if kind(reply) == which else reply


def in_socket_0(which: int) -> Quirk:
    return lambda reply, _number: (
        bytes((reply[0], which << 4, 0xFF)) if kind(reply) == which and len(reply) == 3 else reply
    )


def cisco(reply: bytes, number: int) -> bytes:
    return in_socket_0(5)(without(4)(reply, number) or b"\0", number).removeprefix(b"\0")


QUIRKS: dict[str, Quirk] = {
    "none": lambda reply, _number: reply,
    "acknowledges and never completes": without(5),
    "completes and never acknowledges": without(4),
    "completes in socket 0 and never acknowledges": cisco,
    "acknowledges in socket 0": in_socket_0(4),
    "never answers": lambda _reply, _number: b"",
    "loses every other reply": lambda reply, number: reply if number % 2 else b"",
    "loses two of three replies": lambda reply, number: b"" if number % 3 else reply,
    "answers from another address": lambda reply, _number: b"\xa0" + reply[1:] if reply[0] == 0x90 else reply,
    "announces network changes all the time": lambda reply, _number: NETWORK_CHANGE + reply,
    "sends errors too short": lambda reply, number: bytes.fromhex("90 60 FF") if number % 3 == 0 else reply,
    "sends syntax errors for acknowledgements": lambda reply, n: (
        b"\x90\x60\x02\xff" if kind(reply) == 4 and n % 2 else reply
    ),
    "says that its buffer is full": lambda reply, n: b"\x90\x60\x03\xff" if kind(reply) == 4 and n % 3 else reply,
    "answers twice": lambda reply, _number: reply + reply,
    "sends noise": lambda reply, _number: b"\x00\x7f\x12" + reply + b"\x33\xff",
}


class Wire:
    """A controller and a camera with a wire between them that carries something every ten milliseconds."""

    def __init__(self, quirk: Quirk = QUIRKS["none"], *, echo: bool = False, loses: int = 0) -> None:
        self.now = 0.0
        self.head = Head(lambda: self.now)
        self.camera = Camera(3, self.head.position, clock=lambda: self.now)
        self.controller = Controller(EVI_D70, clock=lambda: self.now)
        self._quirk, self._echo, self._loses = quirk, echo, loses
        self._replies = self._commands = 0

    def runs(self, seconds: float, *, wanted: bool = False) -> None:
        end = self.now + seconds
        while self.now < end:
            if wanted:
                self.controller.stay()
            self._carry()
            self.now += 0.01

    def _carry(self) -> None:
        replies = bytearray()
        for command in split(self.controller.due()):
            self._commands += 1
            if self._loses and self._commands % self._loses == 0:
                continue
            replies += command if self._echo else b""
            said, actions = self.camera.feed(command)
            for action in actions:
                self.head.act(action)
            replies += said
        for reply in split(bytes(replies) + self.camera.check()):
            self._replies += 1
            self.controller.feed(self._quirk(reply, self._replies))

    def rests(self) -> bool:
        before = self.head.position()
        self.runs(0.2)
        return self.head.position() == before


def split(data: bytes) -> list[bytes]:
    return [frame + b"\xff" for frame in data.split(b"\xff")[:-1]]


def drive_and_let_go(wire: Wire) -> None:
    wire.controller.connected()
    wire.runs(3.0)
    wire.controller.drive(GO_LEFT)
    wire.runs(1.0, wanted=True)
    assert some(wire.head.position().pan) < 0.4
    wire.controller.drive(HALT)
    wire.runs(1.5)
    assert wire.rests()
    assert wire.head.position().pan > 0.1  # type: ignore[operator]  # it did not run to the end


@pytest.mark.parametrize("quirk", QUIRKS.values(), ids=QUIRKS)
def test_an_awkward_camera_moves_and_stops(quirk: Quirk) -> None:
    drive_and_let_go(Wire(quirk))


@pytest.mark.parametrize("quirk", QUIRKS.values(), ids=QUIRKS)
def test_an_awkward_camera_stops_when_nobody_wants_it_to_move_any_more(quirk: Quirk) -> None:
    wire = Wire(quirk)
    wire.controller.connected()
    wire.runs(3.0)
    wire.controller.drive(GO_LEFT)
    wire.runs(2.5)
    assert wire.rests()
    assert wire.head.position().pan > 0.1  # type: ignore[operator]  # as above


def test_a_line_with_an_echo() -> None:
    drive_and_let_go(Wire(echo=True))


@pytest.mark.parametrize("every", [2, 3, 5])
def test_a_line_that_loses_commands(every: int) -> None:
    drive_and_let_go(Wire(loses=every))


def test_a_camera_that_was_switched_off_and_forgot_its_address() -> None:
    wire = Wire()
    wire.controller.connected()
    wire.runs(3.0)
    wire.camera = Camera(5, wire.head.position, clock=lambda: wire.now)
    wire.controller.feed(NETWORK_CHANGE)
    wire.runs(1.0)
    drive = wire.controller
    drive.drive(GO_LEFT)
    wire.runs(0.5, wanted=True)
    assert wire.camera.address == 1
    assert wire.head.position().pan < 0.5  # type: ignore[operator]  # as above


def test_a_minute_of_drives_at_the_pace_of_a_joystick_keeps_up() -> None:
    wire = Wire()
    wire.controller.connected()
    wire.runs(1.0)
    for number in range(28 * 60):
        wire.controller.drive(Drive(pan=1 if number % 2 else -1, tilt=0))
        wire.runs(1 / 28)
    wire.controller.drive(HALT)
    stopped_at = wire.now
    wire.runs(0.02)
    assert wire.rests()
    assert stopped_at == pytest.approx(wire.now, abs=0.3)


# real lines


@asynccontextmanager
async def serial_camera() -> AsyncIterator[tuple[Head, OpenLine, VirtualSerial | None]]:
    head = Head(trio.current_time)
    with CarriedSerial() as line:
        config = SerialConfig(port=line.path)
        camera = ViscaCamera(config, head.position, open_port=lambda _config: nullcontext(FarEnd(line)))
        async with trio.open_nursery() as nursery:
            await nursery.start(camera.run, head.act)
            yield head, lambda: open_serial(config), line
            nursery.cancel_scope.cancel()


@asynccontextmanager
async def network_camera(transport: str) -> AsyncIterator[tuple[Head, OpenLine, None]]:
    camera = NetworkCamera(transport)
    head = Head(trio.current_time)
    camera.role = type(camera.role)(camera.role._config, head.position)
    async with trio.open_nursery() as nursery:
        await nursery.start(camera.role.run, head.act)
        yield head, lambda: open_network(NetworkAddress(transport, HOST, camera.port)), None  # type: ignore[arg-type]
        nursery.cancel_scope.cancel()


Line = Callable[[], AbstractAsyncContextManager[Any]]
LINES: dict[str, Line] = {
    "serial": serial_camera,
    **{name: partial(network_camera, name) for name in ("tcp", "udp", "sony-udp")},
}


@pytest.fixture
def clock() -> MockClock:
    return MockClock(autojump_threshold=real(0.06))


@pytest.mark.parametrize("line", LINES)
async def test_a_camera_is_moved_asked_and_stopped_over(line: str, clock: MockClock) -> None:
    answers: list[Heard] = []
    async with LINES[line]() as (head, opens, _):
        camera = DrivenCamera(opens, EVI_D70, chained=line == "serial", heard=answers.append)
        async with trio.open_nursery() as nursery:
            await nursery.start(camera.run)
            await passes(1.0)
            camera.drive(GO_LEFT)
            await passes(0.5)
            camera.drive(HALT)
            await passes(0.5)
            assert 0.3 < head.position().pan < 0.45
            assert camera.go(DriveTo(0.5, 1.0))
            await passes(3.0)
            assert head.position().tilt == 1.0
            camera.send(PanTiltInquiry())
            await passes(0.5)
            answered = [heard.body for heard in answers if heard.outcome is Outcome.ANSWERED]
            assert answered == [bytes.fromhex("50 00 00 00 00 00 04 0B 00")]
            assert not camera.controller.one_way
            nursery.cancel_scope.cancel()


@pytest.mark.parametrize("line", LINES)
async def test_the_last_word_is_stop_over(line: str, clock: MockClock) -> None:
    async with LINES[line]() as (head, opens, _):
        camera = DrivenCamera(opens, EVI_D70, chained=line == "serial")
        async with trio.open_nursery() as nursery:
            await nursery.start(camera.run)
            await passes(1.0)
            camera.drive(GO_LEFT)
            await passes(0.2)
            nursery.cancel_scope.cancel()
        await passes(0.2)
        before = head.position()
        await passes(0.5)
        assert head.position() == before


async def test_a_line_that_goes_is_lost_and_comes_back(clock: MockClock) -> None:
    with CarriedSerial() as line:
        camera = DrivenCamera(lambda: open_serial(SerialConfig(port=line.path)), EVI_D70, chained=True)
        with pytest.RaisesGroup(DeviceLost):
            async with trio.open_nursery() as nursery:
                await nursery.start(camera.run)
                camera.drive(GO_LEFT)
                line.unplug()
        line.plug()
        async with trio.open_nursery() as nursery:
            await nursery.start(camera.run)
            assert line.read().startswith(bytes.fromhex("81 01 06 01 01 01 03 03 FF"))
            nursery.cancel_scope.cancel()


async def test_a_camera_that_is_not_there_is_missing(clock: MockClock) -> None:
    camera = DrivenCamera(lambda: open_network(NetworkAddress("tcp", HOST, 1)), EVI_D70)
    with pytest.raises(DeviceMissing, match=r"127\.0\.0\.2:1: Connection refused"):
        await camera.run()


async def test_a_port_that_nobody_listens_on_is_lost(clock: MockClock) -> None:
    camera = DrivenCamera(lambda: open_network(NetworkAddress("udp", HOST, 1)), EVI_D70)
    with trio.fail_after(real(10)), pytest.raises(DeviceLost, match="Connection refused"):
        await camera.run()


async def test_what_is_asked_while_the_line_is_gone_is_not_done_later(clock: MockClock) -> None:
    async with serial_camera() as (head, opens, _):
        camera = DrivenCamera(opens, EVI_D70, chained=True)
        camera.drive(GO_LEFT)
        async with trio.open_nursery() as nursery:
            await nursery.start(camera.run)
            await passes(2.0)
            nursery.cancel_scope.cancel()
        assert head.position().pan == 0.5
