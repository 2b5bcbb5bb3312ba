"""Programs import `offhook` wherever the firmware is installed: from a checkout, a wheel, and so the package."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from appliance.terminal import connect

ROOT = Path(__file__).parents[2]
IMPORTS = """
import offhook.blocking, offhook.enums, appliance.terminal
from offhook import LinkLost, blocking, connect, enums, keep_connected
assert connect is appliance.terminal.connect and LinkLost is appliance.terminal.LinkLost
assert offhook.blocking.connect is not connect
assert set(offhook.__all__) == {*appliance.terminal.__all__, "blocking", "enums"}
print(enums.AppState.READY.name, offhook.__file__)
"""


def imported(folder: Path, *, path: str = "") -> str:
    """What the program says, run somewhere else than in the checkout."""
    environment = {**os.environ, "PYTHONPATH": path}
    words = [sys.executable, "-c", IMPORTS]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout


def test_the_editable_installation_has_it(tmp_path: Path) -> None:
    assert imported(tmp_path) == f"READY {ROOT / 'appliance/terminal/installed/offhook/__init__.py'}\n"
    assert connect.__module__ == "appliance.terminal.client.connect"


@pytest.mark.slow
def test_the_wheel_has_it_and_nothing_twice(tmp_path: Path) -> None:
    """The Debian package is this wheel, unpacked to /usr/lib/offhook/python."""
    source, unpacked = tmp_path / "source", tmp_path / "unpacked"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("appliance", "drivers"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "-w", tmp_path, source], check=True)
    (wheel,) = tmp_path.glob("offhook-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(unpacked)
    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {
        "appliance",
        "drivers",
        "offhook",
    }
    assert not [name for name in names if "/installed/" in name]
    assert {"offhook/py.typed", "appliance/py.typed", "appliance/panel/templates/status.html"} <= set(names)
    assert imported(tmp_path, path=str(unpacked)) == f"READY {unpacked / 'offhook' / '__init__.py'}\n"
