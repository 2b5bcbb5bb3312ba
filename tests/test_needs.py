"""What a machine lacks is said at once, out of one list."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.debs import ROOT

SCRIPT = ROOT / "scripts/needs.sh"
LIST = """# a comment
base:
{python}
gone           command gone-here or-there   | something
test: base
gone           command gone-there           | something else
?nice          command nice-here            | the nice part
-              machine pdp11                | a PDP-11
last: test
"""
NEEDY = re.compile(
    r"^(demo|test|test-slow|bench|deb|test-deb|test-kiosk|test-hardware|image|test-image): (.*?)##", re.MULTILINE
)


def needs(*words: str, script: Path = SCRIPT, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["/bin/sh", str(script), *words], capture_output=True, text=True, timeout=60, env=env)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    (tmp_path / "needs.txt").write_text(LIST.format(python=f"python3  command {sys.executable} | the interpreter"))
    return Path(shutil.copy(SCRIPT, tmp_path))


def test_all_that_is_missing_is_said_at_once(script: Path) -> None:
    said = needs("last", script=script)
    assert said.returncode == 1
    assert said.stderr.splitlines() == [
        "offhook: this machine lacks what is needed for last:",
        "  gone                    something",
        "  a PDP-11",
        "offhook: without these, last leaves something out:",
        "  nice                    the nice part",
        "on Debian or Raspberry Pi OS: sudo apt install gone nice",
    ]


def test_nothing_is_said_where_all_is_there(script: Path, tmp_path: Path) -> None:
    (tmp_path / "needs.txt").write_text("test:\ndash  command nowhere sh | a shell\n-  free 0 | disk\n")
    said = needs("test", script=script)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_disk_is_looked_for_where_nobody_says_whose_home_it_is(script: Path, tmp_path: Path) -> None:
    (tmp_path / "needs.txt").write_text("image:\n-  free 0 | disk\n")
    said = needs("image", script=script, env={"PATH": os.environ["PATH"]})
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_what_a_target_can_do_without_does_not_stop_it(script: Path, tmp_path: Path) -> None:
    (tmp_path / "needs.txt").write_text("test:\n?nice  command nice-here | the nice part\n")
    said = needs("test", script=script)
    assert said.returncode == 0
    assert "sudo apt install nice" in said.stderr


def test_packages_are_named_for_apt(script: Path) -> None:
    said = needs("--packages", "base", "test", script=script)
    assert (said.returncode, said.stdout, said.stderr) == (0, "gone nice\n", "")


def test_an_unknown_target_is_refused(script: Path) -> None:
    said = needs("toast", script=script)
    assert (said.returncode, said.stderr) == (2, "offhook: needs.txt has no toast\n")


def test_every_target_says_first_what_it_needs() -> None:
    found = NEEDY.findall((ROOT / "Makefile").read_text())
    assert len(found) == 10
    assert needs("--packages", *(target for target, _ in found)).returncode == 0
    for target, prerequisites in found:
        assert prerequisites.split()[0] == f"needs-{target}"


def test_continuous_integration_installs_from_the_list() -> None:
    script = (ROOT / ".ci/run").read_text()
    assert re.findall(r"apt-get .*install (.*)", script) == ["--no-install-recommends $missing"]
    assert "missing=$(sh scripts/needs.sh --packages $targets)" in script
    assert re.findall(r"make (.*)", script.split("missing", 1)[1]) == ['"$target" KILLS=2']
    assert "for target in $targets; do" in script


@pytest.mark.parametrize("name", ["needs.sh", "needs-tried.sh", "setup.sh", "told.sh", "binfmt.sh", "lock.sh"])
def test_a_shell_reads_it(name: str) -> None:
    assert subprocess.run(["/bin/sh", "-n", str(SCRIPT.parent / name)], timeout=10).returncode == 0


def test_a_long_step_tells_what_it_does(tmp_path: Path) -> None:
    step = tmp_path / "step.fifo"
    script = f"echo at it; read -r line <{step}; echo done"
    os.mkfifo(step)
    command = ["/bin/sh", str(SCRIPT.parent / "told.sh"), str(tmp_path / "base.log"), "sh", "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"EVERY": "0.1"}) as told:
        assert told.stdout is not None
        assert re.fullmatch(r"base: \d+ s so far: at it\n", told.stdout.readline())
        step.write_text("go on\n")
        assert re.fullmatch(r"base: \d+ s", told.stdout.read().splitlines()[-1])
    assert told.returncode == 0
    assert (tmp_path / "base.log").read_text() == "at it\ndone\n"


def test_a_long_step_that_fails_shows_the_end_of_what_it_said(tmp_path: Path) -> None:
    command = [
        "/bin/sh",
        str(SCRIPT.parent / "told.sh"),
        str(tmp_path / "base.log"),
        "sh",
        "-c",
        "echo full; exit 3",
    ]
    said = subprocess.run(command, capture_output=True, text=True, timeout=10)
    assert said.returncode == 1
    assert "full" in said.stderr
    assert f"base failed; the whole of it is in {tmp_path}/base.log" in said.stderr
