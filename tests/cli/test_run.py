"""`offhook run` on virtual hardware, as systemd runs it."""

import re
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.processes import GRACE, PATIENCE, Offhook, Terminal, offhook, simulated
from tests.cli.rooms import PIN, Room, configuration, running

pytestmark = pytest.mark.slow

RECEPTION = "100@meet.example.com"
TOKEN = re.compile(r"\b\d\*[0-9a-f]{16}\*\d+\*[0-9a-f]{64}\b")  # as the simulated terminal makes them


@pytest.fixture(scope="module")
def terminal() -> Iterator[Terminal]:
    with simulated("--pin", PIN) as one:
        yield one
        for said in one.process.said.values():
            tells_no_secret(said)


def tells_no_secret(*texts: str) -> None:
    for text in texts:
        assert PIN not in text
        assert not TOKEN.search(text)


def test_a_token_would_be_noticed(terminal: Terminal) -> None:
    words = ("terminal", "call", "getTokenForHttpServer", "--web-port", str(terminal.web_port), "--pin", PIN)
    assert TOKEN.search(offhook(*words, "--takeover")[1])


def ended_well(room: Room, number: int = signal.SIGTERM) -> None:
    """Ends a room as systemd does, and looks at what it leaves behind."""
    code, seconds = room.process.end(number)
    assert code == 0
    assert seconds < GRACE
    assert re.search(rf"\bending\b.*signal={signal.Signals(number).name}", room.process.said["err"])
    assert room.process.said["out"] == ""
    assert "Traceback" not in room.process.said["err"]
    tells_no_secret(room.process.said["err"])


