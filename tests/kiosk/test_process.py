"""The command as the service runs it, with a real box and a browser that is a script of ours."""

import os
import re
import signal
from pathlib import Path

import pytest

from tests.cli.processes import Offhook

BROWSER = r"""
import json, os, signal, sys, time, urllib.request
sys.path.insert(0, os.environ["PROJECT"])
import trio, trio_websocket
url = sys.argv[1]
print("shows", os.getpid(), url, file=sys.stderr, flush=True)
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
how = lambda screen, folder: [sys.executable, os.environ["BROWSER"], screen.url]
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
        "PROJECT": str(ROOT),
    }


@pytest.mark.slow
def test_a_browser_comes_and_is_replaced_when_it_ends_or_that_is_asked_for(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    (tmp_path / "room.toml").write_text(ROOM)
    (tmp_path / "kiosk.py").write_text(KIOSK)

    with Offhook(program=f"{tmp_path}/kiosk.py", env=environ | {"PYTHONPATH": str(ROOT)}) as kiosk:
        kiosk.says(r"shows \d+ file:.*starting\.html")
        with Offhook("run", "--config", tmp_path / "room.toml") as box:
            box.says("web_ready")
            kiosk.says(r"(?s)why=changed.*shows \d+ http://127\.0\.0\.1:8090/panel")
            os.kill(kiosk.pid, signal.SIGHUP)
            third = kiosk.says(r"(?s)why=asked.*shows (\d+) http://127\.0\.0\.1:8090/panel")
            os.kill(int(third[1]), signal.SIGKILL)
            kiosk.says(r"(?s)why=ended.*shows \d+ http://127\.0\.0\.1:8090/panel")
    pids = re.findall(r"shows (\d+)", kiosk.said["err"])
    assert len(pids) == 4
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["starting.html"]
