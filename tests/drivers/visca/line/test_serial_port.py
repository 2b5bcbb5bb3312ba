import errno
import os
import select
import termios
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
import serial
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from drivers.errors import DeviceLost, DeviceMissing
from drivers.visca.config import SerialConfig
from drivers.visca.line.serial_port import SerialPort
from drivers.visca.virtual.fake import VirtualSerial
from tests.some import some
from tests.virtual_time import passes, real


def port(line: VirtualSerial) -> SerialPort:
    return SerialPort(SerialConfig(port=line.path))


class TestConfig:
    def test_what_may_be_left_out(self) -> None:
        config = msgspec.convert({"port": "/dev/ttyUSB0"}, SerialConfig)
        assert (config.baud, config.address) == (9600, 1)

    @pytest.mark.parametrize(
        "wrong",
        [
            {},
            {"port": ""},
            {"port": "x", "baud": 9601},
            {"port": "x", "address": 0},
            {"port": "x", "address": 8},
            {"x": 1},
        ],
    )
    def test_what_is_wrong(self, wrong: dict[str, object]) -> None:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, SerialConfig)


class TestOpening:
    def test_the_line_is_configured(self, line: VirtualSerial) -> None:
        with SerialPort(SerialConfig(port=line.path, baud=38400)):
            near = os.open(line.path, os.O_RDWR | os.O_NOCTTY)
            mode = termios.tcgetattr(near)
            os.close(near)
        assert mode[4] == mode[5] == termios.B38400
        assert mode[2] & termios.CSIZE == termios.CS8
        assert not mode[2] & (termios.PARENB | termios.CSTOPB | termios.CRTSCTS)
        assert not mode[0] & (termios.IXON | termios.IXOFF)

    @pytest.mark.parametrize(
        ("path", "why"),
        [("/dev/serial/by-id/none", "no such device"), ("/dev/null", "not a serial line"), ("/", "s a directory")],
    )
    def test_what_is_no_line(self, path: str, why: str) -> None:
        with pytest.raises(DeviceMissing, match=f"serial line {path}: .*{why}"):
            SerialPort(SerialConfig(port=path))

    def test_a_file_is_no_line(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.touch()
        with pytest.raises(DeviceMissing, match="not a serial line"):
            SerialPort(SerialConfig(port=str(file)))

    def test_a_line_is_ours_alone(self, line: VirtualSerial) -> None:
        with port(line), pytest.raises(DeviceMissing, match="in use by another program"):
            port(line)
        port(line).__exit__(None, None, None)

    def test_a_line_that_we_may_not_open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # not tried for real: root may open everything
        def refuse(*_: object, **__: object) -> None:
            raise serial.SerialException(errno.EACCES, "could not open port: Permission denied")

        monkeypatch.setattr(serial, "Serial", refuse)
        with pytest.raises(DeviceMissing, match=r"permission denied; .*\(dialout\)"):
            SerialPort(SerialConfig(port="/dev/ttyUSB0"))

    async def test_what_was_said_before_is_not_heard(self, line: VirtualSerial, clock: MockClock) -> None:
        line.write(b"old")
        with port(line) as opened:
            line.write(b"new")
            assert await opened.receive() == b"new"


class TestReceiving:
    async def test_what_has_come(self, line: VirtualSerial, clock: MockClock) -> None:
        with port(line) as opened:
            line.write(b"one")
            line.write(b"two")
            assert await opened.receive() == b"onetwo"

    async def test_nothing_at_the_deadline(self, line: VirtualSerial, clock: MockClock) -> None:
        with port(line) as opened:
            start = trio.current_time()
            assert await opened.receive(start + 30) == b""
            assert trio.current_time() == pytest.approx(start + 30)

    async def test_an_empty_wake_up_is_no_loss(self, line: VirtualSerial, clock: MockClock) -> None:
        with port(line) as opened:
            assert opened._read() is None

    async def test_the_line_is_lost(self, line: VirtualSerial, clock: MockClock) -> None:
        with port(line) as opened, trio.fail_after(real(10)):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_unplug_later, line)
                with pytest.raises(DeviceLost, match=f"serial line {line.path}"):
                    await opened.receive()


async def _unplug_later(line: VirtualSerial) -> None:
    await passes(1)
    line.unplug()


class TestSending:
    def test_what_is_sent_arrives(self, line: VirtualSerial) -> None:
        with port(line) as opened:
            assert opened.send(b"\x90\x41\xff")
            assert line.read() == b"\x90\x41\xff"

    def test_a_lost_line_says_so(self, line: VirtualSerial) -> None:
        with port(line) as opened:
            line.unplug()
            with pytest.raises(DeviceLost, match="Input/output error"):
                opened.send(b"x")

    def test_whole_replies_are_dropped_where_nobody_reads_and_said_once(self, line: VirtualSerial) -> None:
        reply = bytes(range(16))
        with port(line) as opened, capture_logs() as logs:
            taken = sum(opened.send(reply) for _ in range(10_000))
            assert 0 < taken < 10_000
            heard = b""
            while len(heard) <= (taken + 10) * len(reply):
                opened.send(reply)
                heard += line.read()
        assert heard == (reply * len(heard))[: len(heard)]
        levels = [log["log_level"] for log in logs]
        assert levels[:2] == ["warning", "info"]
        assert all(one != next_one for one, next_one in pairwise(levels))  # a change, never the same again

    def test_the_last_word_is_not_taken_back(self, line: VirtualSerial) -> None:
        for _ in range(50):
            with port(line) as opened:
                opened.send(b"\x81\x01\x04\x07\x00\xff")
        heard = b""
        while len(heard) < 50 * 6 and select.select([some(line.far_end)], [], [], 1)[0]:
            heard += line.read()
        assert heard.count(b"\xff") == 50

    async def test_what_is_sent_is_out_before_the_line_is_closed(self, line: VirtualSerial, clock: MockClock) -> None:
        with port(line) as opened:
            waiting = iter([9, 4, 0])
            opened._line = Waiting(opened._line, waiting)  # type: ignore[assignment]  # what a slow line says
            with trio.fail_after(real(1)):
                await opened.drain()
            assert list(waiting) == []


class Waiting:
    """A line of which some bytes are not out yet."""

    def __init__(self, line: serial.Serial, waiting: Iterator[int]) -> None:
        self._line = line
        self._waiting = waiting

    @property
    def out_waiting(self) -> int:
        return next(self._waiting, 0)

    def close(self) -> None:
        self._line.close()
