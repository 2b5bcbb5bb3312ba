"""What continuous integration leaves out is what can only come out as it did the last time."""

import json
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.processes import Offhook, simulated
from tests.hardware.room import ANNA, CONFIGURATION, RECEPTION
from tests.house import NO_IO
from tests.packaging.debs import ROOT
from tests.test_who_may_know_whom import MODULES, imported_by, within

HEAVY = """# a comment
heavy:
code -code/left_out -code/words.po
one.txt
other:
one.txt
"""
TARGETS = ("reproducible", "site", "test-kiosk", "test-hardware")
SENTENCES = {"appliance/language/english.py", *(f"appliance/language/{code}.mo" for code in ("es", "pl", "ru"))}
FILES = """
import atexit, json, os, runpy, sys

HERE = os.getcwd() + os.sep
OPENED = set()


def heard(event, about):
    if event == "open" and isinstance(about[0], str):
        OPENED.add(os.path.abspath(about[0]))


def tell():
    loaded = {getattr(module, "__file__", None) or "" for module in sys.modules.values()}
    print(json.dumps(sorted(path.removeprefix(HERE) for path in loaded | OPENED if path.startswith(HERE))))


sys.addaudithook(heard)
atexit.register(tell)
sys.path.insert(0, HERE)
runpy.run_module("appliance", run_name="__main__", alter_sys=True)
"""
"""A Python that runs the command, and in the end says all that it has imported and opened of the project."""


