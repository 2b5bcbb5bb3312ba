"""What is typed, on a real terminal and on what is none."""

import os
import pty
from pathlib import Path

import trio
from trio.testing import MockClock

from appliance.cli.console import Console
from tests.virtual_time import real


async def test_lines_are_heard_from_a_terminal_as_they_are_entered() -> None:
    far, near = pty.openpty()
    console = Console(near)
    with trio.fail_after(real(5)):
        os.write(far, b"y\n\nno")
        assert await console.enter() == "y"
        assert await console.enter() == ""
        os.write(far, b"t yet\n")
        assert await console.enter() == "not yet"
    os.close(far)
    os.close(near)


async def test_from_what_is_no_terminal_nothing_is_ever_heard(tmp_path: Path, autojump_clock: MockClock) -> None:
    (tmp_path / "file").write_text("y\n")
    reader, writer = os.pipe()
    os.close(writer)
    for fd in (os.open(tmp_path / "file", os.O_RDONLY), os.open("/dev/null", os.O_RDONLY), reader):
        with trio.move_on_after(1) as scope:
            await Console(fd).enter()
        assert scope.cancelled_caught
        os.close(fd)


def test_what_is_said_is_said() -> None:
    said: list[str] = []
    Console(say=said.append).say("Press mute")
    assert said == ["Press mute"]
