"""`offhook devices record` and `probe` as commands: sysfs made of files, a device that is a named pipe, a terminal."""

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.speakerphone.recording import read
from tests.drivers.speakerphone import descriptors as hid
from tests.drivers.speakerphone.test_device import Sys

RUN = """\
import sys
from pathlib import Path
from drivers.speakerphone import device
device.HIDRAW, device.DEV = Path(sys.argv.pop(1)), Path(sys.argv.pop(1))
device.locate.__defaults__ = device.HIDRAW, device.DEV
from appliance.cli.main import main
main()
"""

PATIENCE = 90.0  # seconds


class Offhook:
    """The command on a terminal of its own, with a machine made of files."""

    def __init__(self, sys_: Sys, *words: str) -> None:
        self._far, near = pty.openpty()
        command = [sys.executable, "-c", RUN, str(sys_.hidraw), str(sys_.dev), "devices", *words]
        self.process = subprocess.Popen(
            command, stdin=near, stdout=near, stderr=subprocess.STDOUT, start_new_session=True
        )
        os.close(near)
        self.text = ""

    def until(self, word: str) -> None:
        while word not in self.text:
            self._read()

    def type(self, text: str) -> None:
        self.text = ""
        os.write(self._far, text.encode())

    def rest(self) -> str:
        try:
            while True:
                self._read()
        except OSError:  # the other end is closed
            os.close(self._far)
        return self.text

    def _read(self) -> None:
        """Reads what comes next; a command that says nothing for so long has hung."""
        assert select.select([self._far], [], [], PATIENCE)[0], f"nothing more after {self.text[-200:]!r}"
        self.text += os.read(self._far, 4096).decode()


@pytest.fixture
def machine(tmp_path: Path) -> Sys:
    sys_ = Sys(tmp_path)
    sys_.plug(0, hid.LOGITECH_LIKE, "Group", "0000046D:00000857", port="1-1.2")
    return sys_


@pytest.fixture
def lamps(machine: Sys) -> Iterator[int]:
    """The far end of the pipe; it shows what the lamps were set to, where the command has not read it itself."""
    fd = os.open(machine.dev / "hidraw0", os.O_RDONLY | os.O_NONBLOCK)
    yield fd
    os.close(fd)


def test_each_lamp_is_asked_for_and_told(machine: Sys) -> None:
    command = Offhook(machine, "probe", "1-1.2")
    for lamp, answer in (("off hook", "y"), ("ring", "n"), ("mute", "")):
        command.until(f"the lamp for {lamp}")
        command.type(f"{answer}\n")
    told = command.rest()
    assert command.process.wait(10) == 0
    assert [line.split(None, 1) for line in told.replace("off hook", "off_hook").splitlines()[-3:]] == [
        ["off_hook", "lit"],
        ["ring", "DARK"],
        ["mute", "not sure"],
    ]


def test_an_interrupted_probe_ends_with_dark_lamps(machine: Sys, lamps: int) -> None:
    command = Offhook(machine, "probe")
    command.until("the lamp for off hook")
    command.process.send_signal(signal.SIGINT)
    command.rest()
    assert command.process.wait(10) == 1
    sent = os.read(lamps, 100)
    assert sent.endswith(b"\x00\x00")  # id 0, no lamp


def test_an_interrupted_recording_keeps_what_it_has_and_is_never_written_over(machine: Sys, tmp_path: Path) -> None:
    path = tmp_path / "group.jsonl"
    command = Offhook(machine, "record", "046d:0857", "--to", str(path))
    command.until("Nobody calls")
    command.process.send_signal(signal.SIGINT)
    command.rest()
    assert command.process.wait(10) == 1
    recording = read(path.read_text())
    assert (recording.header.name, recording.header.product, recording.header.origin) == (
        "Group",
        "046d:0857",
        "recorded",
    )
    assert bytes.fromhex(recording.header.descriptor) == hid.LOGITECH_LIKE
    again = Offhook(machine, "record", "--to", str(path))
    assert "File exists" in again.rest()
    assert again.process.wait(10) == 2
    assert read(path.read_text()) == recording


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["probe", "0b0e:0420"], 1, "no speakerphone 0b0e:0420 found"),
        (["probe", "0b0e:"], 2, "expected"),
        (["record", "--to", "/nowhere/x.jsonl"], 2, "No such file or directory"),
        (["record"], 2, "Missing option '--to'"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(machine: Sys, words: list[str], code: int, told: str) -> None:
    command = Offhook(machine, *words)
    assert told in command.rest()
    assert command.process.wait(10) == code
