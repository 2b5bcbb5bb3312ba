"""The server does as its document says, whatever is asked: tried by a tool that makes requests out of the document.

`getEvents` goes on for ever, and has tests of its own.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.access.roles import Role
from appliance.api.about import ROOT
from appliance.api.operations import OPERATIONS
from tests.api.rooms import bearer
from tests.demo.browser import Server, served

CONFIG = Path(__file__).parent / "schemathesis.toml"
BESIDE = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
SCHEMATHESIS = shutil.which("schemathesis", path=BESIDE)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SCHEMATHESIS is None, reason="schemathesis is not installed"),
]


@pytest.fixture(scope="module")
def room() -> Iterator[Server]:
    with served(module="tests.api.fuzzed_server") as server:
        yield server


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.word if role else "no token")
def test_nothing_is_found(role: Role | None, room: Server, tmp_path: Path) -> None:
    headers = [part for name, value in bearer(role).items() for part in ("--header", f"{name}: {value}")]
    command = [
        str(SCHEMATHESIS),
        "--config-file",
        str(CONFIG),
        "run",
        f"{room.url}{ROOT}/openapi.json",
        "--checks",
        "all",
        *headers,
    ]
    command += ["--exclude-checks", "unsupported_method"]  # a GET with a body is refused as such; see test_routes
    command += ["--exclude-operation-id", "getEvents", "--max-examples", "10", "--generation-deterministic"]
    command += ["--continue-on-failure", "--suppress-health-check", "all", "--request-timeout", "30", "--no-color"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=900)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert f"{len(OPERATIONS) - 2} passed" in done.stdout  # without events, and without the document itself
