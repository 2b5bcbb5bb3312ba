import os
from pathlib import Path

from drivers.visca.virtual.fake import VirtualSerial


def test_the_driver_and_the_far_end_hear_each_other(line: VirtualSerial) -> None:
    near = os.open(line.path, os.O_RDWR | os.O_NOCTTY)
    try:
        assert line.write(b"\x81\x01\x0a\x0d\xff") == 5
        assert os.read(near, 100) == b"\x81\x01\x0a\x0d\xff"  # raw: nothing is translated, nothing waits for a line
        os.write(near, b"\x90\x0a\xff")
        assert line.read() == b"\x90\x0a\xff"
        assert line.read() == b""
    finally:
        os.close(near)


def test_a_line_that_is_out_is_not_there_and_takes_nothing(line: VirtualSerial) -> None:
    line.unplug()
    line.unplug()
    assert not line.plugged
    assert not Path(line.path).exists()
    assert (line.write(b"x"), line.read()) == (0, b"")


def test_a_line_that_is_plugged_in_again_has_the_same_path(line: VirtualSerial) -> None:
    path = line.path
    line.unplug()
    line.plug()
    line.plug()
    assert line.plugged
    assert line.path == path
    assert Path(path).is_char_device()


def test_a_far_end_that_nobody_hears_never_blocks() -> None:
    with VirtualSerial() as line:
        assert sum(line.write(bytes(1024)) for _ in range(1000)) < 1024 * 1000


def test_nothing_is_left_behind() -> None:
    with VirtualSerial() as line:
        folder = Path(line.path).parent
    assert not folder.exists()
