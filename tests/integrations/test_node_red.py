"""docs/examples/node-red.json in a real Node-RED, against a real room: followed, asked, and told by a webhook.

npm install --prefix build/node-red node-red@4
NODE_RED=build/node-red/node_modules/node-red .venv/bin/python -m pytest tests/integrations/test_node_red.py
"""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import trio

from tests.hooks.test_signature import SECRET
from tests.integrations.rooms import a_box

FLOW = Path(__file__).parent.parent.parent / "docs" / "examples" / "node-red.json"
PROGRAM = Path(os.environ.get("NODE_RED", "/nowhere")) / "red.js"
PATIENCE = 180.0  # seconds; it starts within two where nothing else runs
SETTINGS = "module.exports = {uiHost: '127.0.0.1', credentialSecret: false, telemetry: {enabled: false}}\n"

needs_node_red = pytest.mark.skipif(
    not PROGRAM.exists() or shutil.which("node") is None, reason="NODE_RED does not name an installed Node-RED"
)


def nodes() -> dict[str, dict[str, Any]]:
    return {node["id"]: node for node in json.loads(FLOW.read_text())}


def test_the_flow_is_whole_and_has_no_secret() -> None:
    found = nodes()
    wires = {target for node in found.values() for wire in node.get("wires", []) for target in wire}
    assert wires <= found.keys()
    assert {node["z"] for node in found.values() if "z" in node} == {"offhook"}
    text = FLOW.read_text()
    page = (FLOW.parent.parent / "integrations.md").read_text()
    used = set(re.findall(r"OFFHOOK_\w+", text))
    assert used == set(re.findall(r"`(OFFHOOK_\w+)`", page))
    assert found["offhook-events"]["path"] == "${OFFHOOK_EVENTS}"
    assert "whsec_" not in text.replace("replace('whsec_'", "")


class Running:
    """Node-RED, and what it has said so far."""

    def __init__(self, process: trio.Process) -> None:
        self._process = process
        self.said = ""

    async def says(self, pattern: str) -> None:
        assert self._process.stdout is not None
        with trio.move_on_after(PATIENCE):
            while not re.search(pattern, self.said, re.DOTALL):
                part = await self._process.stdout.receive_some()
                assert part, self.said
                self.said += part.decode(errors="replace")
            return
        pytest.fail(f"it did not say {pattern}:\n{self.said}")


@asynccontextmanager
async def node_red(folder: Path, port: int, box: int) -> AsyncIterator[Running]:
    flow = [node | ({"once": True} if node["type"] == "inject" else {}) for node in nodes().values()]
    (folder / "flow.json").write_text(json.dumps(flow))
    (folder / "settings.js").write_text(SETTINGS)
    command = ["node", str(PROGRAM), "--port", str(port), "--userDir", str(folder)]
    command += ["--settings", str(folder / "settings.js"), str(folder / "flow.json")]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "OFFHOOK_EVENTS": f"ws://127.0.0.1:{box}/api/v1/events",
        "OFFHOOK_ACTIONS": f"http://127.0.0.1:{box}/api/v1/actions",
        "OFFHOOK_BEARER": "Bearer touch",
        "OFFHOOK_SECRET": SECRET,
    }
    process = await trio.lowlevel.open_process(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        yield Running(process)
    finally:
        process.kill()
        with trio.CancelScope(shield=True):
            await process.wait()


@needs_node_red
@pytest.mark.slow
async def test_it_follows_the_room_asks_it_and_is_told_by_the_webhook(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    hook = f'[webhooks.node]\nurl = "http://127.0.0.1:{port}/offhook"\nevents = ["button"]\nsecret = "{SECRET}"\n'
    async with a_box(hook) as (world, box), node_red(tmp_path, port, box) as program:
        await program.says(r"debug:what became of it\].*outcome: 'confirmed'")
        assert world.state.mic_muted is True
        await program.says(r"debug:room\].*mic_muted: true")
        world.hardware.gpio.press("call")
        await program.says(r"debug:event\]\s+button\.pressed")
        await program.says(r"debug:told by the webhook\]\s+button\.pressed")
        forged = await _post(port)
    assert forged == 401


async def _post(port: int) -> int:
    headers = {"webhook-id": "1", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"}
    async with httpx2.AsyncClient(trust_env=False) as client:
        return (await client.post(f"http://127.0.0.1:{port}/offhook", content=b"{}", headers=headers)).status_code
