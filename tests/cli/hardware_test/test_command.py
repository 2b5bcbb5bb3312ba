"""The command as people use it: a process, on a terminal where it asks."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.cli.hardware_test.registry import STEPS
from tests.cli.hardware_test.benches import ROOM
from tests.cli.processes import PATIENCE, ROOT, offhook


@pytest.fixture
def room(tmp_path: Path) -> Path:
    path = tmp_path / "room.toml"
    path.write_text(ROOM.replace('"Neptune"', '"Нептун"\nlanguage = "ru"'))
    return path


def test_all_steps_are_listed_in_the_rooms_language(room: Path) -> None:
    code, out, _ = offhook("hardware-test", "--config", room, "--list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [step.name for step in STEPS]
    assert "Памяти достаточно" in out
    _, out, _ = offhook("hardware-test", "--config", room, "--list", "--only", "memory", "--language", "en")
    assert out == "memory  Memory is left\n"


def test_a_step_that_does_not_exist_is_refused() -> None:
    code, _, err = offhook("hardware-test", "--only", "memory,wlan")
    assert code == 2
    assert "no step wlan; expected board, start" in err


@pytest.mark.parametrize(
    ("jumper", "why"), [("99:5", "99"), ("5", "''"), ("5:GPIO5", "one pin"), ("BOARD29:5", "one pin")]
)
def test_a_jumper_between_no_two_pins_is_refused(jumper: str, why: str) -> None:
    code, _, err = offhook("hardware-test", "--list", "--jumper", jumper)
    assert code == 2
    assert why in err


def test_a_report_is_written_for_people_and_for_machines(tmp_path: Path) -> None:
    absent = tmp_path / "no-room.toml"
    code, out, err = offhook(
        *("hardware-test", "--config", absent, "--yes", "--only", "memory", "--only", "edges,keypad"),
        *("--report", tmp_path / "report.md"),
    )
    assert (code, err) == (0, "")
    text = (tmp_path / "report.md").read_text()
    assert out.endswith(text)
    report = json.loads((tmp_path / "report.json").read_text())
    assert [(each["name"], each["outcome"]) for each in report["results"]] == [
        ("memory", "passed"),
        ("edges", "skipped"),
        ("keypad", "skipped"),
    ]
    assert (report["complete"], report["offhook_hardware_test"]) == (True, 1)


def test_a_line_that_cannot_be_opened_fails_the_step_and_the_command(tmp_path: Path) -> None:
    code, out, _ = offhook("hardware-test", "--yes", "--only", "serial,memory", "--serial", tmp_path / "no-line")
    assert code == 1
    assert f"serial line {tmp_path}/no-line: no such device" in out
    assert "## memory: passed" in out


def test_a_report_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    code, out, err = offhook("hardware-test", "--yes", "--only", "memory", "--report", tmp_path / "no-folder" / "x")
    assert (code, out) == (2, "")
    assert "no-folder/x: No such file or directory; expected a folder that can be written" in err


def test_whoever_interrupts_it_gets_what_is_known(tmp_path: Path) -> None:
    far, near = pty.openpty()
    words = ("hardware-test", "--only", "memory,power-on", "--report", str(tmp_path / "report"))
    command = [sys.executable, "-m", "appliance", *words, "--config", str(tmp_path / "none")]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=near, stdout=near, stderr=near, start_new_session=True, close_fds=True
    )
    os.close(near)
    text = ""
    while "Enter: not sure" not in text:
        assert select.select([far], [], [], PATIENCE)[0], f"it never asked: {text}"
        text += os.read(far, 4096).decode()
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 1
    os.close(far)
    report = json.loads((tmp_path / "report.json").read_text())
    assert ([each["name"] for each in report["results"]], report["complete"]) == (["memory"], False)
