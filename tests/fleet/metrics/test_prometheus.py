"""A real Prometheus scrapes a real room; both are killed and come back."""

import json
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import pytest
import yaml

from tests.cli.processes import ROOT, Offhook, Page, simulated
from tests.eventually import eventually

PROMETHEUS = shutil.which("prometheus")
FOLDER = ROOT / "image" / "fleet" / "prometheus"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROMETHEUS is None, reason="prometheus is not installed"),
]

ROOM = """
hardware = "virtual"
[room]
name = "Neptune"
contact = "100@server.example"
[terminal]
host = "127.0.0.1"
web_port = {web}
[buttons.mute]
pin = 22
press = "mute"
[panel]
listen = "127.0.0.1:0"
[metrics]
listen = "127.0.0.1:{metrics}"
"""


class Prometheus:
    """Prometheus with our rules and scrape configuration, but for times and places."""

    def __init__(self, folder: Path, target: int) -> None:
        self._folder = folder
        self.port = free_port()
        self._write(target)
        self._process = self._started()

    def _write(self, target: int) -> None:
        config: dict[str, Any] = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
        config["global"] = {"scrape_interval": "200ms", "scrape_timeout": "200ms", "evaluation_interval": "200ms"}
        (job,) = config["scrape_configs"]
        job["scrape_timeout"] = "200ms"
        (self._folder / "prometheus.yml").write_text(json.dumps(config))
        shutil.copytree(FOLDER / "rules", self._folder / "rules")
        labels = {"site": "b", "building": "a", "room": "neptune"}
        (self._folder / "rooms").mkdir()
        (self._folder / "rooms" / "b.yml").write_text(
            json.dumps([{"targets": [f"127.0.0.1:{target}"], "labels": labels}])
        )

    def _started(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [
                str(PROMETHEUS),
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                f"--web.listen-address=127.0.0.1:{self.port}",
                "--log.level=error",
            ],
            cwd=self._folder,
        )

    def __enter__(self) -> Self:
        self.until_ready()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def until_ready(self) -> None:
        eventually(lambda: self._answers("/-/ready"))

    def _answers(self, path: str) -> bool:
        try:
            return Page(self.port).fetch("GET", path)[0] == 200
        except OSError:
            return False

    def kill_and_start(self) -> None:
        self._process.kill()
        self._process.wait()
        self._process = self._started()
        self.until_ready()

    def value(self, query: str) -> float | None:
        answer = Page(self.port).get(f"/api/v1/query?query={quote(query)}")
        result = answer["data"]["result"]
        return float(result[0]["value"][1]) if result else None

    def rules(self) -> list[dict[str, Any]]:
        (group,) = Page(self.port).get("/api/v1/rules")["data"]["groups"]
        return list(group["rules"])


def free_port() -> int:
    """A port that nobody has; the room starts again on the same one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A room.toml and the port of its metrics; its terminal runs."""
    port = free_port()
    with simulated() as terminal:
        path = tmp_path / "room.toml"
        path.write_text(ROOM.format(web=terminal.web_port, metrics=port))
        yield path, port


def started(path: Path) -> Offhook:
    room = Offhook("run", "--config", path)
    room.says(r"\bmetrics_ready\b")
    room.says(r"\blink_up\b")
    return room


def press(room: Offhook) -> None:
    page = Page(int(room.says(r"web_ready\s+url=http://127.0.0.1:(\d+)/")[1]))
    for pressed in (True, False):
        page.post("/hardware/buttons/mute", pressed=pressed)


def test_prometheus_and_the_room_come_and_go(tmp_path: Path, room: tuple[Path, int]) -> None:
    path, port = room
    folder = tmp_path / "prometheus"
    folder.mkdir()
    with Prometheus(folder, port) as prometheus:
        with started(path) as first:
            eventually(lambda: prometheus.value('offhook_link_up{room="neptune"}') == 1)
            press(first)
            eventually(lambda: prometheus.value('offhook_presses_total{control="button"}') == 1)
            eventually(lambda: prometheus.value("offhook_press_to_wire_seconds_count") == 1)
            prometheus.kill_and_start()
            assert prometheus.value("max_over_time(up[5m])") == 1, "what it knew before is kept"
            again = time.time()
            eventually(lambda: (prometheus.value("timestamp(offhook_link_up)") or 0) > again)
            first.send(signal.SIGKILL)
            first.wait()
        eventually(lambda: prometheus.value("up") == 0)
        assert prometheus.value("offhook_link_up") is None, "it is not known, and not 0"
        with started(path):
            eventually(lambda: prometheus.value("up") == 1)
            eventually(lambda: prometheus.value("resets(offhook_uptime_seconds[5m])") == 1)
            assert prometheus.value("offhook_link_connects_total") == 1
        assert {rule["health"] for rule in prometheus.rules()} == {"ok"}
