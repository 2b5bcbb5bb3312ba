"""docs/examples/q-sys.lua, by a real Lua, with a stand-in for a Core's own objects and a real room behind it."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx2
import pytest
import trio

from tests.integrations.rooms import a_box

HERE = Path(__file__).parent
SCRIPT = HERE.parent.parent / "docs" / "examples" / "q-sys.lua"
LUA = next((found for name in ("lua5.4", "lua5.3", "lua") if (found := shutil.which(name))), None)

pytestmark = pytest.mark.skipif(LUA is None, reason="lua is not installed")


def literal(value: object) -> str:
    """A value of JSON as Lua writes it."""
    if isinstance(value, dict):
        return "{" + ",".join(f"[{json.dumps(name)}]={literal(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "{" + ",".join(map(literal, value)) + "}"
    return "nil" if value is None else json.dumps(value, ensure_ascii=False)


def run(script: Path, port: int | None, *arguments: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Runs the script and carries its requests to the box; returns them, and what its controls show at the end."""
    assert LUA is not None
    command = [LUA, str(HERE / "q_sys.lua"), str(script), *arguments]
    asked: list[dict[str, Any]] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            said = json.loads(line)
            if "url" not in said:
                return asked, said
            asked.append(said)
            if port is None:
                process.stdin.write("0\n\n")
            else:
                url = said["url"].replace("https://box.example.com:8443", f"http://127.0.0.1:{port}")
                body = said["body"].encode() or None
                got = httpx2.request(said["method"], url, headers=said["headers"], content=body, trust_env=False)
                process.stdin.write(f"{got.status_code}\n{literal(got.json())}\n")
            process.stdin.flush()
    raise AssertionError(f"it ended with {process.returncode}")


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.lua"
    path.write_text(SCRIPT.read_text().replace('"TOKEN"', '"touch"'))
    return path


async def test_it_shows_the_room_and_asks_it(script: Path) -> None:
    async with a_box() as (world, port):
        asked, shown = await trio.to_thread.run_sync(run, script, port)
        assert [each["method"] for each in asked] == ["GET"]
        assert (shown["mute"], shown["in_call"], shown["timers"]) == (False, False, 1)
        asked, shown = await trio.to_thread.run_sync(run, script, port, "Mute", "true")
        assert [each["method"] for each in asked] == ["GET", "POST", "GET"]
        assert json.loads(asked[1]["body"]) == {"do": "mute on", "by": "Q-SYS"}
        assert world.state.mic_muted is True
        assert shown["mute"] is True
        _, shown = await trio.to_thread.run_sync(run, script, port, "HangUp", "true")
        assert shown["state"]


def test_a_box_that_is_not_there_is_said(script: Path) -> None:
    _, shown = run(script, None)
    assert shown["state"] == "no box: no route to host"
