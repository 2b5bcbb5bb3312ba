import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.processes import PATIENCE, offhook

COMMAND = [sys.executable, "-c", "from appliance.cli.simulate import simulate_command as run; run()"]


@contextmanager
def running(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", dict[str, Any]]]:
    with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_says_its_ports_and_goes_on_until_told_to_end(end: signal.Signals) -> None:
    with running("--pin", "FA6") as (process, ready):
        assert ready.pop("ready") is True
        assert list(ready) == ["web", "ws", "http", "control"]
        with urllib.request.urlopen(f"http://127.0.0.1:{ready['control']}/state", timeout=PATIENCE) as answer:
            assert json.load(answer)["appState"] == 3
        process.send_signal(end)
        output, errors = process.communicate(timeout=PATIENCE)
        assert (process.returncode, output, "Traceback" in errors) == (0, "", False)


def test_several_rooms_and_a_scenario(tmp_path: Path) -> None:
    scenario = tmp_path / "call.toml"
    scenario.write_text('[[step]]\nat = 0\nroom = { method = "call", peerId = "room2@meet.example.com" }\n')
    with running("--rooms", "2", "--scenario", str(scenario)) as (_, ready):
        rooms: list[dict[str, Any]] = ready["rooms"]
        assert [room["id"] for room in rooms] == ["room1@meet.example.com", "room2@meet.example.com"]
        assert rooms[0]["ws"] == ready["ws"]
        revision = 0
        while True:  # the call arrives in the other room
            url = f"http://127.0.0.1:{rooms[1]['control']}/state?after={revision}"
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                state = json.load(answer)
            if state["appState"] == 4:
                break
            revision = state["revision"]
        assert state["requests"]["incomingP2PCall"][0]["peerId"] == "room1@meet.example.com"


def test_a_taken_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, out, err = offhook("simulate", "--ws-port", port)
    assert (code, out) == (2, "")
    assert f"cannot listen on 127.0.0.1:{port}" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--pin", "1", "--unsecured"), "at most one"),
        (("--pin", ""), "at least one"),
        (("--web-port", "x"), "x"),
        (("--rooms", "0"), "1"),
        (("--rooms", "2", "--ws-port", "8765"), "expected port 0"),
        (("--scenario", "/nowhere.toml"), "/nowhere.toml"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], says: str) -> None:
    code, _, err = offhook("simulate", *arguments)
    assert (code, says in err, "Traceback" in err) == (2, True, False)
