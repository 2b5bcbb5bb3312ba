"""The programs of docs/examples work: each is run as a process, against a simulated terminal in another."""

import csv
import json
import runpy
import socket
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.processes import PATIENCE, Offhook, Terminal, offhook, simulated
from tests.cli.rooms import PIN, configuration, running
from tests.eventually import until_written

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
JOHN = "john.smith@meet.example.com"

pytestmark = pytest.mark.slow


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with simulated("--pin", PIN) as one:
        yield one


def example(name: str, *arguments: str | Path) -> Offhook:
    return Offhook(*arguments, program=str(EXAMPLES / name), env={"PYTHONUNBUFFERED": "1"})


def where(terminal: Terminal) -> tuple[str, ...]:
    return ("--pin", PIN, "--web-port", str(terminal.web_port))


def test_every_example_is_tested_and_listed() -> None:
    programs = {path.name for path in EXAMPLES.glob("*.py")}
    assert programs == {"ten_lines.py", "call_log.py", "book_call.py", "door_light.py"}
    listed = (EXAMPLES / "README.md").read_text()
    assert [name for name in programs if f"[{name}]({name})" not in listed] == []


def test_the_ten_lines_are_those_of_the_page() -> None:
    page = (EXAMPLES.parent / "terminal" / "program.md").read_text()
    program = (EXAMPLES / "ten_lines.py").read_text().partition("\n\n")[2]
    assert f"```python\n{program}```" in page


def test_the_ten_lines_call_and_print_what_happens(terminal: Terminal, tmp_path: Path) -> None:
    text = (EXAMPLES / "ten_lines.py").read_text()
    mine = text.replace('"FA6"', repr(PIN)).replace('"192.0.2.10", "bob@example.com"', repr(("127.0.0.1", JOHN))[1:-1])
    assert PIN in mine
    assert JOHN in mine
    program = tmp_path / "mine.py"
    program.write_text(mine.replace("trio.run(main, ", f"trio.run(lambda *a: main(*a, web_port={terminal.web_port}), "))
    with Offhook(program=str(program), env={"PYTHONUNBUFFERED": "1"}) as running_program:
        running_program.says(rf"InviteSent\(.*{JOHN}", "out")


@pytest.mark.parametrize(("then", "outcome"), [("accept", "answered"), ("reject", "declined"), ("", "missed")])
def test_the_call_log_has_who_called_and_what_became_of_it(
    terminal: Terminal, tmp_path: Path, then: str, outcome: str
) -> None:
    file = tmp_path / "calls.csv"
    with example("call_log.py", "127.0.0.1", file, *where(terminal), "--role", "admin") as program:
        program.says("^listening$", "out")
        terminal.post(f"/peers/{JOHN}/call", confType=0)
        if then:
            words = ("call", then, "--role", "user", "--takeover", "--web-port", str(terminal.web_port))
            assert offhook("terminal", *words)[0] == 0
        else:
            terminal.post(f"/peers/{JOHN}/leave")
        until_written(tmp_path, lambda: file.exists() and file.read_text())
    ((when, peer_id, name, what),) = csv.reader(file.read_text().splitlines())
    assert abs(datetime.fromisoformat(when).timestamp() - time.time()) < PATIENCE
    assert (peer_id, name, what) == (JOHN, "John Smith", outcome)


def test_the_call_log_connects_again(terminal: Terminal, tmp_path: Path) -> None:
    with example("call_log.py", "127.0.0.1", tmp_path / "calls.csv", *where(terminal)) as program:
        program.says("^listening$", "out")
        terminal.post("/faults", drop=True)
        program.says("^no connection: (.*\n)+listening$", "out")


@pytest.mark.parametrize(
    ("does", "code", "words"), [("answer", 0, "answered"), ("reject", 1, "not answered: rejected")]
)
def test_a_booked_call_says_what_became_of_it(terminal: Terminal, does: str, code: int, words: str) -> None:
    at = datetime.now().astimezone().strftime("%H:%M")
    with example("book_call.py", "127.0.0.1", JOHN, "--at", at, *where(terminal)) as program:
        terminal.until_state(lambda seen: seen["appState"] == 4)
        terminal.post(f"/peers/{JOHN}/{does}")
        assert program.wait() == code
        assert program.said["out"].strip() == words


def test_a_booked_call_that_the_terminal_refuses_is_exit_code_1(terminal: Terminal) -> None:
    with example("book_call.py", "127.0.0.1", "", *where(terminal)) as program:
        assert program.wait() == 1
        assert program.said["out"].startswith("refused: ")


def test_a_booked_call_without_a_terminal_is_exit_code_3() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with example("book_call.py", "127.0.0.1", JOHN, "--web-port", str(port)) as program:
        assert program.wait() == 3


@pytest.mark.parametrize(("now", "expected"), [("14:29", 1), ("14:30", 0), ("14:31", 24 * 60 - 1)])
def test_a_time_that_is_over_is_tomorrows(now: str, expected: int) -> None:
    next_time = runpy.run_path(str(EXAMPLES / "book_call.py"))["next_time"]
    moment = datetime.strptime(f"2026-11-26 {now}:00", "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    assert (next_time("14:30", moment) - moment).total_seconds() == expected * 60


def test_the_door_light_follows_the_room(terminal: Terminal, tmp_path: Path) -> None:
    with running(configuration(tmp_path, terminal.web_port)) as room:
        room.process.says(r"\blink_up\b")
        url = f"http://127.0.0.1:{room.port}/state"
        with example("door_light.py", url, "--every", "0.1") as light:
            light.says("^free$", "out")
            room.press("call")
            light.says("^free\nbusy$", "out")
            terminal.post("/faults", drop=True, stall=5)
            light.says("^free\nbusy\nunknown$", "out")


def test_the_door_light_is_not_green_while_the_room_waits_to_be_let_in(terminal: Terminal, tmp_path: Path) -> None:
    with running(configuration(tmp_path, terminal.web_port)) as room:
        room.process.says(r"\blink_up\b")
        url = f"http://127.0.0.1:{room.port}/state"
        with example("door_light.py", url, "--every", "0.1") as light:
            light.says("^free$", "out")
            terminal.post(f"/peers/{JOHN}/call", confType=1, title="Planning")
            light.says("^free\nbusy$", "out")
        room.press("call")
        room.until_lit("in_call")
        terminal.post(f"/peers/{JOHN}/waitingRoom")
        room.until("/hardware", lambda seen: not seen["lamps"]["in_call"])
        with example("door_light.py", url) as light:
            light.says("^busy$", "out")


def test_the_door_light_runs_a_command(tmp_path: Path) -> None:
    command, words = tmp_path / "light.py", tmp_path / "words"
    command.write_text(f"#!{sys.executable}\nimport sys\nopen({json.dumps(str(words))}, 'a').write(sys.argv[1])\n")
    command.chmod(0o755)
    with example("door_light.py", "http://127.0.0.1:9/state", "--run", command):
        until_written(tmp_path, lambda: words.exists() and words.read_text() == "unknown")