def inputs(*words: str, root: Path = ROOT, everything: str = "") -> list[str]:
    command = ["sh", str(root / ".ci/inputs.sh"), *words]
    environ = {**os.environ, "ALL": everything}
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True, timeout=60).stdout.split()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small one, with two heavy targets that have passed, and a card."""
    for name in ("code/one.py", "code/deep/two.py", "code/left_out/three.py", "code/words.po", "one.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / ".ci/passed").mkdir(parents=True)
    shutil.copy(ROOT / ".ci/inputs.sh", tmp_path / ".ci")
    (tmp_path / ".ci/heavy.txt").write_text(HEAVY)
    (tmp_path / "image/card").mkdir(parents=True)
    (tmp_path / "image/card/inputs.sh").write_text("echo card\n")
    (tmp_path / "image/card/tested").write_text("card\n")
    for target in ("heavy", "other"):
        passes(target, tmp_path)
    return tmp_path


def passes(target: str, project: Path) -> None:
    (project / ".ci/passed" / target).write_text(f"{inputs(target, root=project)[0]}\n")


def test_what_has_passed_is_not_due_and_everything_is_where_that_is_wanted(project: Path) -> None:
    assert inputs("--due", root=project) == []
    assert inputs("--due", root=project, everything="1") == ["heavy", "other", "test-image"]


def test_what_has_never_passed_is_due(project: Path) -> None:
    (project / ".ci/passed/heavy").unlink()
    (project / "image/card/tested").write_text("another\n")
    assert inputs("--due", root=project) == ["heavy", "test-image"]


@pytest.mark.parametrize("name", ["code/one.py", "code/deep/two.py", "code/new.py", "code/words.po.py"])
def test_what_is_changed_or_new_is_due_until_it_passes(project: Path, name: str) -> None:
    (project / name).write_text("another")
    assert inputs("--due", root=project) == ["heavy"]
    passes("heavy", project)
    assert inputs("--due", root=project) == []


def test_what_is_gone_or_called_otherwise_is_due(project: Path) -> None:
    (project / "code/one.py").rename(project / "code/first.py")
    assert inputs("--due", root=project) == ["heavy"]
    (project / "one.txt").write_text("another")
    assert inputs("--due", root=project) == ["heavy", "other"]


@pytest.mark.parametrize("name", ["code/left_out/three.py", "code/words.po", "code/__pycache__/one.pyc", "two.txt"])
def test_what_is_left_out_changes_nothing(project: Path, name: str) -> None:
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("another")
    assert inputs("--due", root=project) == []


def test_each_heavy_target_has_inputs_that_exist() -> None:
    said = [line.split() for line in (ROOT / ".ci/heavy.txt").read_text().splitlines() if not line.startswith("#")]
    assert tuple(words[0].removesuffix(":") for words in said if words and words[0].endswith(":")) == TARGETS
    paths = [word.removeprefix("-") for words in said for word in words if not word.endswith(":")]
    assert [path for path in paths if not [*ROOT.glob(path)]] == []


def test_what_passed_is_recorded_as_a_hash() -> None:
    recorded = {path.name: path.read_text() for path in (ROOT / ".ci/passed").glob("*")}
    assert recorded.keys() <= {*TARGETS}
    assert [name for name, said in recorded.items() if not re.fullmatch(r"[0-9a-f]{64}\n", said)] == []


def test_the_test_of_hardware_is_due_when_what_its_service_loads_has_changed(tmp_path: Path) -> None:
    """But for what does the same in every process: see heavy.txt."""
    program, room = tmp_path / "files.py", tmp_path / "room.toml"
    program.write_text(FILES)
    with simulated() as terminal:
        said = CONFIGURATION.format(contact=RECEPTION, web=terminal.web_port, anna=ANNA, debounce=0.02, bus=1)
        room.write_text(said.replace("10.0.2.2", "127.0.0.1"))
        with Offhook("run", "--config", room, program=str(program)) as process:
            process.says(r"\blink_up\b")
            assert process.end(signal.SIGTERM)[0] == 0
            loaded = json.loads(process.said["out"])
    of_each = {"appliance/run/appliance.py", "appliance/services/inputs/buttons.py", "appliance/room/state.py"}
    assert of_each <= {*loaded}
    no_io = tuple(f"{room.replace('.', '/')}/" for room in NO_IO)
    elsewhere = {path for path in loaded if path.startswith((*no_io, ".venv/")) or "__pycache__" in path}
    wanted = {*loaded} - elsewhere - SENTENCES
    assert sorted(wanted - {*inputs("--files", "test-hardware")}) == [], "these belong into .ci/heavy.txt"


def test_the_pages_of_the_api_are_due_when_a_module_of_theirs_has_changed() -> None:
    shown = {name for name in MODULES if within(name, "appliance.terminal") or within(name, "drivers")}
    known = shown | {known for name in shown for known in imported_by(name) if known in MODULES}
    assert known > shown
    assert sorted({str(MODULES[name].relative_to(ROOT)) for name in known} - {*inputs("--files", "site")}) == []


def ran(folder: Path, **environment: str) -> str:
    """What `.ci/run` says where every target is due and `make` only tells its name."""
    for name in (".ci", "scripts"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    tools = folder / "tools"
    tools.mkdir()
    for name, says in (("make", 'echo "make $1"'), ("apt-get", "false"), ("uname", "echo aarch64")):
        (tools / name).write_text(f"#!/bin/sh\n{says}\n")
        (tools / name).chmod(0o755)
    (folder / ".ci/inputs.sh").write_text("echo test-hardware; echo test-image\n")
    (folder / "scripts/needs.sh").write_text("")
    given = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", **environment}
    return subprocess.run((folder / ".ci/run",), env=given, capture_output=True, text=True, check=True).stdout


def test_a_heavy_target_is_begun_only_where_it_comes_to_its_end(tmp_path: Path) -> None:
    said = ran(tmp_path, LIMIT="30").splitlines()
    assert [line for line in said if line.startswith("make ")] == [
        *("make test", "make test-slow", "make test-deb", "make test-hardware")
    ]
    assert said[-1] == "offhook: NOT RUN, no time was left before minute 30, and still due: test-image"


def test_with_time_enough_everything_is_run(tmp_path: Path) -> None:
    said = ran(tmp_path, LIMIT="600")
    assert "make test-image" in said
    assert "NOT RUN" not in said


def test_it_is_known_how_long_each_heavy_target_takes() -> None:
    timed = re.findall(r"^([a-z-]+): +(\d+)$", (ROOT / ".ci/times.txt").read_text(), re.MULTILINE)
    heavy = re.findall(r"^([a-z-]+):$", (ROOT / ".ci/heavy.txt").read_text(), re.MULTILINE)
    assert {name for name, _ in timed} == {*heavy, "test-image"}
    assert all(int(minutes) < 85 for _, minutes in timed)
