"""A machine without FriBidi, which is hidden from a process of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import features

SAYS = """
import warnings; warnings.simplefilter("error")
from PIL import features
from appliance.display import fonts
from appliance.display.text import clean
line = fonts.strip(clean("יוסף (12) أحمد"), fonts.BODY)
print(features.check("raqm"), line.width > 40, any(line.histogram()[1:]))
"""
ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.20"\n[display]\n'


def _library() -> str:
    """Where FriBidi is, now that Pillow has loaded it; empty where there is none."""
    features.check("raqm")
    found = re.search(r"/\S*/libfribidi\.so\S*", Path("/proc/self/maps").read_text())
    return found[0] if found else ""


def hidden(*command: str) -> "subprocess.CompletedProcess[str]":
    """Runs a Python that finds an empty file in place of the library."""
    hide = 'mount --bind /dev/null "$0" && exec "$@"'
    words = ("unshare", "--mount", "sh", "-ec", hide, _library(), sys.executable, *command)
    root = str(Path(__file__).parents[2])
    return subprocess.run(
        words, capture_output=True, text=True, timeout=120, env={**os.environ, "PYTHONPATH": root}, check=False
    )


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="only root hides files from a process"),
]


@pytest.fixture(autouse=True)
def can_hide() -> None:
    if not _library():
        pytest.skip("FriBidi is missing already")
    if hidden("-c", "").returncode:
        pytest.skip("this machine lets nobody hide files")


def test_names_are_drawn_all_the_same() -> None:
    said = hidden("-c", SAYS)
    assert (said.stdout.split(), said.stderr) == (["False", "True", "True"], "")


def test_check_says_so(tmp_path: Path) -> None:
    (tmp_path / "room.toml").write_text(ROOM)
    said = hidden("-m", "appliance", "check", str(tmp_path / "room.toml"))
    assert said.returncode == 0
    assert "apt install libfribidi0" in said.stderr
