"""No command evicts anybody unasked, and none evicts the appliance of this machine."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.runtime.presence import Presence
from appliance.terminal.boxes import is_same_terminal, may_be_same_account
from appliance.terminal.config import TerminalConfig
from tests.cli.processes import PATIENCE, ROOT, Offhook, Terminal, offhook, simulated
from tests.cli.rooms import PIN, configuration, running

STATE = ("terminal", "call", "getAppState")


def asked_for(terminal: Terminal) -> list[str]:
    return [command["method"] for command in terminal.get("/state")["commands"]]


@pytest.mark.parametrize("command", ["call getAppState", "watch"])
def test_where_nobody_can_be_asked_it_must_be_said(terminal: Terminal, command: str) -> None:
    code, out, err = offhook("terminal", *command.split(), "--web-port", str(terminal.web_port), "--pin", "FA6")
    assert (code, out) == (2, "")
    assert "loses it" in err
    assert "expected --takeover" in err
    assert asked_for(terminal) == []


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 0), (b"\n", 1)])
def test_somebody_at_a_keyboard_is_asked(terminal: Terminal, answer: bytes, code: int) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "appliance", *STATE, "--web-port", str(terminal.web_port), "--pin", "FA6"]
    with subprocess.Popen(words, cwd=ROOT, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE) as process:
        os.write(ours, answer)
        out, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == code
    said = os.read(ours, 4096).decode()
    os.close(ours)
    os.close(theirs)
    assert "Go on?" in said
    assert (json.loads(out)["appState"] == 3) if code == 0 else (out == b"")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where processes that are started by hand put their sockets."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.slow
def test_commands_go_through_the_appliance_of_this_machine(folder: Path) -> None:
    with simulated("--pin", PIN) as terminal, running(configuration(folder, terminal.web_port)) as room:
        room.process.says(r"\blink_up\b")
        room.process.says(r"\bshared\b")
        way = ("--web-port", str(terminal.web_port))  # and no PIN: the appliance knows it
        code, out, err = offhook(*STATE, *way)
        assert (code, err) == (0, "")
        assert json.loads(out)["appState"] == 3
        with Offhook("terminal", "watch", "--only", "audioCapturerMute", *way) as watching:
            room.process.says(rf"\bprogram_let_in\b.*process {watching.pid}\b")
            assert offhook("terminal", "call", "setMicMute", "mute:=true", *way)[0] == 0
            room.process.says(r"\bprogram_command\b.*setMicMute")
            assert json.loads(watching.says(r"\{.*\}", "out")[0])["mute"] is True
        assert offhook("terminal", "call", "setAuthParams", "userType=admin", "authType=pin", *way)[0] == 1
        assert "link_evicted" not in room.process.said["err"]


@pytest.mark.slow
def test_past_it_where_that_is_meant(folder: Path) -> None:
    with simulated("--pin", PIN) as terminal, running(configuration(folder, terminal.web_port)) as room:
        room.process.says(r"\blink_up\b")
        words = ("--web-port", str(terminal.web_port), "--pin", PIN)
        code, _, err = offhook(*STATE, "--direct", *words)
        assert code == 2
        assert "expected --takeover" in err
        assert offhook(*STATE, "--direct", "--takeover", *words)[0] == 0
        room.process.says(r"\blink_evicted\b")


@pytest.mark.slow
def test_the_appliance_of_this_machine_keeps_its_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)  # so it shares nothing
    with simulated("--pin", PIN) as terminal, running(configuration(tmp_path, terminal.web_port)) as room:
        room.process.says(r"\blink_up\b")
        for more in ([], ["--takeover"], ["--role", "admin", "--takeover"]):
            code, out, err = offhook(*STATE, *more, "--web-port", str(terminal.web_port), "--pin", PIN)
            assert (code, out) == (1, "")
            assert f"(process {room.process.pid}) controls 127.0.0.1 as its administrator" in err
            assert "sudo systemctl stop offhook" in err
            assert "--role user" in err
        assert offhook(*STATE, "--role", "user", "--takeover", "--web-port", str(terminal.web_port))[0] == 0
        assert set(terminal.get("/state")["accounts"]) == {"admin"}
        assert "link_evicted" not in room.process.said["err"]
        with simulated() as other:
            assert offhook(*STATE, "--takeover", "--web-port", str(other.web_port))[0] == 0


@pytest.mark.parametrize(
    ("box", "host", "web_port", "same"),
    [
        ("192.0.2.10", "192.0.2.10", 80, True),
        ("192.0.2.10", "192.0.2.10", 8080, True),  # one address has one terminal
        ("192.0.2.10", "192.0.2.11", 80, False),
        ("localhost", "127.0.0.1", 80, True),
        ("127.0.0.1", "127.0.0.1", 8080, False),  # where simulated terminals are
        ("Room.invalid", "room.invalid", 80, True),
        ("*", "192.0.2.10", 80, True),
    ],
)
def test_terminals_are_compared_by_address(box: str, host: str, web_port: int, same: bool) -> None:
    config = TerminalConfig(host=host, web_port=web_port)
    assert is_same_terminal(Presence(1, box, 80), config) is same


@pytest.mark.parametrize(
    ("box", "role", "same"),
    [("admin", None, True), ("admin", "admin", True), ("admin", "user", False), ("", "user", True)],
)
def test_an_account_that_is_not_known_may_be_the_same(box: str, role: str | None, same: bool) -> None:
    config = TerminalConfig(host="192.0.2.10", role="user" if role == "user" else "admin" if role else None)
    assert may_be_same_account(Presence(1, "192.0.2.10", 80, box), config) is same