def test_a_press_calls_and_sigterm_in_the_middle_of_it_ends_everything_in_time(
    terminal: Terminal, tmp_path: Path
) -> None:
    with running(configuration(tmp_path, terminal.web_port)) as room:
        room.process.says(r"\blink_up\b")
        assert set(room.get("/hardware")) >= {"buttons", "lamps", "keypads", "speakerphones", "serial", "display"}
        room.press("call")
        state = terminal.until_state(lambda seen: seen["appState"] == 4)
        called = [command for command in state["commands"] if command["method"] == "call"]
        assert [command["peerId"] for command in called] == [RECEPTION]
        terminal.post(f"/peers/{RECEPTION}/answer")
        hardware = room.until_lit("in_call")
        with socket.create_connection(("127.0.0.1", room.port), PATIENCE) as poll:
            poll.sendall(f"GET /hardware?after={hardware['revision']} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert room.fetch("GET", "/health")[0] == 200  # whoever asks later is answered later: the poll is open
            ended_well(room)
            poll.settimeout(PATIENCE)
            while poll.recv(65536):
                pass  # closed, not forgotten
    terminal.until_state(lambda seen: seen["accounts"] == [])
    assert terminal.get("/state")["appState"] == 5  # we did not end the call that people are in
    terminal.post(f"/peers/{RECEPTION}/leave")
    terminal.until_state(lambda seen: seen["appState"] == 3)


def test_ctrl_c_ends_it_as_well(terminal: Terminal, tmp_path: Path) -> None:
    with running(configuration(tmp_path, terminal.web_port)) as room:
        ended_well(room, signal.SIGINT)


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    """The end of NOTIFY_SOCKET that systemd has; `watched` says where it is."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(str(tmp_path / "notify"))
        notify.settimeout(PATIENCE)
        yield notify


def watched(systemd: socket.socket) -> dict[str, str]:
    """The environment that systemd gives."""
    return {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "200000"}


def until_heard(systemd: socket.socket, message: str) -> list[str]:
    """Everything that was said up to a message."""
    heard: list[str] = []
    deadline = time.monotonic() + PATIENCE
    while message not in heard:
        assert time.monotonic() < deadline, f"never said {message}, but {heard}"
        heard.append(systemd.recv(4096).decode())
    return heard


def test_systemd_hears_that_it_is_ready_how_it_is_and_that_it_lives(
    terminal: Terminal, tmp_path: Path, systemd: socket.socket
) -> None:
    with running(configuration(tmp_path, terminal.web_port), watched(systemd)) as room:
        assert "STATUS=all services running" in until_heard(systemd, "READY=1")
        for _ in range(3):
            until_heard(systemd, "WATCHDOG=1")
        ended_well(room)
        until_heard(systemd, "STOPPING=1")


def test_a_panel_whose_port_is_taken_is_offline_and_costs_nothing_else(
    terminal: Terminal, tmp_path: Path, systemd: socket.socket
) -> None:
    with running(configuration(tmp_path, terminal.web_port)) as first:
        taken = configuration(tmp_path, terminal.web_port, first.port)
        with Offhook("run", "--config", taken, env=watched(systemd)) as second:
            assert "STATUS=offline: panel" in until_heard(systemd, "READY=1")
            second.says(r"service_failed .*something else listens there already.* service=panel$")
            second.says(r"\blink_up\b")
            until_heard(systemd, "WATCHDOG=1")
            code, seconds = second.end()
            assert code == 0
            assert seconds < GRACE
            assert len(re.findall(r"service_failed", second.said["err"])) == 1


def test_a_terminal_that_comes_later_is_linked_to_and_buttons_work_before(tmp_path: Path) -> None:
    with simulated("--pin", PIN) as terminal:
        web_port = terminal.web_port
        terminal.process.end()
    with running(configuration(tmp_path, web_port)) as room:
        room.process.says(r"\blink_down\b")
        room.until_lit("link")
        room.press("call")
        room.until("/hardware", lambda _: room.get("/state")["notice"])  # which the display shows, so it is drawn anew
        assert room.fetch("GET", "/health")[0] == 503
        with simulated("--pin", PIN, f"--web-port={web_port}") as terminal:
            room.process.says(r"\blink_up\b")
            assert room.fetch("GET", "/health")[0] == 200
            state = terminal.get("/state")
            assert [command for command in state["commands"] if command["method"] == "call"] == []
            room.press("call")
            terminal.until_state(lambda seen: seen["appState"] == 4)
            ended_well(room)


MISSING = """[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
web_port = {web_port}
pin = "{pin}"
[display]
bus = 250
[joysticks.joystick]
port = "/dev/serial/by-id/nowhere"
"""


def test_devices_that_are_missing_are_said_once_each_and_cost_nothing_else(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text(MISSING.format(web_port=terminal.web_port, pin=PIN))
    with Offhook("run", "--config", path) as process:
        process.says(r"\blink_up\b")
        process.says(r"service_failed .*no such device.* service=joystick$")
        assert process.end()[0] == 0
        failed = re.findall(r"service_failed .* service=(\w+)$", process.said["err"], re.MULTILINE)
        assert sorted(failed) == ["display", "joystick"]


def test_a_terminal_that_restarts_is_linked_to_again(terminal: Terminal, tmp_path: Path) -> None:
    with running(configuration(tmp_path, terminal.web_port)) as room:
        room.process.says(r"\blink_up\b")
        terminal.post("/faults", restart=True)
        room.process.says(r"\blink_down\b(.|\n)*\blink_up\b")
        ended_well(room)


def test_a_wrong_pin_is_said_once_and_never_shown(tmp_path: Path) -> None:
    with simulated("--pin", "another") as terminal, running(configuration(tmp_path, terminal.web_port)) as room:
        room.process.says(r"\blink_refused\b.*PIN")
        assert room.get("/health")["link"] == "refused"
        ended_well(room)


def test_an_unreadable_secret_is_a_mistake_of_the_configuration(tmp_path: Path) -> None:
    path = configuration(tmp_path, 80)
    path.write_text(path.read_text().replace(f'pin = "{PIN}"', f'pin_file = "{tmp_path}/nothing"'))
    code, out, err = offhook("run", "--config", path)
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}:8: terminal.pin_file: ")
