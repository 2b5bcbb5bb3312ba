"""The command as the service runs it, with a real box and a browser that is a script of ours."""

import os
import signal
from pathlib import Path

import pytest

from tests.cli.processes import Offhook

BROWSER = r"""
import json, os, signal, sys, time, urllib.request
sys.path.insert(0, os.environ["PROJECT"])
import trio, trio_websocket
url, notes = sys.argv[1:]
open(notes, "a").write(f"{os.getpid()} {url}\n")
if url.startswith("file:"):
    signal.pause()
async def live():
    frames, socket = 0, url.split("/panel")[0].replace("http", "ws") + "/panel/live"
    while True:
        try:
            async with trio_websocket.open_websocket_url(socket) as box:
                while True:
                    frames += 1
                    await box.send_message(json.dumps({"frames": frames}))
                    await box.get_message()
        except (OSError, trio_websocket.ConnectionClosed):
            await trio.sleep(0.3)
trio.run(live)
"""
ROOM = """hardware = "virtual"
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
web_port = 9
[panel]
listen = "127.0.0.1:0"
[kiosk]
"""
KIOSK = """
import os, sys, trio
from appliance.kiosk import process
from appliance.runtime import logs
logs.configure("info")
how = lambda screen, folder: [sys.executable, os.environ["BROWSER"], screen.url, os.environ["NOTES"]]
trio.run(process.run, "127.0.0.1:8090", how)
"""
ROOT = Path(__file__).parents[2]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    folders = {name: tmp_path / name for name in ("run", "state")}
    for folder in folders.values():
        folder.mkdir()
    (tmp_path / "browser.py").write_text(BROWSER)
    return {
        **os.environ,
        "RUNTIME_DIRECTORY": str(folders["run"]),
        "STATE_DIRECTORY": str(folders["state"]),
        "BROWSER": str(tmp_path / "browser.py"),
        "NOTES": str(tmp_path / "notes"),
        "PROJECT": str(ROOT),
    }


@pytest.mark.slow
def test_a_browser_comes_and_is_replaced_when_it_hangs_or_is_asked_for(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "room.toml").write_text(ROOM)
    (tmp_path / "kiosk.py").write_text(KIOSK)

    def pids() -> list[int]:
        return [int(line.split()[0]) for line in (tmp_path / "notes").read_text().splitlines()]

    with Offhook(program=f"{tmp_path}/kiosk.py", env=environ | {"PYTHONPATH": str(ROOT)}) as kiosk:
        kiosk.says(r"browser_starts.*starting\.html")
        with Offhook("run", "--config", tmp_path / "room.toml") as box:
            box.says("web_ready")
            kiosk.says(r"browser_ended.*why=changed")
            kiosk.says(r"browser_starts.*127\.0\.0\.1:8090/panel")
            os.kill(kiosk.pid, signal.SIGHUP)
            kiosk.says(r"browser_ended.*why=asked")
            kiosk.says(r"(?s)why=asked.*browser_starts.*127\.0\.0\.1:8090/panel")
            os.kill(pids()[-1], signal.SIGKILL)
            kiosk.says(r"browser_ended.*why=ended")
            kiosk.says(r"(?s)why=ended.*browser_starts.*127\.0\.0\.1:8090/panel")
    assert not [pid for pid in pids() if Path(f"/proc/{pid}").exists()]
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["starting.html"]
