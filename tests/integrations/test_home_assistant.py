"""docs/examples/home-assistant.yaml in Home Assistant itself, against a real room.

`make test-home-assistant` makes the environment, in build/home-assistant; HOME_ASSISTANT_PYTHON names another one.
"""

import functools
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import trio
import yaml

from appliance.hooks.config import NAMES
from appliance.room import actions
from tests.integrations.rooms import a_box

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "docs" / "examples" / "home-assistant.yaml"
PYTHON = Path(os.environ.get("HOME_ASSISTANT_PYTHON", ROOT / "build" / "home-assistant" / "bin" / "python"))


def test_the_lines_have_no_secret_and_ask_what_there_is() -> None:
    found = yaml.safe_load(FILE.read_text().replace("!secret offhook", "from secrets.yaml"))
    parts = [*found["rest"], *found["rest_command"].values()]
    assert {part["headers"]["Authorization"] for part in parts} == {"from secrets.yaml"}
    (automation,) = found["automation"]
    assert automation["triggers"][0]["local_only"] is True
    (said,) = (name for name in NAMES if f"'{name}'" in automation["conditions"][0]["value_template"])
    assert said == "call.begun"
    page = (ROOT / "docs" / "integrations.md").read_text()
    assert "do: mute on" in page
    actions.parse("mute on")


def _run(port: int) -> dict[str, Any]:
    command = [str(PYTHON), "scripts/home_assistant_rest.py", str(FILE), f"http://127.0.0.1:{port}", "touch"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.slow
@pytest.mark.skipif(not PYTHON.exists(), reason="make test-home-assistant makes the environment for it")
async def test_home_assistant_shows_the_room_and_mutes_it() -> None:
    async with a_box() as (world, port):
        said = await trio.to_thread.run_sync(functools.partial(_run, port))
        assert world.state.mic_muted is True
    muted = "binary_sensor.neptune_microphone_muted"
    assert (said["before"]["sensor.neptune"][0], said["before"][muted][0]) == ("idle", "off")
    assert said["before"]["sensor.neptune"][1]["volume"] == 50
    assert said["before"]["binary_sensor.neptune_link"][0] == "on"
    assert said["answer"] == {"content": {"outcome": "confirmed", "why": ""}, "status": 200}
    assert said["after"][muted][0] == "on"
