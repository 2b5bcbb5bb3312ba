"""docs/api.md: its three programs run as they stand against a room, over HTTPS, and its limits are the program's."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from appliance.access.tokens import MOST as TOKENS
from appliance.api import acting, asks, noted
from appliance.api.following import followers, recent
from appliance.programs.actions import BURST, SPAN
from appliance.runtime.web import guard
from tests.demo.browser import Server, served
from tests.runtime.https_server import Authority

PAGE: Final = (Path(__file__).parents[2] / "docs/api.md").read_text()
PROGRAMS: Final = PAGE.partition("## Three programs")[2].partition("\n## ")[0]
LIMITS: Final = (
    f"| actions of all programs of a role | {BURST} in {SPAN:g} s;",
    f"| an action's answer | waits {asks.PATIENCE:g} s for the terminal, or as long as `wait` says, ",
    f", or as long as `wait` says, {asks.LONGEST:g} s at most |",
    f"| answers kept for programs that send again | {acting.KEPT} |",
    f"| programs that follow events | {followers.MOST}, with {recent.MOST} events kept for all |",
    f"| entries of the audit in an answer | {noted.MOST} |",
    f"| a body | {guard.BODY_LIMIT // 1024} KiB, {guard.BODY_TIME:g} s |",
    f"| tokens | {TOKENS} |",
)


@pytest.mark.parametrize("said", LIMITS)
def test_limits_are_those_of_the_program(said: str) -> None:
    assert said in PAGE


def program(language: str) -> str:
    (text,) = re.findall(rf"```{language}\n(.*?)```", PROGRAMS, re.DOTALL)
    return str(text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs run: the authority's certificate is there as `box.pem`."""
    return tmp_path_factory.mktemp("program")


@pytest.fixture(scope="module")
def room(folder: Path) -> Iterator[Server]:
    authority = Authority(folder / "authority")
    shutil.copy(authority.certificate, folder / "box.pem")
    with served("127.0.0.1:0", "tests.api.fuzzed_server", *map(str, authority.pair())) as server:
        yield server


def said(command: list[str], folder: Path, room: Server, **more: str) -> str:
    """What a program prints."""
    given = {"BOX": f"https://{room.address}", "TOKEN": "touch", "PATH": os.environ["PATH"], **more}
    done = subprocess.run(command, env=given, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is missing: apt install curl")
def test_curl(folder: Path, room: Server) -> None:
    told = said(["sh", "-ec", program("sh")], folder, room)
    assert '"room":"Neptune"' in told
    assert '"outcome":"confirmed"' in told


@pytest.mark.slow
def test_python(folder: Path, room: Server) -> None:
    assert said([sys.executable, "-I", "-c", program("python")], folder, room) == "Neptune\nconfirmed\n"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("node") is None, reason="node is missing: apt install nodejs")
def test_javascript(folder: Path, room: Server) -> None:
    (folder / "room.mjs").write_text(program("js"))
    told = said(["node", "room.mjs"], folder, room, NODE_EXTRA_CA_CERTS="box.pem").splitlines()
    assert told[:2] == ["Neptune", "confirmed"]
    assert "event: view" in told
